"""What templates may print, and filling them."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from foldwell.content.edition import Edition
from foldwell.content.facts import Hours
from foldwell.content.interface_words import SOURCE
from foldwell.content.locales import (
    listed,
    locale_of,
    own_name,
    quotes_of,
    right_to_left,
)
from foldwell.content.references import Reference
from foldwell.paper.formats import FORMATS
from foldwell.remembered import remembered
from foldwell.typeset import templates
from foldwell.typeset.citations import full_references, short_reference
from foldwell.typeset.digits import STYLES, digits_of, in_digits, system_of
from foldwell.typeset.foreign import local_language
from foldwell.typeset.pictures import logos
from foldwell.typeset.reading import Words
from foldwell.typeset.typography import polish
from foldwell.typeset.variables import linked


def list_all_sources(edition: Edition, words: Words, values: dict[str, Any]) -> None:
    """Let templates name every source in full."""
    values["full_sources"] = _full_sources(
        edition.references, words.citations, edition.leaflet.language
    )


@remembered(128)
def _full_sources(
    references: Mapping[str, Reference], names: tuple[str, ...], language: str
) -> tuple[tuple[str, str], ...]:
    """Sources by their names, each in full."""
    full = full_references(names, references)
    return tuple(
        (name, _in_its_language(Markup(text), references[name], language))
        for name, text in zip(names, full, strict=True)
    )


@remembered(128)
def _short_sources(
    references: Mapping[str, Reference],
    names: tuple[str, ...],
    language: str,
    no_date: str,
) -> tuple[tuple[str, str], ...]:
    """Sources by their names, each as short as can be."""
    sources = ((name, references[name]) for name in names)
    return tuple(
        (name, _in_its_language(short_reference(source, no_date), source, language))
        for name, source in sources
    )


def _named(languages: Iterable[str]) -> list[tuple[str, str, str]]:
    """Each language with the name that it has for itself, and its direction."""
    return [(one, own_name(one), "rtl" if right_to_left(one) else "ltr") for one in languages]


def values_of(edition: Edition, words: Words, format_name: str, medium: str) -> dict[str, Any]:
    """The values that every template may use."""
    facts, strings = edition.leaflet.facts, _strings(edition)
    due, status = printed_date(edition, edition.review_due), edition.status
    brand, due_short = edition.brand.brand, printed_date(edition, edition.review_due, short=True)
    told = _told_in(edition)
    system = system_of(edition.leaflet.language, edition.region.country)
    held = edition.held_by
    kind = _kind(held)
    day = printed_date(edition, held.leaflet.facts.reviewed) if kind == "awaited" else due
    if gone := held.withdrawn:
        day, due_short = (printed_date(edition, gone.withdrawn, short=s) for s in (False, True))
    hours = printed_hours(edition)
    return {
        **edition.variables,
        "t": strings,
        "leaflet": facts,
        "language": edition.leaflet.language,
        "tag": edition.tag,
        "twins": _named(edition.twins),
        "languages": _named(sorted((edition.leaflet.language, *edition.twins))),
        "slug": edition.leaflet.slug,
        "clinic": edition.clinic,
        "hours": hours,
        "told": told,
        "authors": listed(facts.authors, edition.leaflet.language, edition.region.country),
        "told_hours": told if hours.week is None else ("", ""),
        "region": edition.region,
        "brand": brand,
        "logos": logos(edition),
        "edition_id": edition.id,
        "format": format_name,
        # A format of the project's own may be called as something that style sheets know.
        "format_class": format_name if format_name in FORMATS else f"own-{format_name}",
        "medium": medium,
        "qr": False,
        "counters": f", {STYLES[system]}" if system in STYLES else "",
        "own_page": edition.own_page,
        "layout": medium,
        "folded": False,
        "tiny": False,
        "status": status,
        "mark_word": strings[f"{status}_mark"] if status else "",
        "status_note": strings[f"{kind}_note"].format(date=day) if status else "",
        "status_foot": strings[f"{kind}_foot"].format(date=due_short) if status else "",
        "status_long": _long(held, kind, day, strings, short=format_name != medium),
        "translation": facts.translation,
        "leaflet_unchecked": not edition.leaflet.checked,
        "published": printed_date(edition, facts.published),
        "published_short": printed_date(edition, facts.published, short=True),
        "review_due_short": printed_date(edition, edition.review_due, short=True),
        "published_iso": facts.published.isoformat() if facts.published else "",
        "reviewed": printed_date(edition, facts.reviewed),
        "reviewed_word": strings["awaited_review" if kind == "awaited" else "reviewed"],
        "review_due": due,
        "fact": lambda _, value: templates.fact(value),  # as templates of before print one
        "linked": lambda text: Markup(linked(text)),
        "emergency_call": Markup(html.escape(strings["emergency_call"])).format(
            number=templates.fact(edition.region.emergency_number)
        ),
        "says_emergency": any("block-emergency" in part for part in words.parts.values()),
        "headings": [
            (name, Markup(words.tokens.replace(text)).striptags()) for name, text in words.headings
        ],
        "short_sources": _short_sources(
            edition.references, words.citations, edition.leaflet.language, strings["no_date"]
        ),
    }


def _strings(edition: Edition) -> Mapping[str, Any]:
    """The interface words of an edition, with the quotation marks of where its clinic is."""
    strings = templates.strings(edition.leaflet.language)
    own = quotes_of(edition.leaflet.language, edition.region.country)
    return {**strings, "quotes": own} if own else strings


def _in_its_language(text: str, source: Mapping[str, Any], language: str) -> str:
    """What names a source, marked as being in its own language: English unless it says another."""
    own = str(source.get("language") or SOURCE)
    if own.partition("-")[0] == language.partition("-")[0]:
        return text
    return Markup('<span lang="{}">{}</span>').format(own, text)


def clinics_language(edition: Edition) -> str:
    """The language of sentences that a clinic wrote itself, if it is not the edition's."""
    own = local_language(edition.region.country)
    return "" if own == edition.leaflet.language.partition("-")[0] else own


