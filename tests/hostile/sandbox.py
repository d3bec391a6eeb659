"""The real command in a sandbox that sees what it opens, where it connects and what it leaves.

A sandbox is a folder that holds the project, its neighbours that nobody may read or change, the
home and the folder for temporary files of the user. Every Python process in it is watched by an
audit hook (``watch/sitecustomize.py``); nothing is needed that Python does not bring along.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(os.path.abspath(__file__)).parent.parent
REPOSITORY = TESTS.parent
BASE = TESTS / "invalid" / "base"
WATCH = Path(__file__).resolve().parent / "watch"
CANARY = "CANARY7f3a9c"
"""Stands in every file outside the project, and must stand in nothing that is made."""
TODAY = "1769900000"
"""1 February 2026, as SOURCE_DATE_EPOCH."""
USUAL_LIMIT_S = 30
"""Foldwell's own limit for a job."""
SLACK_S = 5
"""How much longer than its limit a command may take."""
START_S = 15
"""Starting Python on a machine that is busy with other tests."""
LEFT_OVER_S = 5
HASHED_BYTES = 10_000_000

# Python, its packages, Foldwell, and the system's libraries, fonts, locales and clocks.
SYSTEM = tuple(
    dict.fromkeys(
        os.path.realpath(path) + "/"
        for path in (
            sys.prefix,
            sys.base_prefix,
            sysconfig.get_path("purelib"),
            REPOSITORY / "foldwell",
            REPOSITORY / "templates",
            # As shipped, beside a checkout:
            REPOSITORY / "content/regions",
            REPOSITORY / "content/brands",
            REPOSITORY / "content/references.json",
            WATCH,
            "/usr/lib",
            "/usr/lib64",
            "/lib",
            "/usr/local/lib",
            "/usr/share/fonts",
            "/usr/share/locale",
            "/usr/share/zoneinfo",
            "/usr/share/mime",
            "/proc/self",
        )
    )
)
SINGLE = (
    str(REPOSITORY / "requirements.lock"),
    "/dev/null",
    "/dev/urandom",
    "/etc/mime.types",
    "/etc/ld.so.cache",
    "/sys/devices/system/cpu/online",
)


@dataclass(frozen=True)
class Sandbox:
    """The folders of one sandbox.

    Attributes:
        project: The project that is spoiled.
        outside: A folder beside it, which holds files that nobody may read or change.
        http: The address of a server that nobody may ask.
    """

    project: Path
    outside: Path
    http: str = "http://127.0.0.1:9"

    @property
    def root(self) -> Path:
        """The folder of all."""
        return self.project.parent

    def write(self, relative: str, content: str | bytes) -> Path:
        """Write a file of the project."""
        path = self.project / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, relative: str, old: str, new: str) -> None:
        """Replace words of a file of the project."""
        path = self.project / relative
        text = path.read_text()
        assert old in text, (relative, old)
        path.write_text(text.replace(old, new))

    def filled(self, text: str) -> str:
        """A text with the addresses of this sandbox in it."""
        return text.replace("@OUTSIDE@", str(self.outside)).replace("@HTTP@", self.http)


def make_sandbox(root: Path, http: str) -> Sandbox:
    """A sandbox with a copy of the sound project and its neighbours."""
    sandbox = Sandbox(root / "project", root / "outside", http)
    shutil.copytree(BASE / "content", sandbox.project / "content")
    with (sandbox.project / "content/leaflets/sleep/en.md").open("a") as file:
        file.write("\nAsk {{ clinic.name }}.\n")
    for name in ("home", "tmp", "outside/folder/css"):
        (root / name).mkdir(parents=True)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><title>{CANARY}</title>'
    for name, text in (
        ("canary.txt", CANARY),
        ("canary.svg", f'{svg}<path fill="#0f5c73" d="M0 0h40v10z"/></svg>'),
        ("canary.css", f'body::after {{ content: "{CANARY}" }}'),
        ("canary.html", f"<p>{CANARY}</p>"),
        ("en.md", (BASE / "content/leaflets/sleep/en.md").read_text() + f"\n{CANARY}\n"),
        ("riverside.yml", f"name: {CANARY}\n"),
        ("folder/css/base.css", f"/* {CANARY} */"),
        ("folder/canary.yml", f"name: {CANARY}\n"),
    ):
        (sandbox.outside / name).write_text(text)
    return sandbox


OWN_PROGRAM = re.compile(
    re.escape(
        f"('{sys.executable}', ['{sys.executable}', '-P', '-m', 'foldwell.content.likeness', "
    )
    + r"'\d+', '\d+'\], None, None\)"
)
"""What Foldwell starts itself to draw a drawing that has effects, behind limits."""


@dataclass(frozen=True)
class Run:
    """One command in a sandbox, and what it did.

    Attributes:
        code: The exit code; None if it was still running when its time was over.
        read: Every path that was opened for reading, but for Python's own.
        changed: Every path that was opened for writing, made, renamed or deleted.
        calls: Every connection, look-up of a name, and program that was started.
        altered: What is new, changed or gone outside the output folder.
        made: Files below the output folder that were not there before.
        left: Whether a process of it was still there after it had ended.
    """

    code: int | None
    out: str
    err: str
    read: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    calls: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    left: bool = False


