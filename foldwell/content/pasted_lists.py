"""Items of lists as word processors and web pages write them: bullets, ticks, letters, numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from foldwell.content.lists import LETTERED, marker_of
from foldwell.content.tidyings import Tidyings

_SPACES = "[ \u00a0\u2002\u2003\u2009\t]"
_UNNAMED = "\uf0b7\uf0a7\uf0d8\uf076\uf071"
"""Bullets of fonts that hold nothing but signs, as word processors paste them."""
_BULLETS = f"•·●◦‣⁃∙▪■▶►➢➤○{_UNNAMED}"
_BULLET = re.compile(rf"^(\s*)([{_BULLETS}]){_SPACES}*(?=\S)")
_MAYBE = re.compile(rf"^(\s*)([o–—§]){_SPACES}+(?=\S)")
"""What is a bullet only beside others."""
TICKS = "✓✔✗✘☐☑☒"
"""Marks that stand in the place of a bullet."""
_TICKS = {"\uf0fc": "✓", "\uf0fb": "✗", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑"}
"""Marks of such fonts that mean something."""
_TICK = re.compile(rf"^(\s*)([{TICKS}{''.join(_TICKS)}]){_SPACES}*(?=\S)")
_TASK = re.compile(r"^( *(?:[-+*]|\d{1,9}[.)]) +)\[([ xX])\] +(?=\S)")
_WIDE_O = re.compile(r"^(\s*)(o)(?:\t|\u00a0|  )[ \t\u00a0]*(?=\S)")
_NUMBER = re.compile(rf"^(\s*)(\d{{1,9}}[.)])(?:\t|{_SPACES}*\t){_SPACES}*(?=\S)")
_STEP = re.compile(
    r"^ *(?P<told>(?P<ring>[①-⑳])|\((?P<both>\d{1,3})\)|(?P<number>\d{1,3})(?P<sign>[.):]| ?[-–—]))"
    rf"(?P<space>{_SPACES}*)(?=[^\W\d]|[\"'“‘*_(\[])"
)
_DOUBTFUL = (":", "-")
"""Signs behind a number that mean something else as well: only steps from 1 on are read so."""
_NEAR = 4
"""So many lines apart are steps that belong together at most."""
_LETTER = re.compile(rf"^( *)(\(?)([a-zA-Z]|[ivxIVX]{{1,5}})([.)]){_SPACES}+(?=\S)")


def begins_item(line: str) -> bool:
    """Whether a line begins with a bullet or number and a tab, as word processors paste them."""
    return bool(_BULLET.match(line) or _NUMBER.match(line) or _WIDE_O.match(line))


def tidy_ticks(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Lines below one another that each begin with a tick or a box, which are items and keep it."""
    mended = [_boxed(line, number, tidyings) for number, line in enumerate(lines, first_line)]
    found = [_TICK.match(line) for line in lines]
    for index, match in enumerate(found):
        near = [*found[max(index - 1, 0) : index], *found[index + 1 : index + 2]]
        if match is None or not any(near):
            continue
        sign = _TICKS.get(match[2], match[2])
        message = f"'{sign}' was read as the mark of an item of a list."
        tidyings.note("D3", message, first_line + index, match[2])
        mended[index] = f"{match[1]}- {sign} {lines[index][match.end() :]}"
    return mended


def _boxed(line: str, number: int, tidyings: Tidyings) -> str:
    """An item of a list of tasks, as code hosts write it."""
    match = _TASK.match(line)
    if match is None:
        return line
    box = "☐" if match[2] == " " else "☑"
    tidyings.note("D3", f"'[{match[2]}]' was read as '{box}'.", number, f"[{match[2]}]")
    return f"{match[1]}{box} {line[match.end() :]}"


