"""A browser without eyes: raw requests to the studio, with whatever papers a test gives it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from conftest import TODAY

from foldwell.studio.desk import Desk
from foldwell.studio.guard import Guard, Keys
from foldwell.studio.server import application

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
KEYS = Keys("the-token", "the-session", "the-nonce")
COOKIE = f"foldwell-{PORT}=the-session"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def desk_of(root: Path) -> Desk:
    """The studio of a project, without processes until one is needed."""
    return Desk(root, root / "output", lambda: TODAY, KEYS)


class Client:
    """Asks an application as a browser would, unless told otherwise."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.app: Guard = application(desk, PORT)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        usual = {"host": f"127.0.0.1:{PORT}", "cookie": COOKIE}
        return self.ask("GET", path, {**usual, **(headers or {})})

    def post(
        self, path: str, form: Mapping[str, object], headers: dict[str, str] | None = None
    ) -> Answer:
        body = urlencode({"token": KEYS.form, **form}, doseq=True).encode()
        usual = {
            "host": f"127.0.0.1:{PORT}",
            "cookie": COOKIE,
            "origin": HOME,
            "content-type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, {**usual, **(headers or {})}, [body])

    def upload(self, path: str, form: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a form with a file in its field ``logo``."""
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"token": KEYS.form, **form}.items()
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="logo"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, b"\r\n--x--\r\n"])
        headers = {
            "host": f"127.0.0.1:{PORT}", "cookie": COOKIE, "origin": HOME,
            "content-type": "multipart/form-data; boundary=x",
        }  # fmt: skip
        return self.ask("POST", path, headers, [body])

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: Iterable[bytes] = ()
    ) -> Answer:
        """Any request at all; a header that is empty is left out."""
        path, _, query = path.partition("?")
        scope: dict[str, object] = {
            "type": "http", "http_version": "1.1", "method": method, "path": path,
            "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "scheme": "http", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT),
            "headers": [(k.encode(), v.encode()) for k, v in headers.items() if v],
        }  # fmt: skip
        return asyncio.run(self._asked(scope, list(body)))

    async def _asked(self, scope: dict[str, object], body: list[bytes]) -> Answer:
        pieces: list[dict[str, object]] = [{"body": part, "more_body": True} for part in body]
        pieces.append({"body": b""})
        parts = iter(pieces)
        told: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            part = next(parts, None)
            if part is None:  # it listens until it has its answer
                await asyncio.Event().wait()
            return {"type": "http.request", **(part if part else {})}

        async def send(message: dict[str, object]) -> None:
            told.append(message)

        await self.app(scope, receive, send)  # type: ignore[arg-type]
        start = told[0]
        headers: list[tuple[bytes, bytes]] = start["headers"]  # type: ignore[assignment]
        whole = b"".join(message.get("body", b"") for message in told[1:])  # type: ignore[misc]
        status: int = start["status"]  # type: ignore[assignment]
        return Answer(status, {k.decode(): v.decode() for k, v in headers}, whole)
