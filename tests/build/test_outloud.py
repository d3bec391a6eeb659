"""Screen files as an independent checker sees them: outloud, for PDF/UA-1 and WCAG 2.2.

Every format with few words, and every construct on sheets and in a booklet. All shipped leaflets
in all their formats are checked where ``FOLDWELL_LONG_TESTS`` is set.
"""

import os
from pathlib import Path

import outloud
import pytest
from conftest import ONE_LANGUAGE, TODAY, compose_and_make
from PIL import Image

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.build.workers import Workers
from foldwell.content.blocks import BLOCKS
from foldwell.content.library import Library, read_library
from foldwell.paper.formats import FORMATS

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
MISREAD = {"TBL-010"}
"""Rules that are set aside: this one takes a row header that spans no column for a mistake."""
FEW = "A few words.\n\n## Good habits\n\n- Get up at seven.\n- Go out.\n"
CONSTRUCTS = """\
/// key-message | The main message
Get up at the **same time** each day [@lee2021].
///

//// emergency | Call {{ region.emergency_number }} now
/// naloxone
**Call and give naloxone** if someone cannot be woken, or breathes slowly, in gasps or not at all.
///
////

## Words

Plain words with :sleepy: an icon, *a stress*, a note[^1], a [link](https://sleep.example.org/a),
me@sleep.example.org and https://sleep.example.org/b [@lee2021].

[^1]: It stands at the foot.

### Lists

1. One
2. Two
    - inside
    - it

Bed
:   Where you sleep.

> Somebody said so.

| Hour | Then |
|------|------|
| 22:00 | to bed |
| 7:00 | up |

## Blocks

/// warning | Mind
Do not drive.
///

/// tip | Need this in large print?
Ask.
///

/// steps | Do
1. Sit.
2. Stay.
///

/// steps | Do in pictures
1. :call: **Call.** Stay on the line.
2. :wait: **Wait.** Help comes.
///

/// checklist | Pack
- Keys
- Phone
///

/// questions | Questions to ask us
- How long?
///

/// compare | Tea
In the morning:

- Drink it.

In the evening:

- Do not.
///

/// spot | sleepy
///

/// fill-in | My plan
- My next visit {.lines-2}
- Draw it {.box}
///

/// timeline | How long
| What | Starts | Worst | Over |
|------|--------|-------|------|
| Tea | 1 to 2 hours | days 1 to 3 | 4 to 10 days |
///

/// figure
![A bed by a window](bed.png)

A bed.
///

/// side
A note beside it.
///

///// panel | flap
//// only | region: uk
/// tip | Here
Only here.
///
////
/////

///// panel | back
/// contact | Talk to us
///
/////
"""


def found(content: bytes, folder: Path) -> list[str]:
    """What the checker has to say of a file."""
    path = folder / "file.pdf"
    path.write_bytes(content)
    result = outloud.check(str(path), skip=MISREAD)
    assert result.error is None
    return [
        f"{one.rule} page {one.page}: {one.message} ({one.evidence})" for one in result.findings
    ]


def made(root: Path, body: str, formats: str) -> dict[str, bytes]:
    """The screen files of a text in some formats."""
    leaflet = root / "content/leaflets/sleep/en.md"
    front = leaflet.read_text().split("\n---\n")[0]
    leaflet.write_text(f"{front}\n---\n\n{body}")
    (root / "content/build.yml").write_text(f"runs:\n  - formats: {{{formats}}}\n    web: false\n")
    plan = make_plan(read_library(root, TODAY), Selection(), TODAY)
    assert plan.broken == ()
    outcomes = {job.order.format: compose_and_make(job) for job in plan.jobs}
    assert [end for end in outcomes.values() if not isinstance(end, Made)] == []
    return {name: end.content for name, end in outcomes.items() if isinstance(end, Made)}


@pytest.mark.parametrize("name", [name for name in ONE_LANGUAGE if "a4" in FORMATS[name].geometry])
def test_every_format(name: str, project: Path, tmp_path: Path) -> None:
    (content,) = made(project, FEW, f"{name}: [screen]").values()
    assert found(content, tmp_path) == []


@pytest.mark.parametrize("name", ["a4", "booklet", "large-print"])
def test_every_construct(name: str, project: Path, tmp_path: Path) -> None:
    assert {row for row in BLOCKS if f"/ {row}" not in CONSTRUCTS} <= {"call", "suicide"}
    Image.new("RGB", (600, 400), "#336699").save(project / "content/leaflets/sleep/bed.png")
    (content,) = made(project, CONSTRUCTS, f"{name}: [screen]").values()
    assert found(content, tmp_path) == []


def test_it_finds_what_is_wrong(project: Path, tmp_path: Path) -> None:
    """A file without its tags, to see that something is looked at."""
    import io

    import pikepdf

    (content,) = made(project, FEW, "a5: [screen]").values()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.Root.StructTreeRoot
        out = io.BytesIO()
        pdf.save(out)
    assert found(out.getvalue(), tmp_path)


@pytest.mark.skipif(not LONG, reason="takes minutes")
def test_all_that_is_shipped(own: Library, tmp_path: Path) -> None:
    plan = make_plan(own, Selection(media=("screen",)), TODAY)
    workers, wrong, count = Workers(), {}, 0
    try:
        for job, end in workers.run(plan.jobs):
            if end is None:
                continue
            assert isinstance(end, Made), end
            count += 1
            said = found(end.content, tmp_path)
            # On small pages the number of a step stands where the number of a page might.
            small = job.order.format == "mini-booklet"
            if said := [line for line in said if not (small and line.startswith("PAG-001"))]:
                wrong[job.path] = said
    finally:
        workers.close()
    assert wrong == {}
    assert count == len(plan.jobs) > 70
