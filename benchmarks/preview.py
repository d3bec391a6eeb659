"""``bench preview``: from a changed word, or a changed phone, to the pages that show it.

Each change is made twice, one right after the other: as a glimpse, and as a whole file of which
all pages are drawn, as a build would have it. The first two changes warm both up.
"""

from __future__ import annotations

import argparse
import datetime
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from benchmarks.corpus import ROOT
from benchmarks.measure import median

WARM = 2
WIDTH_PX = 460
"""As wide as a panel is shown on a usual screen."""


def _changed(text: str, count: int) -> Iterator[str]:
    """A text with one more word in one sentence after another."""
    head, body = text.split("\n---\n", 1)
    starts = [match.end() for match in re.finditer(r"(?m)^[A-Z][a-z]+ [a-z]+ (?=[a-z])", body)]
    for number in range(count):
        at = starts[number % len(starts)]
        word = ("now", "often", "perhaps")[number % 3]
        yield f"{head}\n---\n{body[:at]}{word} {body[at:]}"


def _centile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def _seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def main(words: Sequence[str]) -> None:
    """Print how long it takes, and how much longer a whole file does."""
    parser = argparse.ArgumentParser(prog="build.py bench preview", description=__doc__)
    parser.add_argument("--leaflet", default="stopping-kratom")
    parser.add_argument("--format", default="letter-fold")
    parser.add_argument("--changes", type=int, default=30)
    asked = parser.parse_args(words)

    from foldwell.build.drafts import draft_clinics, draft_job, draft_leaflet
    from foldwell.build.made import Made
    from foldwell.build.workers import Workers
    from foldwell.content.library import read_library
    from foldwell.studio.pictures import Pictures
    from foldwell.studio.previewing import Previewer

    today = datetime.date.today()
    library = read_library(ROOT, today)
    clinic = next(iter(library.clinics))
    wanted = (clinic, asked.format, "screen")
    leaflet = (asked.leaflet, "en")
    path = ROOT / "content/leaflets" / asked.leaflet / "en.md"
    previewer, workers, pictures = Previewer(lambda: today), Workers(1), Pictures(ROOT)

    def glimpse(text: str) -> None:
        found = previewer.preview(library, leaflet, text, wanted, ("bench", 0), WIDTH_PX)
        if found is None or found.errors:
            raise RuntimeError(str(found))

    def whole(text: str) -> None:
        job = draft_job(library, draft_leaflet(library, *leaflet, text), *wanted, today)
        made = [outcome for _, outcome in workers.run([job]) if outcome is not None][-1]
        if not isinstance(made, Made):
            raise RuntimeError(str(made))
        pictures.drawn(made.content, 760)

    def phone(number: int) -> float:
        """The first page with another phone, of all leaflets that print it."""
        own = ROOT / "content/clinics" / f"{clinic}.yml"
        text = re.sub(r"(?m)^phone:.*$", f'phone: "0113 496 {number:04}"', own.read_text())
        changed = draft_clinics(library, clinic, text).clinics[clinic]
        there = replace(library, clinics={**library.clinics, clinic: changed})
        words = path.read_text()
        return _seconds(lambda: previewer.preview(there, leaflet, words, wanted, ("phone", 0), 400))

    try:
        previewer.warm_up()
        workers.start()
        soon, late = [], []
        for number, text in enumerate(_changed(path.read_text(), asked.changes + WARM)):
            pair = (_seconds(lambda: glimpse(text)), _seconds(lambda: whole(text)))  # noqa: B023
            if number >= WARM:
                soon.append(pair[0])
                late.append(pair[1])
        phones = [phone(number) for number in range(asked.changes)]
    finally:
        previewer.close()
        workers.close()
        pictures.close()
    print(f"{asked.leaflet}, {asked.format}, {asked.changes} changes of a word, wall time:")
    for name, found in (("a glimpse", soon), ("a whole file, all pages drawn", late)):
        print(f"  {name}: median {median(found):.2f} s, 95th centile {_centile(found, 0.95):.2f} s")
    ratio = median([other / one for one, other in zip(soon, late, strict=True)])
    print(f"  a whole file takes {ratio:.1f} times as long")
    print(
        f"A changed phone, first page: first {phones[0]:.2f} s, median {median(phones):.2f} s,"
        f" 95th centile {_centile(phones, 0.95):.2f} s"
    )
