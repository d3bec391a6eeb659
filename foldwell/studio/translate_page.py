"""Translating on the page: each passage of the source with its words in the other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from foldwell.build import translating
from foldwell.build.translation_return import bring_in
from foldwell.build.translation_saving import save_units, unit_mistakes
from foldwell.build.translation_status import standings
from foldwell.build.translation_units import Unit, units_of
from foldwell.content.interface_words import LANGUAGES, SOURCE
from foldwell.content.locales import english_name, own_name, right_to_left
from foldwell.content.sections import sections
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.conflicts import conflicted
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence
from foldwell.studio.saving import Conflict, keeping, mark, present

ROOM = "/translations"
TONES = {"done": "good", "unchecked": "mild", "accepted": "mild", "missing": "plain"}
WORDS = {
    "done": "Checked", "unchecked": "Not checked yet", "accepted": "Old, and accepted",
    "stale": "The source changed", "broken": "Not finished", "missing": "Not begun",
    "not pinned": "Not tied to its source",
}  # fmt: skip
SOURCE_WORDS = "The source changed since you opened this page. Load it again: your words stay."


def translations(desk: Desk, call: Call) -> Response:
    """Which leaflet there is in which language, and what is to be done about each."""
    library = desk.shelf.book.library
    told = {(one.leaflet, one.language): one for one in standings(desk.root, library)}
    languages = sorted({language for _, language in told})
    rows = [
        (slug, str(texts[SOURCE].facts.title), [told.get((slug, one)) for one in languages])
        for slug, texts in sorted(library.leaflets.items()) if SOURCE in texts
    ]  # fmt: skip
    return desk.page(
        "translations.html", room=ROOM, rows=rows, languages=languages, tones=TONES, words=WORDS,
        others=sorted((one for one in LANGUAGES if one != SOURCE), key=english_name),
        said=call.query.get("said", ""),
        leaflets=[(slug, title) for slug, title, _ in rows],
    )  # fmt: skip


def start_translation(desk: Desk, call: Call) -> Response:
    """Make the file of a translation."""
    slug, language = call.one("leaflet"), call.one("language")
    if slug not in desk.shelf.book.library.leaflets:
        raise NotThere
    path = translating.path_of(slug, language)
    if not (desk.root / path).exists():
        with keeping(desk.root, path):
            translating.start(desk.root, desk.shelf.book.library, slug, language)
        return seen_other(f"/translate/{slug}/{language}?said={desk.committed(path, 'started')}")
    return seen_other(f"/translate/{slug}/{language}")


def translate_page(desk: Desk, call: Call) -> Response:
    """The passages of a leaflet, side by side."""
    return _page(desk, call, {}, call.query.get("said", ""))


@dataclass(frozen=True)
class _Row:
    """One passage as it is shown."""

    unit: Unit
    words: str
    proposed: bool
    mistakes: list[str]

    @property
    def is_done(self) -> bool:
        return bool(self.words) and not self.proposed and not self.mistakes


def _page(
    desk: Desk, call: Call, given: Mapping[str, str], said: str, wrong: list[str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    slug, language = _named(desk, call)
    path = translating.path_of(slug, language)
    content = present(desk.root, path)
    if content is None:
        raise NotThere
    library = desk.shelf.book.library
    rows = [_row(unit, given) for unit in units_of(desk.root, library, slug, language)]
    stands = next(one for one in standings(desk.root, library, [slug]) if one.language == language)
    return desk.page(
        "translate.html", status, room=ROOM, slug=slug, language=language, path=path,
        title=str(library.leaflets[slug][SOURCE].facts.title), name=own_name(language),
        dir="rtl" if right_to_left(language) else "ltr", groups=_groups(desk, slug, rows),
        done=sum(row.is_done for row in rows), many=len(rows), stands=stands, said=said,
        tone=TONES.get(stands.state, "bad"), state=WORDS.get(stands.state, stands.state),
        seen=call.one("seen") or mark(content), wrong=wrong or [],
        source=_source_mark(desk, slug),
    )  # fmt: skip


def _named(desk: Desk, call: Call) -> tuple[str, str]:
    slug, language = call.path["slug"], call.path["language"]
    known = desk.shelf.book.library.leaflets.get(slug, {})
    if SOURCE not in known or language == SOURCE or language not in LANGUAGES:
        raise NotThere
    return slug, language


def _row(unit: Unit, given: Mapping[str, str]) -> _Row:
    words = given.get(unit.key, unit.target or unit.proposal)
    proposed = bool(unit.proposal) and words == unit.proposal and unit.key not in given
    return _Row(unit, words, proposed, _mistakes(unit, words))


def _mistakes(unit: Unit, words: str) -> list[str]:
    if not words.strip():
        return []
    return [sentence(one) for one in unit_mistakes(unit.source, unit.note, unit.key, words)]


def _groups(desk: Desk, slug: str, rows: list[_Row]) -> list[tuple[str, list[_Row]]]:
    """The rows by the section that they stand in."""
    source = translating.source_alone(desk.root, desk.shelf.book.library, slug)
    labels = [section.label for section in sections(source)]
    found: list[tuple[str, list[_Row]]] = []
    last = -1
    for row in rows:
        first = row.unit.key.partition(".")[0]
        number = int(first) if first.isdigit() else 0
        if number != last:
            found.append((labels[number] if number < len(labels) else "", []))
            last = number
        found[-1][1].append(row)
    return found


def _source_mark(desk: Desk, slug: str) -> str:
    return mark(present(desk.root, f"content/leaflets/{slug}/{SOURCE}.md"))


def save_translation(desk: Desk, call: Call) -> Response:
    """Save what is translated so far, or say that it is done."""
    slug, language = _named(desk, call)
    targets = {
        key.removeprefix("unit."): " ".join(values[0].split())
        for key, values in call.form.items() if key.startswith("unit.")
    }  # fmt: skip
    if call.one("source") != _source_mark(desk, slug):
        return _told(desk, call, targets, [SOURCE_WORDS])
    library, path = desk.shelf.book.library, translating.path_of(slug, language)
    name = call.one("name").strip()
    done = call.one("step") == "done"
    if done and not name:
        return _told(desk, call, targets, ["Give your name: it says who answers for it."])
    try:
        with keeping(desk.root, path, call.one("seen")):
            if done:
                units = units_of(desk.root, library, slug, language)
                read = {unit.key: (unit.source, targets.get(unit.key, "")) for unit in units}
                bring_in(desk.root, library, slug, language, read, (name, desk.today()))
            else:
                save_units(desk.root, library, slug, language, targets)
    except Conflict as conflict:
        mine = "\n".join(f"{key}: {words}" for key, words in targets.items()).encode()
        return conflicted(desk, call, conflict, mine, f"/translate/{slug}/{language}", ROOM)
    except (FoldwellError, Mistakes) as error:
        wrong = error.errors if isinstance(error, Mistakes) else (error,)
        return _told(desk, call, targets, [sentence(one) for one in wrong])
    word = desk.committed(path, "recorded" if done else "saved")
    if call.wants_json:
        return JSONResponse({"saved": True, "said": word, "seen": mark(present(desk.root, path))})
    return seen_other(f"/translate/{slug}/{language}?said={word}")


def _told(desk: Desk, call: Call, targets: Mapping[str, str], wrong: list[str]) -> Response:
    if call.wants_json:
        return JSONResponse({"wrong": wrong}, 422)
    return _page(desk, call, targets, "", wrong, 422)


def check_unit(desk: Desk, call: Call) -> Response:
    """What is unlike the source in one passage, for a script that asks while somebody types."""
    slug, language = _named(desk, call)
    units = units_of(desk.root, desk.shelf.book.library, slug, language)
    unit = next((one for one in units if one.key == call.one("key")), None)
    if unit is None:
        raise NotThere
    return JSONResponse({"mistakes": _mistakes(unit, " ".join(call.one("words").split()))})


def record_check(desk: Desk, call: Call) -> Response:
    """Record that a native speaker has compared a translation with its source."""
    slug, language = _named(desk, call)
    name = call.one("name").strip()
    if not name:
        raise FoldwellError("A check has the name of who made it.", None, "Give your name.")
    path = translating.path_of(slug, language)
    with keeping(desk.root, path):
        library = desk.shelf.book.library
        translating.record_check(desk.root, library, slug, language, name, desk.today())
    return seen_other(f"/translate/{slug}/{language}?said={desk.committed(path, 'recorded')}")
