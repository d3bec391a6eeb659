"""What the engine may fetch: the pictures of one page source, and nothing else in the world."""

from __future__ import annotations

import base64
import re
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from foldwell.errors import FoldwellError
from foldwell.typeset.page_source import PageSource

BASE_URL = "asset:/"
_INSIDE = re.compile(r"data:(image/(?:png|jpeg));base64,")
"""What drawings that came through the door may hold: the bytes of a picture themselves."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the pictures of one page source, and nothing else in the world."""

    def __init__(self, source: PageSource) -> None:
        super().__init__(allowed_protocols=set(), allow_redirects=False, fail_on_errors=True)
        self._assets = {name: (content, kind) for name, content, kind in source.assets}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind ``asset:<name>``, and those of a picture inside a drawing."""
        if inside := _INSIDE.match(url):
            content = base64.b64decode(url[inside.end() :])
            return URLFetcherResponse(url, content, {"Content-Type": inside.group(1)})
        name = unquote(url.removeprefix("asset:"))
        if url.startswith("asset:") and name in self._assets:
            content, kind = self._assets[name]
            return URLFetcherResponse(url, content, {"Content-Type": kind})
        self.refused.append(url)
        raise FatalURLFetchingError(url)


def refused(url: str) -> FoldwellError:
    """What is told of an address that was refused."""
    return FoldwellError(
        f"The page asks for '{url[:100]}', which is not part of the leaflet.",
        None,
        "Templates and style sheets may only name pictures of the leaflet and brand.",
    )


def refuse(url: str, *_: object, **__: object) -> URLFetcherResponse:
    """Fetch nothing: style sheets ask for nothing beside themselves."""
    raise FatalURLFetchingError(url)
