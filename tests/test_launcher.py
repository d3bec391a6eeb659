"""The launcher: it notices what is not set up, says so plainly and hands over untouched.

Every test works on a copy of build.py in a temporary folder, with a shell script in the place
of the environment's Python. Nothing is installed and nothing is downloaded.
"""

import _ctypes
import ast
import errno
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

PREPARED = ["foldwell.content.usvg", "foldwell.typeset.templates"]
REPOSITORY = Path(__file__).resolve().parent.parent
posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in Python is a shell script")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt-get")

PRINT_ALL = """#!/bin/sh
for argument in "$@"; do echo "[$argument]"; done
echo "PYTHONPATH=${PYTHONPATH-none} PROJECT=$FOLDWELL_PROJECT CWD=$(pwd)"
exit 7
"""


def load(folder: Path) -> ModuleType:
    """Load the build.py of a folder as a module of its own."""
    spec = importlib.util.spec_from_file_location("launcher", folder / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fake_python(launcher: ModuleType, script: str = PRINT_ALL) -> None:
    """Put a script where the environment's Python belongs."""
    os.makedirs(os.path.dirname(launcher.PYTHON), exist_ok=True)
    Path(launcher.PYTHON).write_text(script)
    os.chmod(launcher.PYTHON, 0o755)


@pytest.fixture
def launcher(tmp_path: Path) -> ModuleType:
    """A copy of the launcher beside two small lock files."""
    root = tmp_path / "fold well"
    root.mkdir()
    shutil.copy(REPOSITORY / "build.py", root)
    (root / "requirements.lock").write_text("click==1 --hash=sha256:00\n")
    (root / "requirements-test.lock").write_text("click==1 --hash=sha256:00\npytest==1\n")
    return load(root)


@pytest.fixture
def ready(launcher: ModuleType) -> ModuleType:
    """The same launcher with its environment set up for everything."""
    fake_python(launcher)
    launcher.write_facts(launcher.needed_facts("test"))
    return launcher


def start(
    launcher: ModuleType, *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if k != "FOLDWELL_PROJECT"}
    return subprocess.run(
        [sys.executable, os.path.join(launcher.ROOT, "build.py"), *arguments],
        capture_output=True,
        text=True,
        env={**environment, **variables},
        cwd=os.path.dirname(launcher.ROOT),
        timeout=60,
    )


def starts_at_once(launcher: ModuleType, mode: str) -> bool:
    return bool(launcher.needed_facts(mode) <= launcher.read_facts())


# --- An old Python gets a sentence ---------------------------------------------------------


def test_python_3_6_can_read_the_file() -> None:
    tree = ast.parse((REPOSITORY / "build.py").read_text("utf-8"), feature_version=(3, 6))
    annotations = [
        note
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
    ]
    assert len(annotations) > 20
    # list[str] or str | None would be worked out, and fail, when an old Python loads the file.
    assert [ast.dump(a) for a in annotations if not isinstance(a, ast.Name | ast.Constant)] == []


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((REPOSITORY / "build.py").read_text("utf-8"))
    names = {
        a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    assert {"os", "sys", "subprocess"} <= names <= sys.stdlib_module_names
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_old_python_is_told_and_nothing_is_set_up(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launcher.old_python_message((3, 11, 0)) == ""
    assert launcher.old_python_message((4, 0, 0)) == ""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 10, 4))
        code = launcher.main(["--help"])
    assert code == 1
    error = capsys.readouterr().err
    assert "Foldwell needs Python 3.11 or newer; this is 3.10. Install" in error
    assert not os.path.exists(launcher.VENV)


# --- The stamp -----------------------------------------------------------------------------


def test_stamp_matches_until_a_lock_changes(ready: ModuleType) -> None:
    assert all(starts_at_once(ready, mode) for mode in ("", "test", "doctor"))
    with open(ready.TEST_LOCK, "a") as file:
        file.write("\n")
    assert starts_at_once(ready, "") and not starts_at_once(ready, "test")
    with open(ready.LOCK, "a") as file:
        file.write("\n")
    assert not any(starts_at_once(ready, mode) for mode in ("", "test", "doctor"))


def test_normal_install_does_not_count_for_the_tests(ready: ModuleType) -> None:
    ready.write_facts(ready.needed_facts(""))
    assert starts_at_once(ready, "") and not starts_at_once(ready, "test")


def test_only_doctor_starts_without_the_libraries(ready: ModuleType) -> None:
    ready.write_facts(ready.package_facts(""))
    assert starts_at_once(ready, "doctor") and not starts_at_once(ready, "")


def test_stamp_is_nothing_without_its_python(ready: ModuleType) -> None:
    os.unlink(ready.PYTHON)
    assert ready.read_facts() == set()


def test_stamp_does_not_match_another_python_or_folder(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 99, 0))
        assert not starts_at_once(ready, "")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "base_prefix", "/elsewhere")
        assert not starts_at_once(ready, "")
    assert starts_at_once(ready, "")
    moved = shutil.move(ready.ROOT, ready.ROOT + " moved")
    assert not starts_at_once(load(Path(moved)), "")