@dataclass
class _Heard:
    read: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def take(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            kind, fact = json.loads(line)
            if kind == "read":
                self.read.add(fact)
            elif kind == "change":
                self.changed.add(fact)
            elif kind in ("call", "program") and not OWN_PROGRAM.fullmatch(fact):
                self.calls.append(fact)


def run(
    sandbox: Sandbox,
    *arguments: str,
    limits: Mapping[str, float] | None = None,
    timeout_s: float = 2 * USUAL_LIMIT_S + SLACK_S + START_S,
    before: tuple[str, ...] = (),
    output: Path | None = None,
) -> Run:
    """Run ``python -m foldwell`` in a sandbox.

    Args:
        sandbox: Where.
        arguments: Words of the command line.
        limits: Limits to lower, by module and name.
        timeout_s: When to give up: a job may be tried twice.
        before: A command to run it under, such as strace.
        output: The output folder; usually that of the project.
    """
    pipe = sandbox.root / "watch"
    os.mkfifo(pipe)
    output = output or sandbox.project / "output"
    earlier, made_earlier = _state(sandbox.root, output), _files(output)
    heard = _Heard()
    with _listening(pipe) as (reader, writer):
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "foldwell", *arguments],
            cwd=sandbox.root / "home",
            env=_environment(sandbox, pipe, limits or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        code, out, err = _wait(process, reader, heard, timeout_s)
        os.close(writer)
        left = not _ended(reader, heard, LEFT_OVER_S)
        if code is None or left:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    pipe.unlink()
    later = _state(sandbox.root, output)
    altered = [f"new or changed: {p}" for p, facts in later.items() if earlier.get(p) != facts]
    altered += [f"gone: {p}" for p in earlier if p not in later]
    return Run(
        code,
        out,
        err,
        frozenset(heard.read),
        frozenset(heard.changed),
        tuple(dict.fromkeys(heard.calls)),
        tuple(altered),
        tuple(sorted(_files(output) - made_earlier)),
        left,
    )


def _environment(sandbox: Sandbox, pipe: Path, limits: Mapping[str, float]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), sandbox.http)
    return {
        **kept,
        **proxies,  # a build that asked anyone would ask the canary
        "HOME": str(sandbox.root / "home"),
        "TMPDIR": str(sandbox.root / "tmp"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(WATCH), str(REPOSITORY)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": TODAY,
        "FOLDWELL_PROJECT": str(sandbox.project),
        "FOLDWELL_WATCH": str(pipe),
        "FOLDWELL_QUIET": os.pathsep.join(SYSTEM),
        "FOLDWELL_LIMITS": json.dumps(dict(limits)),
    }


@contextlib.contextmanager
def _listening(pipe: Path):  # type: ignore[no-untyped-def]
    """The two ends of the pipe; ours of the writing end keeps it open until we close it."""
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 1 << 20)
    try:
        yield reader, writer
    finally:
        os.close(reader)


def _wait(
    process: subprocess.Popen[bytes], reader: int, heard: _Heard, timeout_s: float
) -> tuple[int | None, str, str]:
    """Read all three pipes until the command has ended or its time is over."""
    assert process.stdout and process.stderr
    texts = {process.stdout.fileno(): b"", process.stderr.fileno(): b""}
    open_, rest, end = set(texts), b"", time.monotonic() + timeout_s
    while (open_ or process.poll() is None) and time.monotonic() < end:
        ready, _, _ = select.select([reader, *open_], [], [], 0.05)
        for handle in ready:
            content = os.read(handle, 1 << 20)
            if handle == reader:
                rest = _lines(rest + content, heard)
            elif content:
                texts[handle] += content
            else:
                open_.discard(handle)
    code = process.poll()
    out, err = (text.decode(errors="backslashreplace") for text in texts.values())
    process.stdout.close()
    process.stderr.close()
    return code, out, err


def _lines(content: bytes, heard: _Heard) -> bytes:
    *lines, rest = content.split(b"\n")
    heard.take(lines)
    return rest


def _ended(reader: int, heard: _Heard, timeout_s: float) -> bool:
    """Whether every process has closed the pipe in time."""
    rest, end = b"", time.monotonic() + timeout_s
    while (left := end - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            content = os.read(reader, 1 << 20)
            if not content:
                return True
            rest = _lines(rest + content, heard)
    return False


def _state(root: Path, output: Path) -> dict[str, tuple[object, ...]]:
    """Everything below a folder but what is below the output folder, and the pipe."""
    found: dict[str, tuple[object, ...]] = {}
    # fontconfig keeps a cache in the home of who may not write to the system's.
    for path, facts in _walk(root, (str(output), str(root / "watch"), str(root / "home/.cache"))):
        if stat.S_ISLNK(facts.st_mode):
            found[path] = ("link", os.readlink(path))
        elif stat.S_ISREG(facts.st_mode):
            found[path] = ("file", facts.st_size, facts.st_mtime_ns, _hash(path, facts.st_size))
        else:
            found[path] = (stat.S_IFMT(facts.st_mode),)
    return found


def _hash(path: str, size: int) -> str:
    if size > HASHED_BYTES:
        return ""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _files(output: Path) -> set[str]:
    if output.is_symlink():
        return set()
    return {
        os.path.relpath(path, output)
        for path, facts in _walk(output)
        if not stat.S_ISDIR(facts.st_mode)
    }


def _walk(root: Path, but: tuple[str, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below a folder, however deep; links are not followed."""
    pending = [str(root)]
    while pending:
        with contextlib.suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.path not in but:
                    yield entry.path, entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)


def remove(root: Path) -> None:
    """Delete a folder, however deep it is, though a dying process may still tidy up in it."""
    folders = [str(root)]
    for path, facts in _walk(root):
        if stat.S_ISDIR(facts.st_mode):
            folders.append(path)
        else:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
    for path in reversed(folders):
        with contextlib.suppress(FileNotFoundError):
            os.rmdir(path)
