"""Every hostile input of ``tests/hostile``, against the real command, in a sandbox.

Each input must be refused with a message that names it, or come out right, within its limit;
nothing outside the project may be read or changed, nobody may be asked for anything, no traceback
may be seen, and no half file, no process and no temporary file may be left.
"""

import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from pathlib import Path

import pytest
from hostile.attack import Attack
from hostile.canary import canary
from hostile.command import Command, carry_out, commands
from hostile.corpus import ATTACKS, NO_ATTACK
from hostile.rows import NETWORK, PATHS, ROWS, SVG
from hostile.sandbox import SINGLE, SYSTEM, remove
from hostile.templates import GLOBALS, template
from hostile.verdict import faults_of_attack, faults_of_command

pytestmark = pytest.mark.skipif("not hasattr(os, 'mkfifo')", reason="links and pipes")


@dataclass
class Verdicts:
    """What came of some commands.

    Attributes:
        faults: By attack, what it did that it may not do.
        codes: Commands that ended with another code than they must.
        asked: What the canary was asked for.
    """

    faults: dict[str, list[str]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def judge(attacks: list[Attack], root: Path) -> Verdicts:
    """Carry out what it takes to try some attacks, and say what came of it."""
    verdicts = Verdicts()
    turn = threading.Lock()  # one reads files at a time: pdfium may not be called by two threads
    numbers = iter(range(10_000))

    def try_out(command: Command) -> None:
        with turn:
            folder = root / str(next(numbers))  # short, because sockets have their files below it
        done = carry_out(command, folder, server.address)
        with turn:
            shared = list(faults_of_command(done, sound))
            for attack in command.attacks:
                verdicts.faults[attack.name] = [*shared, *faults_of_attack(attack, done)]
        if done.run.code != command.exit_code:
            verdicts.codes.append(f"{command.name}: {done.run.code}")
        remove(folder)

    with canary() as server, ThreadPoolExecutor((cpu_count() or 1) + 1) as pool:
        sound = carry_out(Command("nothing", (NO_ATTACK,)), root / "sound", server.address).sound
        assert sound
        list(pool.map(try_out, commands(attacks)))
        verdicts.asked = server.asked
    return verdicts


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder for sandboxes: its path is short, because sockets have their files below it.

    It is none of pytest's, which could not delete the deepest of what a killed run may leave.
    """
    root = Path(tempfile.mkdtemp(prefix="foldwell-"))
    try:
        yield root
    finally:
        remove(root)


@pytest.fixture(scope="session")
def verdicts(request: pytest.FixtureRequest) -> Iterator[Verdicts]:
    """What came of those attacks that are to be tested."""
    items = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = [item.params["attack"] for item in items if item and "attack" in item.params]
    with short_folder() as root:
        yield judge(chosen or list(ATTACKS), root)


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder for one sandbox."""
    with short_folder() as folder:
        yield folder


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in ATTACKS])
def test_attack(attack: Attack, verdicts: Verdicts) -> None:
    assert verdicts.faults[attack.name] == []


def test_every_command_ends_as_it_must(verdicts: Verdicts) -> None:
    assert verdicts.codes == []


def test_nobody_was_asked_for_anything(verdicts: Verdicts) -> None:
    assert verdicts.asked == []


def test_the_corpus_is_whole() -> None:
    assert len(ATTACKS) >= 300
    names = [attack.name for attack in ATTACKS]
    assert len(set(names)) == len(names)
    assert {attack.row for attack in ATTACKS} == set(ROWS)


# What sees an attack must be seen to see.


def trusted(name: str, code: str) -> Attack:
    """A template that does what no content could do."""
    return template("", name, code, "")


def test_the_sandbox_sees_what_is_read_and_asked(root: Path) -> None:
    modules = f"{GLOBALS}.sys.modules"
    code = (
        f"{{{{ {GLOBALS}.read({GLOBALS}.open('@OUTSIDE@/canary.txt', 0), 99).decode() }}}}"
        f"{{{{ {modules}['urllib.request'].urlopen('@HTTP@/a') }}}}"
    )
    with canary() as server:
        command = Command("reads", (trusted("reads", code),))
        sound = b""
        done = carry_out(command, root / "s", server.address)
        faults = "\n".join(faults_of_command(done, sound))
        assert server.asked == [f"GET {server.address}/a"]
    assert "read " in faults and "outside/canary.txt" in faults
    assert "printed 'CANARY" in faults
    assert any("socket.connect" in call and "127.0.0.1" in call for call in done.run.calls)


def test_the_sandbox_sees_what_is_changed_and_left(root: Path) -> None:
    code = (
        f"{{{{ {GLOBALS}.rename('@OUTSIDE@/canary.txt', '@OUTSIDE@/gone.txt') }}}}"
        f"{{{{ {GLOBALS}.mkdir('@OUTSIDE@/new') }}}}{{{{ {GLOBALS}.system('true') }}}}"
    )
    done = carry_out(Command("writes", (trusted("writes", code),)), root / "s", "")
    faults = "\n".join(faults_of_command(done, b""))
    assert re.search(r"changed .*outside/canary\.txt", faults)
    assert re.search(r"gone: .*outside/canary\.txt", faults)
    assert re.search(r"new or changed: .*outside/new", faults)
    assert any("os.system" in call or "true" in call for call in done.run.calls)
    assert "altered the sound leaflet" in faults


# Libraries written in C open files that no audit hook sees.

OPENED = re.compile(r'(?:open|openat|openat2)\((?:AT_FDCWD, )?"([^"]*)".* = \d+$')
CONNECTED = re.compile(r"connect\(\d+, \{sa_family=(AF_INET6?|AF_NETLINK)")


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_no_library_opens_or_asks_either(root: Path) -> None:
    rows = (NETWORK, PATHS, SVG)
    shared = [a for a in ATTACKS if a.row in rows and a.shares in ("leaflets", "brands") and a.says]
    log = root / "log"
    before = ("strace", "-f", "-qq", "--seccomp-bpf", "-s", "300", "-o", str(log),
              "-e", "trace=open,openat,openat2,connect")  # fmt: skip
    with canary() as server:
        done = carry_out(Command("all", tuple(shared)), root / "s", server.address, before)
        assert server.asked == []
    assert done.run.code == 1, done.run.err
    text = log.read_text(errors="replace")
    opened = {match.group(1) for match in map(OPENED.search, text.splitlines()) if match}
    assert any(path.endswith("brand.yml") for path in opened)
    own = (f"{done.sandbox.project}/", f"{done.sandbox.root}/tmp/", f"{done.sandbox.root}/watch")
    system = ("/usr/", "/lib/", "/lib64/", "/etc/ld.so", "/etc/localtime", "/proc/", "/sys/",
              "/dev/shm/sem.")  # fmt: skip
    # fontconfig keeps a cache of the fonts that it has seen, in the system's place or the user's.
    caches = ("/var/cache/fontconfig/", f"{done.sandbox.root}/home/.cache/fontconfig/")
    foreign = {path for path in opened if not path.startswith((*SYSTEM, *own, *system, *caches))}
    files = {path for path in foreign if path.startswith("/") and not Path(path).is_dir()}
    assert files - set(SINGLE) == set()
    assert CONNECTED.findall(text) == []