# --- Setting up ----------------------------------------------------------------------------


class FakeRun:
    """Stands in for run(): makes what venv would make, and notes what pip is told."""

    def __init__(self, launcher: ModuleType, code: int = 0, output: str = "") -> None:
        self.launcher, self.code, self.output = launcher, code, output
        self.venvs: list[list[str]] = []
        self.installs: list[list[str]] = []
        self.stamp_while_installing: bool | None = None
        self.compiled: list[str] = []
        self.leaves = ""

    def __call__(self, command: list[str], turn: int = -1) -> tuple[int, str]:
        if "venv" in command:
            self.venvs.append(command)
            fake_python(self.launcher)
            os.makedirs(self.launcher.packages_folder())
        if "install" in command:
            self.installs.append(command)
            self.stamp_while_installing = os.path.exists(self.launcher.STAMP)
            if self.leaves:
                Path(self.launcher.packages_folder(), self.leaves).touch()
            return self.code, self.output
        if {"compileall", *PREPARED} & {*command}:
            self.compiled.append(command[-1])
        return 0, ""


def prepared(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, **answers: object) -> FakeRun:
    fake = FakeRun(launcher, **answers)  # type: ignore[arg-type]
    monkeypatch.setattr(launcher, "run", fake)
    monkeypatch.setattr(launcher, "need_ensurepip", lambda: None)
    monkeypatch.setattr(launcher, "need_libraries", lambda: None)
    return fake


