"""Formes: what stands in their holes is what a file with other words holds."""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from foldwell.pdf.raw_objects import RawFile, taken_apart
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.forme import Forme, Unsound
from foldwell.press.imprint import Imprint
from foldwell.shipped import templates_folder
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

ROOT = Path(__file__).resolve().parents[2]
PROFILE = read_srgb_profile(templates_folder())
WORDS = (
    '<html lang="en"><title>Card</title>'
    + "".join(f"<p>A line that stands, number {number}." for number in range(80))
    + '<p id="own">Ring <a href="https://example.org/one">one two</a> today.</p>'
    + "".join(f"<p>Another line that stands, {number}." for number in range(80))
)


def finish(content: bytes) -> bytes:
    return finish_screen(content, PROFILE, "card", 10)


@dataclass
class Standing:
    """A typeset file, and where the words of its own stand in it."""

    raw: RawFile
    bodies: dict[int, list[bytes | int]]
    kinds: list[bytes]
    link: int

    def forme(self) -> Forme:
        return Forme(self.raw, self.bodies, self.kinds, [self.link], finish)

    def whole(self, steps: list[list[bytes]], uri: bytes) -> bytes:
        """The file with other words, finished as a whole."""
        others = {}
        for number, body in self.bodies.items():
            lines = [b"\n".join(steps[p]) if isinstance(p, int) else p for p in body]
            head, content = self.raw.objects[number].partition(b"\nstream\n")[0], b"\n".join(lines)
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(content), head)
            others[number] = head + b"\nstream\n" + content + b"\nendstream"
        said = self.raw.objects[self.link]
        others[self.link] = said.replace(b"(https://example.org/one)", uri)
        return finish(self.raw.written(others))


@pytest.fixture(scope="module")
def standing() -> Standing:
    css = ("@page { size: 100mm 120mm } p { margin: 0; font-size: 9pt }",)
    raw = taken_apart(
        typeset(PageSource(WORDS, css, (), tagged=True)).write(tagged=True, packed=False)
    )
    bodies: dict[int, list[bytes | int]] = {}
    kinds: list[bytes] = []
    for number, said in raw.objects.items():
        content = said.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        body: list[bytes | int] = []
        for line in content.split(b"\n") if b"\nBT\n" in content else ():
            # Every fortieth run may be another's.
            if re.search(rb" (?:Tm|TJ)$", line) and content.count(line) == 1 and len(body) % 40 < 2:
                body.append(len(kinds))
                kinds.append(line)
            else:
                body.append(line)
        if any(isinstance(part, int) for part in body):
            bodies[number] = body
    (link,) = [n for n, said in raw.objects.items() if b"/Subtype /Link" in said]
    assert len(kinds) > 4 and len(bodies) > 1
    return Standing(raw, bodies, kinds, link)


def other_steps(kinds: list[bytes]) -> list[list[bytes]]:
    """Words of another length in each hole, at another place."""
    return [
        [b"1 0 0 -1 5.25 %d Tm" % n] if kind.endswith(b"Tm") else [b"[<0005>-12.5<00410042>] TJ"]
        for n, kind in enumerate(kinds)
    ]


def said(standing: Standing, uri: bytes) -> dict[int, dict[str, bytes]]:
    return {standing.link: {"/URI": uri, "/Contents": uri}}


def test_a_forme_makes_the_file_that_it_was_made_from(standing: Standing) -> None:
    forme, steps = standing.forme(), [[kind] for kind in standing.kinds]
    whole = finish(standing.raw.written({}))
    assert forme.filled(steps, {}, {}) == whole
    assert forme.filled(steps, said(standing, b"(https://example.org/one)"), {}) == whole


def test_a_forme_with_other_words_is_the_file_with_other_words(standing: Standing) -> None:
    forme, steps, uri = standing.forme(), other_steps(standing.kinds), b"(https://a.example/\\))"
    made = forme.filled(steps, said(standing, uri), {})
    assert made == standing.whole(steps, uri)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not pdf.check_pdf_syntax()
    first = [[kind] for kind in standing.kinds]
    assert forme.filled(first, {}, {}) == finish(standing.raw.written({}))  # nothing is left of it


