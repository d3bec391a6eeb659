"""Links as a project writes them: within its site, to its other leaflets, with tracking.

On paper a link must lead somewhere: what starts at the root of a web site becomes an address below
the project's ``site``, and a link to another leaflet tells its title.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Place, did_you_mean

_INLINE = re.compile(
    r"(?<![!\\])\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<to>(?:[^()\s<>]|\([^()\s<>]*\))+)>?"
    r"""(?P<title>(?:\s+(?:"[^"]*"|'[^']*'))?\s*)\)"""
)
"""A link; its words may stand on several lines."""
_ALONE = re.compile(
    r"(?:`[^`]*`|\]\(\s*<?[^()\s]*|^ {0,3}\[[^\]]+\]:.*|\[[^\[\]]*\](?:\(\s*<?[^()\s]*|\[))"
    r"|(?<![\w/=\"'])(?P<to>https?://[^\s<>\[\]()*`]*[^\s<>\[\]()*`.,;:!?'\"])",
    re.MULTILINE,
)
"""A web address alone; code, and what is part of a link already, is passed by."""
_DEFINED = re.compile(r"^(?P<label> {0,3}\[(?!\^)[^\]]+\]:\s*<?)(?P<to>[^\s<>]+)")
_SPREAD = re.compile(
    r"""(?m)(?<![^\n])(?<!\S\n)(?P<label> {0,3}\[(?!\^)[^\]\n]+\]:) *(?P<first>\n?) *"""
    r"""(?P<to><[^<>\n]+>|[^\s<>\[]\S*)"""
    r"""(?:(?P<second> *\n *| +)(?P<title>"[^"\n]+"|'[^'\n]+'|\([^()\n]+\)))? *$"""
)
"""The address of a link by name, behind an empty line, in up to three lines (CommonMark 4.7)."""
_WRITTEN = re.compile(r"<(?P<scheme>mailto|tel):(?P<to>[^<>\s]+)>")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi|yclid|twclid|ttclid"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|\{\{|$")
_FILES = (".pdf", ".doc", ".docx", ".png", ".jpg", ".svg", ".zip")


def without_tracking(address: str) -> str:
    """A web address without what only tells where a reader came from."""
    if "?" not in address or "{{" in address:
        return address
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return address if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


def short(address: str) -> str:
    """A web address as it is printed: without its scheme, and without a stroke at its end."""
    return address.partition("://")[2].removesuffix("/") or address


def has_relative(text: str) -> bool:
    """Whether a text may hold a link within the site or to another leaflet."""
    return any(
        not _SCHEME.match(match["to"])
        for pattern in (_INLINE, re.compile(_DEFINED.pattern, re.MULTILINE))
        for match in pattern.finditer(text)
    )


def tidy_links(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Lines whose links are free of tracking, and whose mail and phone links are plain."""
    text = "\n".join(lines)
    if "<mailto:" in text or "<tel:" in text:
        text = _WRITTEN.sub(
            lambda m: f"<{m['to']}>" if m["scheme"] == "mailto" else f"[{m['to']}]({m[0][1:-1]})",
            text,
        )

    def together(match: re.Match[str]) -> str:
        below = match[0].count("\n")
        if not below:
            return match[0]
        title = f" {match['title']}" if match["title"] else ""
        line = first_line + text.count("\n", 0, match.start())
        tidyings.note("D6", "The address of a link was put on one line.", line)
        return f"{match['label']} {match['to']}{title}" + "\n" * below

    if "]:" in text:
        text = _SPREAD.sub(together, text)

    def plain(match: re.Match[str]) -> str:
        shorter = without_tracking(match["to"] or "")
        if shorter == (match["to"] or ""):
            return match[0]
        message = f"What tracks readers was left out of an address, now '{shorter}'."
        line = first_line + text.count("\n", 0, match.start("to"))
        tidyings.note("D6", message, line, match["to"])
        return match[0].replace(match["to"], shorter)

    if "?" in text and "](" in text:
        text = _INLINE.sub(plain, text)
    if "?" in text and "://" in text:
        text = _ALONE.sub(plain, text)
    return text.split("\n")


class Links:
    """Where the links of one leaflet lead.

    Args:
        path: The leaflet's file.
        site: The address of the project's web site; empty for none.
        titles: The titles of the project's leaflets, by their names.
        tidyings: What was converted is noted here.
    """

    def __init__(self, path: str, site: str, titles: Mapping[str, str], tidyings: Tidyings) -> None:
        self._path, self._site, self._titles = path, site.rstrip("/"), titles
        self._tidyings = tidyings
        self.errors: list[FoldwellError] = []

    def resolved(self, text: str, first_line: int) -> str:
        """The text with addresses that hold on paper."""
        whole = text

        def lead(match: re.Match[str]) -> str:
            return self._inline(match, first_line + whole.count("\n", 0, match.start("to")))

        lines = _INLINE.sub(lead, text).split("\n")
        for index, line in enumerate(lines):
            number = first_line + index
            if match := _DEFINED.match(line):
                to = self._address(match["to"], number)[0]
                line = f"{match['label']}{to}{line[match.end() :]}"
            lines[index] = line
        return "\n".join(lines)

    def _inline(self, match: re.Match[str], line: int) -> str:
        to, title = self._address(match["to"], line)
        if to == match["to"]:
            return match[0]
        words = match["words"]
        if not to:
            says = title.casefold() in words.casefold()
            return words if says else f"{words} ({title})"
        quoted = title.replace('"', "”")
        return (
            f"[{words}]({to}{match['title'] or (f' {chr(34)}{quoted}{chr(34)}' if title else '')})"
        )

    def _address(self, to: str, line: int) -> tuple[str, str]:
        """Where a link leads, and the title of the leaflet there; no address means no link."""
        if _SCHEME.match(to):
            return to, ""
        path, mark, anchor = to.partition("#")
        if not to.startswith("/"):
            names = [part.removesuffix(".md").removesuffix(".html") for part in path.split("/")]
            name = next((n for n in reversed(names) if n in self._titles), "")
            if name:
                title = self._titles[name]
                address = f"{self._site}/{name}/{mark}{anchor}" if self._site else ""
                told = f"'{address}'" if address else "its title"
                self._tidyings.note(
                    "D6", f"'{to}' is the leaflet '{title}'; read as {told}.", line, to
                )
                return address, title
            if not path.endswith("/") or ".." not in path:
                return to, ""  # a file that is not there, which is refused later
        if path.lower().endswith(_FILES) and not (self._site and to.startswith("/")):
            return to, ""
        if not self._site:
            self.errors.append(
                FoldwellError(
                    f"The link '{to}' leads to a page of a web site, and none is known.",
                    Place(self._path, line),
                    "Add 'site: https://…' to content/build.yml, or write the whole address."
                    + ("" if to.startswith("/") else f" {did_you_mean(path, self._titles)}"),
                )
            )
            return to, ""
        whole = posixpath.normpath(posixpath.join("/leaflet/", path))
        address = f"{self._site}{whole}{'/' if path.endswith('/') and whole != '/' else ''}"
        address += mark + anchor
        self._tidyings.note("D6", f"'{to}' was read as '{address}'.", line, to)
        return address, ""
