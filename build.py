"""Start Foldwell: make its environment the first time, then hand over.

``python3 build.py ARGS`` does what ``foldwell ARGS`` does, from any folder, on a machine that
has only Python. The first run makes ``.venv`` beside this file, installs the packages pinned
in ``requirements.lock`` and looks for the system libraries; every later run reads one stamp
file and hands over at once. ``python3 build.py test`` runs the tests.

It refuses to install a package that is not pinned with its hash, to touch any Python but its
own ``.venv``, to ask for a password, and to start Foldwell in an environment it knows to be
unfinished. It uses the standard library alone. Its syntax stays readable for Python 3.6, so
that an old Python gets a sentence and not a SyntaxError.
"""

import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts\\python.exe" if os.name == "nt" else "bin/python")
STAMP = os.path.join(VENV, "foldwell-stamp.txt")
TURN = os.path.join(VENV, "foldwell-setup.lock")
LOCK = os.path.join(ROOT, "requirements.lock")
TEST_LOCK = os.path.join(ROOT, "requirements-test.lock")

LIBRARIES_FOUND = "system libraries found"
# The names WeasyPrint asks for: what it is, Linux, macOS, Windows.
LIBRARIES = (
    ("GObject", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    ("Pango", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ("PangoFT2", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    ("HarfBuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    (
        "HarfBuzz subset",
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
    ("Fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
)
APT_LIBRARIES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PACKAGE_MANAGERS = (
    ("apt-get", "sudo apt install " + " ".join(APT_LIBRARIES)),
    ("dnf", "sudo dnf install pango harfbuzz"),
    ("zypper", "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
    ("pacman", "sudo pacman -S pango harfbuzz"),
    ("apk", "sudo apk add pango so:libharfbuzz-subset.so.0"),
)
# Homebrew's folders, which macOS does not search by itself.
MAC_FOLDERS = ["/opt/homebrew/lib", "/usr/local/lib"]
# Where WeasyPrint looks on Windows when it is not told.
WINDOWS_FOLDERS = "C:\\msys64\\ucrt64\\bin;C:\\msys64\\mingw64\\bin"


def old_python_message(version: "tuple[int, ...]") -> str:
    """Say that this Python is too old, or nothing when it is not."""
    if tuple(version[:2]) >= (3, 11):
        return ""
    return (
        f"Foldwell needs Python 3.11 or newer; this is {version[0]}.{version[1]}. "
        "Install a newer Python, then start Foldwell with it, for example: "
        "python3.11 build.py"
    )


def say(text: str) -> None:
    """Write one progress line; stdout is left to Foldwell itself."""
    print("Foldwell: " + text, file=sys.stderr, flush=True)


def trouble(what: str, todo: str, details: str = "") -> SystemExit:
    """Make the exit that tells what is wrong, what to do and how to try again."""
    import shlex

    lines = [f"Foldwell: {what}"]
    lines += ["    " + line for line in details.strip().splitlines()[-8:]]
    python = "python" if os.name == "nt" else "python3"
    lines += [todo, "Then run again:  " + shlex.join([python, *sys.argv])]
    return SystemExit("\n".join(lines))


def system_trouble(error: OSError) -> SystemExit:
    """Put what the operating system refused into plain words."""
    import errno

    where = error.filename or ROOT
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = f"no permission to read or write {where}."
        todo = "Copy the Foldwell folder to a place where you may write, or ask its owner."
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = "the disk is full."
        todo = f"Free about 500 MB on the disk that holds {ROOT}."
    elif error.errno == errno.ENOENT and where in (LOCK, TEST_LOCK):
        what = f"{where} is missing."
        todo = "Get the Foldwell folder again, whole."
    else:
        what = f"{where}: {error.strerror or error}."
        todo = f"If this happens again, delete the folder {VENV}."
    return trouble(what, todo)


def digest(path: str) -> str:
    """Return the sha256 of a file."""
    import hashlib

    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def package_facts(mode: str) -> "set[str]":
    """Return what must be true of the packages for this kind of run.

    A fact that names the folder makes a moved folder start afresh, and the full Python
    version counts because some pins depend on it.
    """
    version = ".".join(str(part) for part in sys.version_info[:3])
    facts = {f"folder {ROOT!a}", f"python {version} {sys.base_prefix!a}"}
    facts.add("requirements.lock " + digest(LOCK))
    if mode == "test":
        facts.add("requirements-test.lock " + digest(TEST_LOCK))
    return facts


def needed_facts(mode: str) -> "set[str]":
    """Return what the stamp must hold for this run to start at once."""
    # `doctor` is there to report a missing library, so it must start without it.
    return package_facts(mode) | (set() if mode == "doctor" else {LIBRARIES_FOUND})


def read_facts() -> "set[str]":
    """Return what the stamp says, nothing when there is none or no whole environment."""
    try:
        with open(STAMP, encoding="ascii", errors="replace") as file:
            return set(file.read().splitlines()) if os.access(PYTHON, os.X_OK) else set()
    except (FileNotFoundError, NotADirectoryError):
        return set()


def write_facts(facts: "set[str]") -> None:
    """Write the stamp in one step, so that a killed run never leaves half of one."""
    fresh = STAMP + ".new"
    with open(fresh, "w", encoding="ascii") as file:
        file.write("\n".join(sorted(facts)) + "\n")
    os.replace(fresh, STAMP)


def child_environment() -> "dict[str, str]":
    """Return the environment for everything this launcher starts."""
    environment = dict(os.environ)
    # Both would put another installation's modules before the pinned ones in .venv.
    dropped = ["PYTHONHOME", "PYTHONPATH"]
    # A personal pip setting may send packages elsewhere; these must go into .venv.
    dropped += ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"]
    for name in dropped:
        environment.pop(name, None)
    environment["PIP_USER"] = "0"
    environment.setdefault("FOLDWELL_PROJECT", ROOT)
    if sys.platform == "darwin":
        usual = os.environ.get("DYLD_FALLBACK_LIBRARY_PATH", "/usr/lib").split(":")
        folders = usual + [folder for folder in MAC_FOLDERS if folder not in usual]
        environment["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join(folders)
    return environment


def run(command: "list[str]", turn: int = -1) -> "tuple[int, str]":
    """Run a command quietly; return its exit code and all it wrote.

    The child holds on to the lock `turn` too: when this launcher is killed and pip goes on
    alone, the next launcher waits for that pip as well.
    """
    import subprocess

    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=child_environment(),
        pass_fds=(turn,) if turn >= 0 and os.name != "nt" else (),
        check=False,
    )
    return done.returncode, done.stdout


def try_lock(handle: int) -> bool:
    """Take the lock on an open file unless another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        pass  # Some network drives know no locks: one launcher at a time still works there.
    return True


def take_turn() -> int:
    """Wait until no other launcher sets up this folder; return the lock to close."""
    import time

    told = False
    while True:
        os.makedirs(VENV, exist_ok=True)
        handle = os.open(TURN, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            # Someone may have deleted .venv meanwhile: a lock on a deleted file is none.
            if try_lock(handle) and os.path.samestat(os.fstat(handle), os.stat(TURN)):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)
        if not told:
            say("another run is setting up this folder; waiting for it to finish…")
            told = True
        time.sleep(0.2)


def apt_install(packages: "list[str]") -> bool:
    """Install Debian packages, or return False where this run may not."""
    import shutil

    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return False
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if os.geteuid() != 0:
        if not shutil.which("sudo") or run(["sudo", "-n", "true"])[0] != 0:
            return False
        command = ["sudo", "-n", *command]
    # An update of the system may be going on in the background.
    command += ["-o", "DPkg::Lock::Timeout=120"]
    names = " ".join(packages)
    say(f"installing system packages with apt-get: {names}")
    run([*command, "update"])  # One broken source need not matter: install tells.
    code, output = run([*command, "install", "-y", "--no-install-recommends", *packages])
    if code:
        raise trouble(
            "apt-get could not install the system packages. It said:",
            f"Check the internet connection, or run yourself:  sudo apt install {names}",
            output,
        )
    return True


def need_ensurepip() -> None:
    """Make sure this Python can make environments (Debian keeps that part apart)."""
    import importlib
    import importlib.util

    if importlib.util.find_spec("ensurepip"):
        return
    package = "python3.%d-venv" % sys.version_info[1]  # noqa: UP031 - 3.6 reads it too
    if os.path.realpath("/usr/bin/python3").endswith("python3.%d" % sys.version_info[1]):  # noqa: UP031
        package = "python3-venv"
    if sys.base_prefix == "/usr" and apt_install([package]):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise trouble(
        "this Python cannot make environments: its part ensurepip is missing.",
        f"On Debian or Ubuntu install it with:  sudo apt install {package}\n"
        "Elsewhere install Python 3.11 or newer complete with pip.",
    )


def refuse_foreign_folder() -> None:
    """Stop before emptying a .venv that somebody else keeps things in."""
    names = set(os.listdir(VENV)) - {os.path.basename(TURN)}
    if os.path.islink(VENV):
        raise trouble(".venv is a link, and what it leads to is not ours.", "Remove the link.")
    half_made = {"bin", "include", "lib", "lib64", "Include", "Lib", "Scripts"}
    if "pyvenv.cfg" not in names and not names <= half_made:
        raise trouble(
            "the folder .venv holds something else than an environment.",
            "Move it out of the way, or give it another name.",
        )


def make_environment(turn: int) -> None:
    """Make .venv from nothing; all that was in it but the lock goes."""
    import shutil

    refuse_foreign_folder()
    need_ensurepip()
    say("making .venv")
    with os.scandir(VENV) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name != os.path.basename(TURN):
                os.unlink(entry.path)
    # Not sys.executable: that may be the very .venv just emptied.
    base = getattr(sys, "_base_executable", "") or sys.executable
    code, output = run([base, "-m", "venv", VENV], turn)
    if code:
        raise trouble(
            "the environment .venv could not be made. Python said:",
            f"Check that the disk has room and that you may write to {ROOT}.",
            output,
        )


def is_sound(facts: "set[str]") -> bool:
    """Tell whether packages may be installed into the .venv that is there.

    Without its stamp an install was killed half way. pip would take a half-written package
    for an installed one, so such an environment is made afresh.
    """
    mine = {fact for fact in package_facts("") if fact.startswith(("folder ", "python "))}
    try:
        return mine <= facts and run([PYTHON, "-m", "pip", "--version"])[0] == 0
    except OSError:
        return False


def packages_folder() -> str:
    """Return the folder of .venv that holds the installed packages."""
    import sysconfig

    return sysconfig.get_path("purelib", "venv", {"base": VENV, "platbase": VENV})


def install_packages(mode: str, turn: int) -> None:
    """Install the locked packages and write the stamp, last of all."""
    lock = TEST_LOCK if mode == "test" else LOCK
    facts = package_facts(mode)
    old = read_facts()
    if not is_sound(old):
        old = set()
    if os.path.exists(STAMP):
        os.unlink(STAMP)
    if not old:
        make_environment(turn)
    site = packages_folder()
    before = sorted(os.listdir(site))
    with open(lock, encoding="utf-8") as file:
        count = sum("==" in line for line in file)
    say(f"installing {count} packages from {os.path.basename(lock)}")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--require-hashes", "--no-deps", "-r", lock]
    code, output = run(pip, turn)
    if code:
        if old and sorted(os.listdir(site)) == before:
            write_facts(old)  # pip changed nothing: the former lock can still be used.
        raise packages_trouble(output)
    # A relative path (from the folder of packages) is plain ASCII whatever ROOT is called.
    with open(os.path.join(site, "foldwell.pth"), "w", encoding="ascii") as file:
        file.write(os.path.relpath(ROOT, site) + "\n")
    # As pip does for its packages: where Python may not save what it compiles, every start of
    # Foldwell and its workers would compile it anew. A folder that cannot be written to will do.
    run([PYTHON, "-m", "compileall", "-q", os.path.join(ROOT, "foldwell")], turn)
    # The same for what makes logos plain, which is WebAssembly, and for templates.
    run([PYTHON, "-m", "foldwell.content.usvg"], turn)
    run([PYTHON, "-m", "foldwell.typeset.templates"], turn)
    write_facts(facts)


def packages_trouble(output: str) -> SystemExit:
    """Say why pip failed, as far as its own words tell."""
    words = output.lower()
    if "no space left" in words or "disk quota" in words:
        what, todo = "the disk is full.", f"Free about 500 MB on the disk that holds {ROOT}."
    elif "do not match the hashes" in words:
        what = "a downloaded package is not the one Foldwell was tested with."
        todo = "Nothing of it was installed. Tell your IT people and show them these lines."
    elif any(word in words for word in ("connection", "timed out", "proxy", "versions: none")):
        what = "the packages could not be downloaded: there is no way to the package index."
        todo = "Check the internet connection, and the proxy if your network has one."
    else:
        what = "the packages could not be installed."
        todo = "Check the internet connection, and show these lines to your IT people."
    lines = [line for line in output.splitlines() if not line.startswith("WARNING: ")]
    return trouble(what + " pip said:", todo, "\n".join(lines))


def missing_libraries() -> "list[str]":
    """Return the system libraries that cannot be loaded, by their plain names."""
    import ctypes

    column = {"darwin": 2, "win32": 3}.get(sys.platform, 1)
    folders = ["", *MAC_FOLDERS] if sys.platform == "darwin" else [""]
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_FOLDERS).split(";"):
            if os.path.isdir(folder):
                os.add_dll_directory(folder)
    missing = []
    for library in LIBRARIES:
        for folder in folders:
            try:
                ctypes.CDLL(os.path.join(folder, library[column]))
                break
            except OSError:
                continue
        else:
            missing.append(library[0])
    return missing


def library_advice(platform: str, programs: "list[str]") -> str:
    """Return how to install the libraries on a system with these package managers."""
    if platform == "darwin":
        return "Install them with Homebrew:  brew install pango"
    if platform == "win32":
        return (
            "Install MSYS2, and in its window run:  pacman -S mingw-w64-ucrt-x86_64-pango\n"
            "If MSYS2 is not in C:\\msys64, set WEASYPRINT_DLL_DIRECTORIES to its ucrt64\\bin."
        )
    for program, command in PACKAGE_MANAGERS:
        if program in programs:
            return "Install them with:  " + command
    return "Install Pango and HarfBuzz (with HarfBuzz subset) as your system installs programs."


def need_libraries() -> None:
    """Make sure the system libraries are there; install them where this run may."""
    import shutil

    missing = missing_libraries()
    if missing and apt_install(APT_LIBRARIES):
        missing = missing_libraries()
    if missing:
        programs = [program for program, _ in PACKAGE_MANAGERS if shutil.which(program)]
        raise trouble(
            "these system libraries are missing: " + ", ".join(missing) + ".",
            library_advice(sys.platform, programs),
        )


def set_up(mode: str) -> None:
    """Do whatever the stamp does not say is done."""
    turn = take_turn()
    try:
        if not package_facts(mode) <= read_facts():
            if os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
                say("the environment is out of date or unfinished; putting it right…")
            else:
                say("first run, setting up (about a minute)…")
            install_packages(mode, turn)
        if mode != "doctor" and LIBRARIES_FOUND not in read_facts():
            need_libraries()
            write_facts(read_facts() | {LIBRARIES_FOUND})
        say("ready.")
    finally:
        os.close(turn)


def hand_over(mode: str, arguments: "list[str]") -> int:
    """Become Foldwell (or pytest); on Windows start it and return its exit code."""
    if mode == "test":
        os.chdir(ROOT)
        command = [PYTHON, "-m", "pytest", *arguments[1:]]
    else:
        # -P: the folder one stands in may hold a markdown.py or a foldwell of its own.
        command = [PYTHON, "-P", "-m", "foldwell", *arguments]
    if sys.stdout:  # None when it was closed: `build.py … >&-`.
        sys.stdout.flush()
    if os.name != "nt":
        os.execve(PYTHON, command, child_environment())
    import subprocess

    return subprocess.call(command, env=child_environment())


def main(arguments: "list[str]") -> int:
    """Set up what is needed, then hand over; return the exit code."""
    message = old_python_message(sys.version_info[:3])
    if message:
        print(message, file=sys.stderr)
        return 1
    mode = arguments[0] if arguments and arguments[0] in ("test", "doctor") else ""
    try:
        if not needed_facts(mode) <= read_facts():
            set_up(mode)
        return hand_over(mode, arguments)
    except KeyboardInterrupt:
        print("\nFoldwell: stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        raise system_trouble(error) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