def _told_in(edition: Edition) -> tuple[str, str]:
    """What stands around such sentences; nothing where they are in the edition's language."""
    own = clinics_language(edition)
    return (Markup(f'<span lang="{own}">'), Markup("</span>")) if own else ("", "")


def _kind(edition: Edition) -> str:
    """What the marks of the pages are made for."""
    status, facts = edition.status, edition.leaflet.facts
    if status != "draft":
        return status
    if not edition.leaflet.checked:
        return "unchecked"
    if facts.reviewed is None:
        return "draft"
    if edition.leaflet.status(edition.today):
        # A review whose day is still to come is no review yet, but somebody is named.
        return "awaited" if facts.reviewed > edition.today else "draft"
    return "draft" if edition.words_checked else "unchecked"  # facts that nobody has checked


def _long(edition: Edition, kind: str, day: str, strings: Mapping[str, Any], *, short: bool) -> str:
    """What stands in full where a leaflet begins: all that keeps it from patients, or is older.

    Printed covers have no room for more than the first reason.
    """
    told = []
    if not edition.status:
        pass
    elif kind == "unchecked" and edition.leaflet.checked:
        told = [strings["words_unchecked"]]
    else:
        gone = edition.withdrawn
        reason = gone.reason if gone and not short else ""
        told = [" ".join(strings[f"{kind}_long"].format(date=day, reason=reason).split())]
        if not edition.words_checked and not short:
            told.append(strings["words_unchecked"])
    if older := edition.leaflet.older:
        told.append(strings["older_version"].format(date=printed_date(edition, older)))
    return " ".join(told)


def fill_template(name: str, edition: Edition, words: Words, values: dict[str, Any]) -> str:
    """A page's template with the words in it, every token replaced."""
    for token in words.contacts:
        words.tokens.fill(token, templates.render("parts/contact.html", edition.overrides, values))
    replaced = {part: Markup(words.tokens.replace(text)) for part, text in words.parts.items()}
    text = templates.render(name, edition.overrides, values | {"words": replaced})
    return polish(text, values["t"])


def as_printed(text: str, edition: Edition, values: Mapping[str, Any]) -> str:
    """A sentence of the interface as a page prints it: its quotes, its digits."""
    page = in_digits(polish(html.escape(text, quote=False), values["t"]), edition)
    return html.unescape(re.sub("<[^>]*>", "", page))


def printed_hours(edition: Edition) -> Hours:
    """The clinic's opening hours in the edition's language."""
    language = edition.leaflet.language
    country = edition.region.country
    return edition.clinic.hours.rows(language, country, templates.strings(language))


def printed_date(edition: Edition, day: datetime.date | None, *, short: bool = False) -> str:
    """A day as people write it in the language of a leaflet; nothing for None."""
    if day is None:
        return ""
    # The region's own pattern is made for the language of its texts.
    own = edition.region.date_format if edition.leaflet.language == SOURCE else None
    return _date(day, edition.leaflet.language, edition.region.country, own or "", short)


@lru_cache(maxsize=1024)
def _date(day: datetime.date, language: str, country: str, own: str, short: bool) -> str:
    """A day in a language where a clinic is.

    Args:
        day: The day.
        language: Of the leaflet.
        country: The clinic's.
        own: The pattern of its region; empty for the language's.
        short: Whether it has little room.
    """
    from babel.dates import format_date, format_skeleton

    locale, digits = locale_of(language, country), digits_of(language, country)
    pattern = str(own or locale.date_formats["long"].pattern)
    if short and language != SOURCE:
        # What is written out in full, such as Spanish 'de', is not always written in short.
        return str(format_skeleton("yMMMd", day, locale=locale)).translate(digits)
    if short:
        pattern = pattern.replace("MMMM", "MMM")
    return str(format_date(day, pattern, locale=locale)).translate(digits)