def tidy_bullets(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Lines that begin with a bullet of any font."""
    mended = list(lines)
    mark, last = "-", ""
    for index, line in enumerate(lines):
        match = _BULLET.match(line) or _WIDE_O.match(line)
        beside = index > 0 and mended[index - 1] != lines[index - 1]
        if match is None and beside:
            match = _MAYBE.match(line)
        if match is None and _MAYBE.match(line):
            after = lines[index + 1] if index + 1 < len(lines) else ""
            dashes = line.lstrip()[0] in "–—" and _MAYBE.match(after)
            if dashes or _BULLET.match(after):
                match = _MAYBE.match(line)
        if match is None:
            continue
        indent, bullet = match[1], match[2]
        if not beside and last and bullet != last and not indent:
            mark = {"-": "*", "*": "-"}[mark]  # another bullet, another list
        last = last if beside else bullet
        shown = "•" if bullet in _UNNAMED else bullet
        tidyings.note("D3", f"'{shown}' was read as an item of a list.", first_line + index, bullet)
        mended[index] = f"{indent}{mark} {line[match.end() :]}"
    return mended


@dataclass(frozen=True)
class _Step:
    """A line that begins with a number, as people number steps.

    Attributes:
        index: Which line.
        number: Its number.
        way: What is written beside it: ``.``, ``)``, ``()``, ``:``, ``-``, or a ring round it.
        end: Where its words start.
        told: The number as it is written.
        sound: Whether CommonMark reads an item there.
    """

    index: int
    number: int
    way: str
    end: int
    told: str
    sound: bool


def tidy_numbers(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Steps that are numbered in another way than Markdown's, where at least two follow."""
    mended = [_NUMBER.sub(r"\1\2 ", line) for line in lines]
    steps = [step for index, line in enumerate(mended) if (step := _step(index, line))]
    begun: set[str] = set()  # ways of which a 1 was seen, and no other run since
    run: _Step | None = None
    for place, step in enumerate(steps):
        before = steps[place - 1] if place else None
        after = steps[place + 1] if place + 1 < len(steps) else None
        follows = before is not None and _goes_on(before, step)
        if not follows:
            begun.discard(step.way)
            run = None
        if step.number == 1:
            begun.add(step.way)
        leads = after is not None and _goes_on(step, after)
        if step.sound or not (follows or leads):
            continue
        if step.way in _DOUBTFUL and step.way not in begun:
            continue  # '7 - OH' and the like
        if run is None:
            run = step
            message = f"'{step.told}' and what follows was read as a numbered list."
            tidyings.note("D3", message, first_line + step.index, step.told)
        line = mended[step.index]
        indent = line[: len(line) - len(line.lstrip(" "))]
        sign = ")" if step.way in (")", "()") else "."
        mended[step.index] = f"{indent}{step.number}{sign} {line[step.end :]}"
    return mended


def _step(index: int, line: str) -> _Step | None:
    match = _STEP.match(line)
    if match is None:
        return None
    told = match["told"]
    if ring := match["ring"]:
        return _Step(index, int(unicodedata.numeric(ring)), "ring", match.end(), told, False)
    way = "()" if match["both"] else match["sign"].strip().replace("–", "-").replace("—", "-")
    sound = way in (".", ")") and match["space"].startswith(" ")
    if not sound and not match["space"] and way == "-":
        return None  # '7-OH'
    return _Step(index, int(match["both"] or match["number"]), way, match.end(), told, sound)


def _goes_on(one: _Step, two: _Step) -> bool:
    """Whether a step comes next, with no more than a few lines between."""
    return two.number == one.number + 1 and two.way == one.way and two.index - one.index <= _NEAR


def looks_left_over(line: str, item: str) -> bool:
    """Whether a line looks like the next item of a list, though nothing has read it as one.

    Args:
        line: A line that carries on an item, after the tidying.
        item: The line that starts the item.
    """
    bare = item.lstrip(" ")
    if bare.startswith(LETTERED):
        match = _LETTER.match(line)
        return match is not None and match[3].isupper() == bare[1].isupper()
    step = _step(0, line)
    return step is not None and step.way in (".", ")", "()") and bare[:1].isdigit()


def tidy_letters(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Items that start with (a), b. or iv), where at least two of a level follow one another."""
    mended = list(lines)
    runs: dict[int, list[tuple[int, re.Match[str]]]] = {}

    def end(least: int) -> None:
        for indent in [known for known in runs if known >= least]:
            if len(run := runs.pop(indent)) > 1:
                _mark_letters(run, mended, first_line, tidyings)

    for index, line in enumerate(lines):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        match = _LETTER.match(line)
        if match and _follows(runs.get(indent, []), match):
            end(indent + 1)
            runs[indent].append((index, match))
            continue
        end(indent)
        if match and match[3] in ("a", "A", "i", "I"):
            runs[indent] = [(index, match)]
    end(0)
    return mended


def _mark_letters(
    run: list[tuple[int, re.Match[str]]], mended: list[str], first_line: int, tidyings: Tidyings
) -> None:
    for at, item in run:
        mended[at] = f"{item[1]}{LETTERED}{item[3]}) {mended[at][item.end() :]}"
    at, item = run[0]
    mark = f"{item[2]}{item[3]}{item[4]}"
    message = f"'{mark}' and what follows was read as a lettered list."
    tidyings.note("D3", message, first_line + at, mark)


def _follows(run: list[tuple[int, re.Match[str]]], match: re.Match[str]) -> bool:
    if not run:
        return False
    first, last = run[0][1], run[-1][1]
    if (last[2], last[4]) != (match[2], match[4]) or first[3].isupper() != match[3].isupper():
        return False
    if first[3] in "iI":
        one, two = (marker_of(f"{LETTERED}{m[3]}) x") for m in (last, match))
        same = one is not None and two is not None and one.kind == two.kind
        count = len(run) + 1
        return same and match[3].lower() == _ROMAN[count - 1] if count <= len(_ROMAN) else False
    return len(match[3]) == 1 and ord(match[3]) == ord(last[3]) + 1


_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
