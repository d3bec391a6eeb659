"""Where the links of what was brought lead: to the web, to another leaflet, or nowhere any more."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from foldwell.content.links import without_tracking
from foldwell.importing.brought import Brought, words_of

_WEB = re.compile(r"(?i)https?://[^\s<>]+")
_OTHER = re.compile(r"(?i)(mailto|tel):(.+)")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")
_WRAPPED = {"www.google.com/url": ("q", "url")}
_SAFE = ".safelinks.protection.outlook.com"
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ID = re.compile(r"[a-z][a-z0-9-]*")


def settle_links(
    brought: Brought, site: str, names: Collection[str], here: str, *, keep: bool = False
) -> None:
    """Let every link lead where it can be followed; others become their words.

    Args:
        brought: What was read.
        site: The address that relative links stand below; empty if none is known.
        names: The names of leaflets, which links may lead to.
        here: The path of the page below the site, such as ``/conditions/sleep/``.
        keep: Whether relative links stay as they are, because the project knows its site.
    """
    places = _places(brought.body)
    for parent in list(brought.body.iter()):
        for link in parent.findall("a"):
            href = link.get("href", "").strip()
            to = _settled(href, brought, places, site, names, here, keep)
            if not to:
                if href and words_of(link):
                    brought.leave(
                        f"The link '{href[:120]}' leads nowhere from paper; its words stay."
                    )
                link.tag = "span"
                link.attrib.clear()
                continue
            title = " ".join(link.get("title", "").split())
            link.attrib.clear()
            link.set("href", to)
            told = title.casefold() in words_of(link).casefold()
            if title and not told and to != title:
                tail = link.tail or ""
                link.tail = f" ({title}){tail}"


def _places(body: ET.Element) -> dict[str, ET.Element]:
    """The headings that links lead to, by the ids in them."""
    places: dict[str, ET.Element] = {}
    for heading in body.iter():
        if heading.tag not in _HEADINGS:
            continue
        for inner in heading.iter():
            for key in ("id", "name"):
                if inner.get(key):
                    places.setdefault(inner.get(key, ""), heading)
    return places


def _settled(
    href: str, brought: Brought, places: dict[str, ET.Element], site: str,
    names: Collection[str], here: str, keep: bool,
) -> str:  # fmt: skip
    href = _unwrapped(href)
    if match := _OTHER.fullmatch(href):
        return href if match[1].lower() == "tel" or "@" in match[2] else ""
    if href.startswith("//"):
        href = f"https:{href}"
    if _WEB.fullmatch(href):
        return _safe(without_tracking(href))
    if href.startswith("#"):
        heading = places.get(href[1:])
        if heading is None:
            return ""
        name = href[1:] if _ID.fullmatch(href[1:]) else _id_of(href[1:])
        heading.set("anchor", name)
        return f"#{name}"
    if not href or _SCHEME.match(href) or "\\" in href:
        return ""
    path = href.partition("#")[0]
    parts = [part.rpartition(".")[0] or part for part in path.strip("/").split("/")]
    leaflet = next((p for p in reversed(parts) if p in names), "")
    if leaflet and not href.startswith("/"):
        return f"../{leaflet}/"
    if site:
        # A file stands beside the file that names it; a page, below the page.
        beside = here if not re.search(r"\.[a-z0-9]{2,5}$", path) else posixpath.dirname(here[:-1])
        base = f"{site.rstrip('/')}{beside.rstrip('/')}/"
        whole = f"{site.rstrip('/')}{href}" if href.startswith("/") else urljoin(base, href)
        return _safe(without_tracking(re.sub(r"\.md(?=#|$)", "", whole)))
    return href if keep and (href.startswith("/") or path.endswith("/")) else ""


def _unwrapped(href: str) -> str:
    """An address without the one of the mail or document program that counts its readers."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    keys: tuple[str, ...] = _WRAPPED.get(f"{parts.netloc}{parts.path}", ())
    if (parts.hostname or "").endswith(_SAFE):
        keys = ("url",)
    for key in keys:
        if found := parse_qs(parts.query).get(key):
            return found[0]
    return href


def _safe(address: str) -> str:
    """An address without signs that end a link in Markdown."""
    return quote(address, safe=":/?#[]@!$&'*+,;=%~-._").replace("[", "%5B").replace("]", "%5D")


def _id_of(name: str) -> str:
    return "p-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def page_of(relative: str) -> str:
    """The path of a page below its site, from the path of its file."""
    folder, name = posixpath.split(relative)
    stem = name.rpartition(".")[0]
    parts = [folder, "" if stem in ("index", "_index", "readme") else stem]
    return "/" + "".join(f"{part}/" for part in parts if part)