def test_a_forme_is_taken_up_in_another_process_without_the_engine(
    standing: Standing, tmp_path: Path
) -> None:
    forme, steps = standing.forme(), other_steps(standing.kinds)
    told = said(standing, b"(https://two.example)")
    (tmp_path / "forme").write_bytes(pickle.dumps((forme, steps, told)))
    code = (
        "import pickle, sys; sys.path.insert(0, sys.argv[2])\n"
        "forme, steps, told = pickle.load(open(sys.argv[1], 'rb'))\n"
        "made = forme.filled(steps, told, {})\n"
        "assert not {'weasyprint', 'pydyf'} & {*sys.modules}\n"
        "sys.stdout.buffer.write(made)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "forme"), str(ROOT)]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    assert made == forme.filled(steps, told, {})


def test_a_forme_that_is_put_away_holds_nothing_twice(standing: Standing) -> None:
    forme = standing.forme()
    steps = [[kind] for kind in standing.kinds]
    fresh = len(pickle.dumps(standing.forme()))
    made, kept = forme.filled(steps, {}, {}), pickle.dumps(forme)
    assert fresh <= len(kept) and len(zlib.compress(kept)) < 1.5 * len(made)
    assert len(pickle.dumps(pickle.loads(kept))) == len(kept)


@pytest.mark.parametrize("times", [0, 2])
def test_marks_that_are_lost_or_come_out_twice_are_unsound(standing: Standing, times: int) -> None:
    def careless(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            page = pdf.pages[0]
            held = page.Contents.read_bytes()
            mark = b"1 0 0 -1 770000.5 0 Tm\n"
            assert held.count(mark) == 1
            page.Contents = pdf.make_stream(held.replace(mark, mark * times))
            out = io.BytesIO()
            pdf.save(out)
        return finish(out.getvalue())

    with pytest.raises(Unsound):
        Forme(standing.raw, standing.bodies, standing.kinds, [], careless)


def test_what_cannot_be_put_there_is_unsound(standing: Standing) -> None:
    forme, steps = standing.forme(), [[kind] for kind in standing.kinds]
    for told in ({99999: {"/Alt": b"(a)"}}, {standing.link: {"/Alt": b"(a)"}}):
        with pytest.raises(Unsound):
            forme.filled(steps, told, {})
    with pytest.raises(Unsound):
        forme.filled([[b"(open Tj"], *steps[1:]], {}, {})
    with pytest.raises(Unsound):
        forme.filled(steps[1:], {}, {})
    words = replace(_Words(), plain=not forme._fonts[next(iter(forme._fonts))].plain)
    with pytest.raises(Unsound):
        forme.filled(steps, {}, {next(iter(forme._fonts)): words})
    with pytest.raises(Unsound):
        forme.filled(steps, {}, {"NOFONT": _Words()})


@dataclass(frozen=True)
class _Words:
    program: bytes = b"program"
    plain: bool = True
    to_unicode: bytes = b"map"
    widths: bytes = b"[1 [500]]"
    box: bytes = b"[0 0 9 9]"
    flags: int = 4


def test_fonts_say_what_is_said_of_them(standing: Standing) -> None:
    forme, steps = standing.forme(), [[kind] for kind in standing.kinds]
    name, place = next(iter(forme._fonts.items()))
    words = _Words(plain=place.plain)
    made = forme.filled(steps, {}, {name: words})
    font = forme.font(name)
    inner = font.DescendantFonts[0]
    assert font.ToUnicode.read_bytes() == b"map"
    assert [int(inner.W[0]), int(inner.W[1][0])] == [1, 500]
    descriptor = inner.FontDescriptor
    program = descriptor["/FontFile2" if place.plain else "/FontFile3"]
    assert program.read_bytes() == b"program" and int(descriptor.Flags) == 4
    assert made != forme.filled(steps, {}, {})
    assert forme.font(name).ToUnicode.read_bytes() != b"map"


def test_a_file_says_of_itself_what_it_is_told(standing: Standing) -> None:
    forme, steps = standing.forme(), [[kind] for kind in standing.kinds]

    def dress(imprint: Imprint) -> None:
        assert imprint.told["/Title"] == "Card"
        imprint.title, imprint.xmp = "Größe", b"<?xpacket?>other<?xpacket?>"

    with pikepdf.open(io.BytesIO(forme.filled(steps, {}, {}, dress))) as pdf:
        assert str(pdf.docinfo.Title) == "Größe"
        assert pdf.Root.Metadata.read_raw_bytes() == b"<?xpacket?>other<?xpacket?>"
        assert "/Filter" not in pdf.Root.Metadata