def test_first_run_installs_the_lock_and_then_stamps(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = prepared(launcher, monkeypatch)
    launcher.set_up("")
    assert len(fake.venvs) == 1 and fake.venvs[0][-1] == launcher.VENV
    [install] = fake.installs
    assert install[0] == launcher.PYTHON and install[-2:] == ["-r", launcher.LOCK]
    assert {"--require-hashes", "--no-deps"} <= set(install)
    assert fake.stamp_while_installing is False
    package = os.path.join(launcher.ROOT, "foldwell")
    assert fake.compiled == [package, *PREPARED]
    assert starts_at_once(launcher, "") and not starts_at_once(launcher, "test")
    error = capsys.readouterr().err
    assert "first run" in error and "installing 1 packages from requirements.lock" in error
    site = launcher.packages_folder()
    line = Path(site, "foldwell.pth").read_text("ascii").strip()
    assert os.path.normpath(os.path.join(site, line)) == launcher.ROOT


def test_changed_lock_keeps_the_environment(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = prepared(launcher, monkeypatch)
    launcher.set_up("")
    Path(launcher.LOCK).write_text("click==2\n")
    launcher.set_up("")
    assert (len(fake.venvs), len(fake.installs)) == (1, 2)
    assert fake.stamp_while_installing is False
    assert starts_at_once(launcher, "")


def test_test_packages_serve_the_next_normal_run(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = prepared(launcher, monkeypatch)
    launcher.set_up("test")
    assert fake.installs[0][-1] == launcher.TEST_LOCK
    assert starts_at_once(launcher, "") and starts_at_once(launcher, "test")


def test_killed_install_is_made_afresh(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = prepared(launcher, monkeypatch)
    launcher.set_up("")
    leftover = Path(launcher.packages_folder(), "half_written.py")
    leftover.touch()
    facts = launcher.read_facts()
    assert launcher.is_sound(facts)
    os.unlink(launcher.STAMP)  # What a kill during pip leaves behind.
    assert not launcher.is_sound(launcher.read_facts())
    assert not starts_at_once(launcher, "")
    lock = os.stat(launcher.TURN)
    launcher.set_up("")
    assert len(fake.venvs) == 2 and not leftover.exists()
    # All is made afresh but the file that a waiting launcher holds on to.
    assert os.path.samestat(lock, os.stat(launcher.TURN))
    assert starts_at_once(launcher, "")


@posix_only
def test_environment_whose_pip_is_broken_is_not_sound(ready: ModuleType) -> None:
    facts = ready.read_facts()
    fake_python(ready, "#!/bin/sh\nexit 0\n")
    assert ready.is_sound(facts)
    fake_python(ready, "#!/bin/sh\nexit 1\n")
    assert not ready.is_sound(facts)
    fake_python(ready, "#!/no/such/interpreter\n")
    assert not ready.is_sound(facts)


@pytest.mark.parametrize(("leaves", "kept"), [("", True), ("half.py", False)])
def test_failed_pip_keeps_the_old_stamp_only_if_it_changed_nothing(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, leaves: str, kept: bool
) -> None:
    fake = prepared(launcher, monkeypatch)
    launcher.set_up("")
    before = Path(launcher.LOCK).read_bytes()
    Path(launcher.LOCK).write_text("click==2\n")
    fake.code, fake.output, fake.leaves = 1, "ERROR: NewConnectionError", leaves
    with pytest.raises(SystemExit, match="Check the internet connection"):
        launcher.set_up("")
    assert not starts_at_once(launcher, "")
    Path(launcher.LOCK).write_bytes(before)
    assert starts_at_once(launcher, "") is kept


def test_doctor_is_set_up_without_looking_for_libraries(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(launcher, monkeypatch)

    def missing() -> None:
        raise SystemExit("libraries are missing")

    monkeypatch.setattr(launcher, "need_libraries", missing)
    launcher.set_up("doctor")
    assert starts_at_once(launcher, "doctor")
    with pytest.raises(SystemExit, match="libraries are missing"):
        launcher.set_up("")
    # The packages stay installed; only the libraries are looked for again.
    assert starts_at_once(launcher, "doctor") and not starts_at_once(launcher, "")


@posix_only
def test_second_launcher_waits_and_then_finds_all_done(launcher: ModuleType) -> None:
    turn = launcher.take_turn()
    second = subprocess.Popen(
        [sys.executable, os.path.join(launcher.ROOT, "build.py"), "late"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    guard = threading.Timer(30, second.kill)  # So that a silent launcher cannot hang the test.
    guard.start()
    try:
        assert second.stderr is not None
        assert "waiting for it to finish" in second.stderr.readline()
        assert second.poll() is None
        fake_python(launcher)
        launcher.write_facts(launcher.needed_facts(""))
        os.close(turn)
        out, error = second.communicate(timeout=60)
    finally:
        guard.cancel()
        second.kill()
        second.wait()
    assert second.returncode == 7 and "[late]" in out
    assert "installing" not in error and "making" not in error


@posix_only
def test_lock_on_a_deleted_environment_does_not_count(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = launcher.try_lock
    calls = []

    def lock_then_lose_the_folder(handle: int) -> bool:
        got: bool = real(handle)
        calls.append(got)
        if len(calls) == 1:
            shutil.rmtree(launcher.VENV)
        return got

    monkeypatch.setattr(launcher, "try_lock", lock_then_lose_the_folder)
    turn = launcher.take_turn()
    assert calls == [True, True]
    assert os.path.samestat(os.fstat(turn), os.stat(launcher.TURN))
    os.close(turn)


# --- Handing over --------------------------------------------------------------------------


@posix_only
def test_arguments_and_exit_code_pass_untouched(ready: ModuleType) -> None:
    done = start(ready, "--help", "two words", "", "*", "test")
    assert done.returncode == 7
    given = [line for line in done.stdout.splitlines() if line.startswith("[")]
    assert given == ["[-P]", "[-m]", "[foldwell]", "[--help]", "[two words]", "[]", "[*]", "[test]"]
    assert done.stderr == ""
    assert f"CWD={os.path.dirname(ready.ROOT)}" in done.stdout


@posix_only
def test_test_runs_pytest_in_the_project_folder(ready: ModuleType) -> None:
    done = start(ready, "test", "tests/content", "-k", "a b")
    assert done.returncode == 7
    assert done.stdout.startswith("[-m]\n[pytest]\n[tests/content]\n[-k]\n[a b]\n")
    assert f"CWD={ready.ROOT}\n" in done.stdout


@posix_only
def test_pythonpath_is_dropped_and_the_project_is_named(ready: ModuleType) -> None:
    done = start(ready, "x", PYTHONPATH="/no/such/folder")
    assert f"PYTHONPATH=none PROJECT={ready.ROOT} CWD=" in done.stdout
    done = start(ready, "x", FOLDWELL_PROJECT="/my/own")
    assert "PROJECT=/my/own CWD=" in done.stdout


def test_child_environment(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET"):
        monkeypatch.setenv(name, "/nonsense")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("DYLD_FALLBACK_LIBRARY_PATH", "/mine")
    monkeypatch.setattr(sys, "platform", "darwin")
    environment = launcher.child_environment()
    assert not {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET"} & set(environment)
    assert environment["PIP_USER"] == "0"
    assert environment["DYLD_FALLBACK_LIBRARY_PATH"] == "/mine:/opt/homebrew/lib:/usr/local/lib"


# --- Plain sentences -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "sentence", "todo"),
    [
        (errno.EROFS, "no permission to read or write /x/.venv", "Copy the Foldwell folder"),
        (errno.EACCES, "no permission to read or write /x/.venv", "Copy the Foldwell folder"),
        (errno.ENOSPC, "the disk is full", "Free about 500 MB"),
        (errno.EIO, "/x/.venv: ", "delete the folder"),
    ],
)
def test_what_the_system_refuses_is_said_plainly(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str, todo: str
) -> None:
    def refuse(mode: str) -> None:
        raise OSError(number, os.strerror(number), "/x/.venv")

    monkeypatch.setattr(launcher, "set_up", refuse)
    monkeypatch.setattr(sys, "argv", ["build.py", "list", "a b"])
    with pytest.raises(SystemExit) as stopped:
        launcher.main(["list"])
    text = str(stopped.value)
    assert text.startswith("Foldwell: ") and sentence in text and todo in text
    assert text.endswith("build.py list 'a b'")


def test_missing_lock_file_is_said_plainly(launcher: ModuleType) -> None:
    os.unlink(launcher.LOCK)
    done = start(launcher, "x")
    assert done.returncode == 1
    assert f"{launcher.LOCK} is missing." in done.stderr and "Traceback" not in done.stderr


def test_ctrl_c_is_one_line_and_130(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(mode: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(launcher, "set_up", interrupt)
    assert launcher.main([]) == 130
    assert capsys.readouterr().err.split() == ["Foldwell:", "stopped."]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("WARNING: Retrying\nERROR: no distribution (from versions: none)", "no way to the"),
        ("ProxyError('Cannot connect to proxy.')", "no way to the package index"),
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one Foldwell was tested"),
        ("ERROR: Failed building wheel", "the packages could not be installed"),
    ],
)
def test_why_pip_failed(launcher: ModuleType, output: str, sentence: str) -> None:
    text = str(launcher.packages_trouble(output))
    assert sentence in text and output.splitlines()[-1] in text and "WARNING" not in text
    assert "Then run again:" in text


def test_missing_ensurepip_names_the_command(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "apt_install", lambda packages: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3(\.\d+)?-venv"):
        launcher.need_ensurepip()


# --- System libraries ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "programs", "command"),
    [
        (
            "linux",
            ["apt-get"],
            "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        ("linux", ["dnf"], "sudo dnf install pango harfbuzz"),
        ("linux", ["zypper"], "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
        ("linux", ["pacman"], "sudo pacman -S pango harfbuzz"),
        ("linux", ["apk"], "sudo apk add pango so:libharfbuzz-subset.so.0"),
        ("linux", [], "as your system installs programs"),
        ("darwin", [], "brew install pango"),
        ("win32", [], "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_advice_for_each_system(
    launcher: ModuleType, platform: str, programs: list[str], command: str
) -> None:
    assert command in launcher.library_advice(platform, programs)


def test_library_names_are_the_ones_weasyprint_asks_for(launcher: ModuleType) -> None:
    spec = importlib.util.find_spec("weasyprint")
    assert spec and spec.origin
    asked = (Path(spec.origin).parent / "text" / "ffi.py").read_text("utf-8")
    names = {name for library in launcher.LIBRARIES for name in library[1:]}
    assert len(names) == 18
    assert {name for name in names if f"'{name}'" not in asked} == set()


def test_only_what_cannot_be_loaded_is_missing(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, nonsense = _ctypes.__file__, "libfoldwell-no-such.so.0"
    rows = (("There", there, there, there), ("Nonsense", nonsense, nonsense, nonsense))
    monkeypatch.setattr(launcher, "LIBRARIES", rows)
    assert launcher.missing_libraries() == ["Nonsense"]


def test_missing_library_stops_with_its_name(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "missing_libraries", lambda: ["Pango"])
    monkeypatch.setattr(launcher, "apt_install", lambda packages: False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    with pytest.raises(SystemExit) as stopped:
        launcher.need_libraries()
    assert "libraries are missing: Pango." in str(stopped.value)
    assert "Install them with:  sudo dnf install pango harfbuzz\n" in str(stopped.value)


def test_libraries_are_looked_for_again_after_installing(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["HarfBuzz subset"], []]
    asked: list[list[str]] = []
    monkeypatch.setattr(launcher, "missing_libraries", lambda: answers.pop(0))

    def install(packages: list[str]) -> bool:
        asked.append(packages)
        return True

    monkeypatch.setattr(launcher, "apt_install", install)
    launcher.need_libraries()
    assert answers == [] and asked == [launcher.APT_LIBRARIES]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first on PATH with an apt-get and a sudo that only write down what they hear."""
    folder = tmp_path / "programs"
    folder.mkdir()
    heard = folder / "heard"
    for name, body in {
        "apt-get": f'echo "apt-get $DEBIAN_FRONTEND $*" >> "{heard}"',
        "sudo": f'echo "sudo $*" >> "{heard}"; shift; exec "$@"',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    heard.touch()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    assert shutil.which("apt-get") == str(folder / "apt-get")
    return folder


@linux_only
@pytest.mark.parametrize("user", [0, 1000])
def test_apt_installs_as_root_or_with_sudo(
    launcher: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    programs: Path,
    capsys: pytest.CaptureFixture[str],
    user: int,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert launcher.apt_install(["libone", "libtwo"]) is True
    heard = (programs / "heard").read_text()
    assert heard.startswith("sudo -n true\n") is (user != 0)
    update, install = [line for line in heard.splitlines() if line.startswith("apt-get")]
    assert update.startswith("apt-get noninteractive ") and update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libone libtwo")
    said = capsys.readouterr().err
    assert said == "Foldwell: installing system packages with apt-get: libone libtwo\n"


@linux_only
def test_apt_is_left_alone_when_sudo_wants_a_password(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (programs / "sudo").write_text("#!/bin/sh\nexit 1\n")
    assert launcher.apt_install(["libone"]) is False
    assert (programs / "heard").read_text() == ""


@linux_only
def test_apt_failure_shows_its_words(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (programs / "apt-get").write_text("#!/bin/sh\necho E: Unable to locate package\nexit 100\n")
    with pytest.raises(SystemExit) as stopped:
        launcher.apt_install(["libone"])
    assert "    E: Unable to locate package\n" in str(stopped.value)
    assert "sudo apt install libone" in str(stopped.value)


# --- The two locks -------------------------------------------------------------------------


def test_test_lock_holds_every_pin_of_the_lock() -> None:
    def pins(name: str) -> set[str]:
        text = (REPOSITORY / name).read_text("utf-8")
        assert "://" not in text  # No download addresses.
        blocks = re.split(r"(?m)^(?=[A-Za-z])", text)
        found = {block.split(" \\")[0] for block in blocks if "==" in block}
        assert all("--hash=sha256:" in block for block in blocks if "==" in block)
        return found

    assert len(pins("requirements.lock")) > 20
    assert pins("requirements.lock") < pins("requirements-test.lock")


def test_a_folder_of_somebody_elses_is_not_emptied(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(launcher, monkeypatch)
    kept = Path(launcher.VENV, "thesis.txt")
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("precious")
    with pytest.raises(SystemExit, match="holds something else than an environment"):
        launcher.refuse_foreign_folder()
    assert kept.read_text() == "precious"


def test_a_link_is_not_followed(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepared(launcher, monkeypatch)
    target = tmp_path / "elsewhere"
    target.mkdir()
    monkeypatch.setattr(launcher, "VENV", str(tmp_path / "link"))
    os.symlink(target, launcher.VENV)
    with pytest.raises(SystemExit, match="is a link"):
        launcher.refuse_foreign_folder()
