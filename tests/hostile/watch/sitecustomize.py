"""Python loads this at the start of each process of a hostile build, the workers among them.

It reports what the process opens, changes and connects to, through a named pipe: workers may
write no file (``RLIMIT_FSIZE``), and the end of the pipe's last writer shows that no process is
left over. Audit hooks cannot be taken off again, and a fork keeps them.

It also lowers limits, because there is no setting for them: ``FOLDWELL_LIMITS`` holds
``{"module.NAME": value}`` as JSON. Nothing else of Foldwell is changed.
"""

import contextlib
import fcntl
import importlib
import json
import os
import socket
import sys

HIGH = 200
"""A number for the pipe that no program counts on."""
LONGEST = 3_000
"""Of a reported path; a line must stay below what a pipe takes at once."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PATHS = {  # which arguments of an event are paths that it changes
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (0, 1),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "shutil.rmtree": (0,),
    "sqlite3.connect": (0,),
    "tempfile.mkdtemp": (0,),
    "tempfile.mkstemp": (0,),
}
PROGRAMS = frozenset(["os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"])
CALLS = frozenset(
    f"socket.{name}"
    for name in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname",
                 "getnameinfo", "sendmsg", "sendto")
)  # fmt: skip


def real(path: str, follow: bool = True) -> str:
    """Where a path leads, links on the way followed."""
    with contextlib.suppress(OSError, ValueError):
        if follow:
            return os.path.realpath(path)
        folder, name = os.path.split(path)
        return os.path.join(os.path.realpath(folder), name)
    return os.path.abspath(path)


def below(folder: int, path: str) -> str:
    """A path that is counted from an open folder."""
    if folder < 0 or os.path.isabs(path):
        return path
    with contextlib.suppress(OSError):
        return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
    return path


def watch(pipe: str, quiet: tuple[str, ...]) -> None:
    """Report from now on; reading below the quiet folders is not worth a word."""
    opened = os.open(pipe, os.O_WRONLY)
    handle = fcntl.fcntl(opened, fcntl.F_DUPFD_CLOEXEC, HIGH)
    os.close(opened)

    def report(kind: str, fact: object) -> None:
        line = json.dumps([kind, str(fact)[:LONGEST]])
        with contextlib.suppress(OSError):
            os.write(handle, line.encode("ascii") + b"\n")

    def hook(event: str, facts: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = facts
            if isinstance(path, str | bytes | os.PathLike) and isinstance(flags, int):
                text = os.fsdecode(path)
                follow = not flags & os.O_NOFOLLOW
                if flags & WRITING:
                    report("change", real(text, follow))
                elif not text.startswith(quiet):
                    report("read", real(text, follow))
        elif event in PATHS:
            for index in PATHS[event]:
                path = facts[index]
                if isinstance(path, str | bytes | os.PathLike):
                    folder = facts[-1] if event in ("os.remove", "os.rmdir") else -1
                    text = below(folder if isinstance(folder, int) else -1, os.fsdecode(path))
                    report("change", real(text, event == "sqlite3.connect"))
        elif event in PROGRAMS:
            report("program", facts)
        # Processes of one build talk through sockets that are files.
        elif event in CALLS and getattr(facts[0], "family", None) != socket.AF_UNIX:
            report("call", (event, *facts[1:]))

    sys.addaudithook(hook)


def lower(limits: dict[str, float]) -> None:
    """Set limits of Foldwell's modules."""
    for name, value in limits.items():
        module, _, limit = name.rpartition(".")
        setattr(importlib.import_module(module), limit, value)


if "FOLDWELL_WATCH" in os.environ:
    watch(os.environ["FOLDWELL_WATCH"], tuple(os.environ["FOLDWELL_QUIET"].split(os.pathsep)))
    lower(json.loads(os.environ.get("FOLDWELL_LIMITS", "{}")))
