"""Whether the numbers and addresses of a reference have the form that such things have.

Nothing is looked up: a form that holds does not say that there is such a paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pydantic import HttpUrl, TypeAdapter, ValidationError
from stdnum import isbn, issn

from foldwell.content.references import Reference

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"]*[^\s\".,]")
"""ISO 26324: the prefix of a registrant, a slash, and nearly any sign."""
_PMID = re.compile(r"[1-9]\d{0,7}")
_PMCID = re.compile(r"PMC[1-9]\d{0,7}")
_HOST = re.compile(r"[^.]+(?:\.[^.]+)+")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"{}|\\^`]|[.,;]$")
_URL = TypeAdapter(HttpUrl)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one number or address.

    Attributes:
        message: A clause.
        hint: What to do, without full stop.
        certain: Whether nobody can find the source by it. Books and journals were published with
            wrong check digits, and are found by them.
    """

    message: str
    hint: str
    certain: bool = True


def faults_of(reference: Reference) -> Iterator[Fault]:
    """What is wrong with the DOI, PMID, PMCID, ISBN, ISSN and address of a reference."""
    doi, pmid = _text(reference, "DOI"), _text(reference, "PMID")
    if doi and not _DOI.fullmatch(doi):
        yield Fault(f"'{doi}' is no DOI", "Write what follows 'https://doi.org/', such as"
                    " '10.1000/182', and nothing after it")  # fmt: skip
    if pmid and not _PMID.fullmatch(pmid):
        yield Fault(f"'{pmid}' is no PMID", "Write its number at PubMed: up to 8 digits")
    if (pmcid := _text(reference, "PMCID")) and not _PMCID.fullmatch(pmcid):
        yield Fault(f"'{pmcid}' is no PMCID", "Write it as 'PMC1234567'")
    for key, valid in (("ISBN", isbn.is_valid), ("ISSN", issn.is_valid)):
        text = _text(reference, key)
        if text and not _each(text, valid):
            yield Fault(
                f"'{text}' is no {key}", "Compare its digits with the source", certain=False
            )
    if url := _text(reference, "URL"):
        yield from _of_address(url, doi, pmid)


@lru_cache(maxsize=4096)  # leaflets have many of their sources in common
def _of_address(url: str, doi: str, pmid: str) -> tuple[Fault, ...]:
    return tuple(_faults_of_address(url, doi, pmid))


def _faults_of_address(url: str, doi: str, pmid: str) -> Iterator[Fault]:
    try:
        _URL.validate_python(url)
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except (ValidationError, ValueError):
        host = ""
    if not _HOST.fullmatch(host) or "://" not in url or _NOT_IN_ADDRESSES.search(url):
        yield Fault(f"'{url}' is no web address",
                    "Write it as a browser shows it, such as 'https://www.example.org/page'",
                    )  # fmt: skip
        return
    path = unquote(parts.path).strip("/")
    if host in ("doi.org", "dx.doi.org"):
        if not _DOI.fullmatch(path):
            yield Fault(f"'{url}' leads to no DOI", "Compare it with the source")
        elif doi and path.casefold() != doi.casefold():
            yield Fault(f"its address leads to another DOI than '{doi}'", "Correct one of the two")
    elif host == "pubmed.ncbi.nlm.nih.gov" and pmid and path != pmid:
        yield Fault(f"its address leads to another PMID than '{pmid}'", "Correct one of the two")


def _text(reference: Reference, key: str) -> str:
    value = reference.get(key)
    return "" if value is None else str(value).strip()


def _each(text: str, valid: Callable[[str], bool]) -> bool:
    """Whether a text is one number or a list of them, as reference managers export it."""
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    return all(valid(part) or all(map(valid, part.split())) for part in parts)
