"""The server by its socket: what comes in crowds, slowly, or without end does not stop it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import BASE

CROWD = 500


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str, Path]]:
    """The port, the cookie of its one browser, and the folder of a running studio."""
    root = tmp_path_factory.mktemp("server") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    process = subprocess.Popen(
        [sys.executable, "-m", "foldwell", "studio", "--no-browser"],
        env={**os.environ, "FOLDWELL_PROJECT": str(root), "PYTHONUNBUFFERED": "1",
             "PYTHONPATH": str(BASE.parents[2])},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None and process.stderr is not None
    told = process.stdout.readline().split()[-1]
    rest = told.removeprefix("http://127.0.0.1:")
    port, _, path = rest.partition("/")
    assert status(int(port), f"/{path}") == "303"
    assert status(int(port), f"/{path}") == "403"  # it opens one browser, once
    process.stdin.write("\n")
    process.stdin.flush()
    lines = iter(process.stdout.readline, "")
    other = next(line for line in lines if line.startswith("For another browser: "))
    _, _, path = other.split()[-1].removeprefix("http://").partition("/")
    question = f"GET /{path} HTTP/1.1\nHost: 127.0.0.1:{port}\nConnection: close\n\n"
    cookie = re.search(r"set-cookie: ([^;]+);", ask(int(port), question, lines=True))
    assert cookie is not None
    yield int(port), f"Cookie: {cookie[1]}\n", root
    process.stdin.close()
    process.terminate()
    process.wait(20)
    errors = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    assert "Traceback" not in errors, errors


def ask(port: int, text: str, wait_s: float = 20, lines: bool = False) -> str:
    """Send bytes, and read the first line that comes back, or all; empty if the door is shut."""
    try:
        with socket.create_connection(("127.0.0.1", port), wait_s) as connection:
            connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
            if lines:
                return b"".join(iter(lambda: connection.recv(4096), b"")).decode("latin-1")
            return connection.recv(200).decode("latin-1").split("\r\n")[0]
    except OSError:
        return ""


def status(port: int, path: str, headers: str = "") -> str:
    host = f"Host: 127.0.0.1:{port}\n"
    return ask(port, f"GET {path} HTTP/1.1\n{host}{headers}Connection: close\n\n").split(" ")[1]


def test_a_crowd_does_not_stop_it(address: tuple[int, str, Path]) -> None:
    port, cookie, _ = address
    question = f"GET / HTTP/1.1\nHost: 127.0.0.1:{port}\nConnection: close\n\n"
    with ThreadPoolExecutor(64) as crowd:
        told = list(crowd.map(lambda _: ask(port, question), range(CROWD)))
    assert {line.split(" ")[1] for line in told if line} <= {"403", "503"}
    assert status(port, "/build", cookie) == "200"


def test_those_who_dawdle_do_not_stop_it(address: tuple[int, str, Path]) -> None:
    port, cookie, _ = address
    held = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(30)]
    for connection in held:  # a request that never ends
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert status(port, "/build", cookie) == "200"
    for connection in held:
        connection.close()


def test_a_crowd_that_may_come_in_is_served_or_told_to_wait(
    address: tuple[int, str, Path],
) -> None:
    port, cookie, _ = address
    host = f"Host: 127.0.0.1:{port}\n"
    question = f"GET /static/studio.css HTTP/1.1\n{host}{cookie}Connection: close\n\n"
    with ThreadPoolExecutor(100) as crowd:
        told = list(crowd.map(lambda _: ask(port, question), range(CROWD)))
    assert {line.split(" ")[1] for line in told if line} <= {"200", "503"}
    assert any("200" in line for line in told) and status(port, "/build", cookie) == "200"


def test_who_takes_nothing_of_an_answer_stops_nobody(address: tuple[int, str, Path]) -> None:
    port, cookie, _ = address
    host = f"Host: 127.0.0.1:{port}\n"
    question = f"GET /static/codemirror.js HTTP/1.1\n{host}{cookie}\n".replace("\n", "\r\n")
    held = []
    for _ in range(40):
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        slow.connect(("127.0.0.1", port))
        slow.sendall(question.encode())
        held.append(slow)
    assert status(port, "/build", cookie) == "200"
    for slow in held:
        slow.close()


def test_a_body_without_end_is_not_read_to_its_end(address: tuple[int, str, Path]) -> None:
    port, cookie, root = address
    before = sorted(root.rglob("content/**/*"))
    head = (
        f"POST /leaflet/sleep/en HTTP/1.1\nHost: 127.0.0.1:{port}\n{cookie}"
        f"Origin: http://127.0.0.1:{port}\nTransfer-Encoding: chunked\n\n"
    ).replace("\n", "\r\n")
    chunk = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(head.encode())
        try:
            for _ in range(1024):  # a gigabyte, if anybody takes it
                connection.sendall(chunk)
                sent += 2**20
        except OSError:
            pass
    assert sent < 2**27
    assert sorted(root.rglob("content/**/*")) == before
    assert status(port, "/build", cookie) == "200"


def test_what_is_no_request_is_refused(address: tuple[int, str, Path]) -> None:
    port, cookie, root = address
    before = sorted(root.rglob("*"))
    host = f"Host: 127.0.0.1:{port}\n"
    large = (
        f"POST /build HTTP/1.1\n{host}Origin: http://127.0.0.1:{port}\nContent-Length: {2**30}\n\n"
    )
    assert " 413 " in ask(port, large)
    assert " 403 " in ask(port, f"GET /../../etc/passwd HTTP/1.1\n{host}\n")
    for path in ("/../../etc/passwd", "/file/../../../etc/passwd", "/static/../../base.html"):
        assert status(port, path, cookie) == "404", path
    assert " 421 " in ask(port, "GET http://evil.example/ HTTP/1.1\nHost: evil.example\n\n")
    assert " 400 " in ask(port, "\x16\x03\x01\n\n")
    assert " 4" in ask(port, f"GET /{'x' * 100_000} HTTP/1.1\n{host}\n")
    assert status(port, "/build", cookie) == "200"
    assert sorted(root.rglob("*")) == before


def test_a_port_that_is_taken_is_told(address: tuple[int, str, Path]) -> None:
    port, _, root = address
    done = subprocess.run(
        [sys.executable, "-m", "foldwell", "studio", "--no-browser", "--port", str(port)],
        env={**os.environ, "FOLDWELL_PROJECT": str(root), "PYTHONPATH": str(BASE.parents[2])},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2 and f"Port {port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
