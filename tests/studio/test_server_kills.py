"""The server is killed while it saves: no file is half written, nothing it confirmed is lost."""

import contextlib
import hashlib
import hmac
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from conftest import BASE

from foldwell.studio.saving import versions

KILLS = 50 if os.environ.get("FOLDWELL_LONG_TESTS") else 3
LEAFLET = "content/leaflets/sleep/en.md"
LINES = 4000
SERVER = """
import sys
from pathlib import Path
from foldwell.studio.guard import Keys
from foldwell.studio.server import run
root = Path(sys.argv[1])
run(root, root / "output", 0, lambda address, _: print(address, flush=True),
    Keys("token", "session", "nonce"), warm=False)
"""
FORM = hmac.new(b"session", b"form", hashlib.sha256).hexdigest()


def text_of(start: str, number: int) -> str:
    """A text whose every line is the same, so that a half of it would show."""
    return start + f"\nWords {number:06}.\n" * LINES


def save_on(port: int, start: str, seen: str, confirmed: list[str]) -> None:
    """Save one text after another, until the server is gone."""
    headers = {
        "Cookie": f"foldwell-{port}=session", "Origin": f"http://127.0.0.1:{port}",
        "X-Foldwell": FORM, "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    gone = contextlib.suppress(OSError, http.client.HTTPException, ValueError)
    with contextlib.closing(connection), gone:
        for number in range(100_000):
            body = urlencode({"text": text_of(start, number), "seen": seen})
            connection.request("POST", "/leaflet/sleep/en", body, headers)
            told = json.loads(connection.getresponse().read())
            seen = told["seen"]
            confirmed.append(text_of(start, number))


def test_a_killed_server_loses_and_halves_nothing(project: Path) -> None:
    rolled = random.Random(11)
    start = (project / LEAFLET).read_text()
    saved = 0
    for _ in range(KILLS):
        before = (project / LEAFLET).read_text()
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(project)], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(BASE.parents[2])},
        )  # fmt: skip
        assert server.stdout is not None
        port = re.search(r":(\d+)/", server.stdout.readline())
        assert port is not None
        confirmed = [before]
        seen = hashlib.sha256(before.encode()).hexdigest()
        nurse = threading.Thread(target=save_on, args=(int(port[1]), start, seen, confirmed))
        nurse.start()
        deadline = time.monotonic() + 60
        while len(confirmed) == 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(rolled.uniform(0, 0.2))
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stdout.close()
        nurse.join()
        saved += len(confirmed) - 1
        now = (project / LEAFLET).read_text()
        kept = [one.content.decode() for one in versions(project, LEAFLET)]
        for text in (now, *kept):
            lines = set(text.removeprefix(start).split()) - {"Words"}
            assert text.startswith(start) and len(lines) <= 1, lines
            assert text.removeprefix(start).count("\n") in (0, 2 * LINES)
        assert {*confirmed} <= {now, *kept}
    assert saved >= KILLS
