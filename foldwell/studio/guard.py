"""The door of the studio: who may ask, from where, and how much they may send.

The server listens on this machine alone, but any page that a browser shows can send requests to
it. So each request must name this address as its host (else a name that was bent to 127.0.0.1 would
do), come from no other site, and carry the cookie that only the secret address gives; what changes
something needs a second secret that stands in the studio's own pages. Answers may load nothing
from elsewhere, and no script that stands in a page runs.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

FORM_LIMIT_BYTES = 2 * 2**20
UPLOAD_LIMIT_BYTES = 41 * 2**20
"""A picture may have 40 MB, as everywhere; the rest is what a form puts around it."""
BODY_LIMIT_S = 30
"""The longest that a body may take to come, and one piece of an answer to be taken."""
START = "/start"
REFUSED = (
    "Open the address that the terminal shows. It opens one browser, once: for another, press Enter"
    " in the terminal."
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}';"
    " img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}


@dataclass(frozen=True)
class Keys:
    """The secrets of one run of the studio.

    Attributes:
        token: Stands in the address that is opened first, and once.
        session: The value of the cookie.
        nonce: Lets the editor add its own style sheet.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def form(self) -> str:
        """What the studio's own pages send back with each change."""
        return hmac.new(self.session.encode(), b"form", sha256).hexdigest()


class Guard:
    """Asks each request for its papers before the application sees it.

    Args:
        app: The application.
        keys: The secrets of this run.
        port: The port that it listens on.
        uploads: How the paths start to which pictures are sent.
    """

    def __init__(self, app: App, keys: Keys, port: int, uploads: Iterable[str] = ()) -> None:
        self._app, self._keys, self._uploads = app, keys, tuple(uploads)
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.cookie = f"foldwell-{port}"
        self._token = keys.token

    def another(self) -> str:
        """A new token, for one more browser; one that nobody used yet is good no longer."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            return
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
        if refused := self._refusal(scope, headers):
            await _answer(send, *refused)
        elif scope["path"] == START:
            await self._start(scope, send, self._has_session(headers))
        elif not self._has_session(headers):
            await _answer(send, 403, REFUSED)
        else:
            await self._pass_on(scope, receive, self._dressed(send), headers)

    def _refusal(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str] | None:
        hosts, origins = headers.get("host", []), headers.get("origin", [])
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return 421, "This address is not the studio's."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "The studio is not asked in this way."
        if any(origin != f"http://{hosts[0]}" for origin in origins) or len(origins) > 1:
            return 403, "This request comes from another site."
        if headers.get("sec-fetch-site", ["none"])[0] not in ("none", "same-origin"):
            return 403, "This request comes from another site."
        if scope["method"] == "POST" and not origins:
            return 403, "This request does not say where it comes from."
        length = headers.get("content-length", ["0"])
        if len(length) != 1 or not length[0].isascii() or not length[0].isdigit():
            return 400, "This request does not say how long it is."
        if int(length[0]) > self._limit(scope["path"]):
            return 413, "This is larger than the studio takes."
        return None

    def _limit(self, path: str) -> int:
        return UPLOAD_LIMIT_BYTES if path.startswith(self._uploads) else FORM_LIMIT_BYTES

    def _has_session(self, headers: dict[str, list[str]]) -> bool:
        try:
            found = SimpleCookie("; ".join(headers.get("cookie", []))).get(self.cookie)
        except CookieError:
            return False
        given = found.value if found else ""
        return hmac.compare_digest(given.encode(), self._keys.session.encode())

    async def _start(self, scope: Scope, send: Send, is_in: bool) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.get("token", [""])[0].encode()
        fits = bool(self._token) and hmac.compare_digest(given, self._token.encode())
        if scope["method"] != "GET" or not (fits or is_in):
            await _answer(send, 403, REFUSED)
            return
        if not fits:  # the browser that it was spent by comes back to it
            await _answer(send, 303, "", {"location": "/"})
            return
        self._token = ""  # spent: who finds the address in a history or a log gets nowhere
        cookie = f"{self.cookie}={self._keys.session}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", {"location": "/", "set-cookie": cookie})

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, list[str]]
    ) -> None:
        body = b""
        if scope["method"] == "POST":
            try:
                async with asyncio.timeout(BODY_LIMIT_S):
                    body = await _whole(receive, self._limit(scope["path"]))
            except TimeoutError:
                await _answer(send, 408, "This took too long to arrive.")
                return
            except ValueError:
                await _answer(send, 413, "This is larger than the studio takes.")
                return
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(given, None) or await receive()

        await self._app(scope, replay, send)

    def _dressed(self, send: Send) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(
                    (name.encode(), value.format(self._keys.nonce).encode())
                    for name, value in HEADERS.items()
                    if name.encode() not in own
                )]  # fmt: skip
            # Somebody who takes nothing of an answer must not hold it for ever.
            async with asyncio.timeout(BODY_LIMIT_S):
                await send(message)

        return dressed


async def _whole(receive: Receive, limit: int) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ValueError("gone")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise ValueError("too large")
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(
    send: Send, status: int, words: str, headers: dict[str, str] | None = None
) -> None:
    facts = {**HEADERS, "content-type": "text/plain; charset=utf-8", **(headers or {})}
    facts["content-length"] = str(len(words.encode()))
    if status == 413:
        facts["connection"] = "close"  # what is still on its way is not read
    told = [(name.encode(), value.format("none").encode()) for name, value in facts.items()]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": words.encode()})
