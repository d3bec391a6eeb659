"""Help lines in other languages: what of them is not said, because nobody has translated it."""

from __future__ import annotations

from collections.abc import Iterable

from foldwell.content.facts import Text
from foldwell.content.interface_words import SOURCE
from foldwell.content.library import Library
from foldwell.content.region import HelpLine
from foldwell.content.region_words import RegionWords, words_of_line
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity


def line_findings(library: Library, printed: Iterable[tuple[str, str]]) -> list[Finding]:
    """What there is to say of help lines that are printed without their notes.

    Args:
        library: What there is.
        printed: The path of each leaflet that is made, and the clinic for which it is.
    """
    found: dict[tuple[str, str, str, str], None] = {}
    for path, clinic in dict.fromkeys(printed):
        slug, file = path.split("/")[2:]
        language = file.removesuffix(".md")
        if language == SOURCE:
            continue
        home = library.clinics[clinic]
        whole = home.region_here(library.regions)
        said = whole.in_language(language).lines
        own = whole.languages.get(Text(language), RegionWords()).lines
        for name, line in whole.used_in(library.leaflets[slug][language].text).items():
            key = name.partition(".")[2]
            if not isinstance(line, HelpLine):
                continue
            now = words_of_line(line.name, line.note)
            if (line.note and not said[key].note) or (key in own and own[key].of != now):
                found[home.region, language, key, now] = None
    return [
        Finding(
            "F9",
            Severity.WARNING,
            f"The help line '{key}' stands in '{language}' as it is called here and without its"
            " note, because its present words are not translated.",
            f"Add it under 'languages', '{language}', 'lines', '{key}', with 'of: {now}'.",
            Place(f"content/regions/{region}.yml"),
        )
        for region, language, key, now in found
    ]
