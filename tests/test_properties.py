"""Whatever people write: it is built, or refused with sentences, and nothing else ever happens."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BASE, TODAY
from faults.projects import memory_folder
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from foldwell.build import worker
from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made
from foldwell.build.request import Jobs
from foldwell.errors import FoldwellError
from foldwell.typeset.page_source import Composition

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
FILES = (
    "content/leaflets/sleep/en.md",
    "content/clinics/riverside.yml",
    "content/brands/riverside/brand.yml",
    "content/brands/riverside/logo.svg",
    "content/regions/uk.yml",
    "content/references.json",
    "content/build.yml",
)
BUILD = "runs:\n  - formats: {a4: [screen], letter-fold: [office], card: [screen]}\n"
SYNTAX = (
    "# ", "## ", "- ", "1. ", "8. ", "    ", "\t", "> ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "|",
    "***", "**", "*", "_", "~~", "==", "`", "```\n", "\\", "<b>", "</p>", "<!--", "&amp;", "&#0;",
    "[@lee2021]", "[@", "]", "[a](https://a.example)", "[a](javascript:x)", "![a](b.png)", "[^1]",
    "\n[^1]: Note.\n", "\n*[mg]: milligram\n", "{: .key }", "{#a}", "{{ clinic.phone }}", "{{ x }}",
    "{{", "}}", "{% if %}", ":phone:", ":x:", "\n/// warning | Stop\nWords.\n///\n", "\n///\n",
    "\n/// only | region: us\n", "\n/// emergency\n- a\n///\n", "\n/// fill-in\n- Name\n///\n",
    "\n/// timeline\n| a | b | c | d |\n|---|---|---|---|\n| x | 1 hour | 2 days | 3 days |\n///\n",
    "\n/// figure\n![a](a.png)\n///\n", "\n---\n", "---\n", ": ", "- {", "[", "{", "}", '"', "'",
    "!!x ", "&a ", "*a ", "<<: ", "? ", "#", "%", "@", "~", "null", "true", "1e999", "-1", "0",
    "9" * 40, ",", "5 mg", "½", "é", "日本", "\u00a0", "\u202e", "\u200b", "\ufeff", "\x00", "\x1b",
    "\r", "\ue000", "\U0001f600", "a" * 300, "\n\n", "\n", " ", "#ff0000", "rgb(1,2,3)", "url(x)",
    "<path d='M0 0h9'/>",
)  # fmt: skip
"""What means something somewhere, or nowhere."""
SOUND = (
    "Words.", "## A heading", "## Above\n\n### Below", "- One\n- Two", "1. One\n2. Two", "> Said.",
    "| a | b |\n|---|---|\n| 1 | 2 |", "**Bold** and *slanted* words.", "Known.[@lee2021]",
    "Call {{ clinic.phone }} or {{ region.emergency_number }}.", "A [link](https://a.example).",
    "/// warning | Stop\nWords.\n///", "/// emergency\n- a sign\n///", "/// tip\nWords.\n///",
    "/// key-message\nWords.\n///", "/// steps\n1. One\n2. Two\n///", "/// questions\n- Why?\n///",
    "/// checklist\n- Done\n///", "/// fill-in\n- Name\n///", "/// only | region: uk\nHere.\n///",
    "/// timeline\n| a | b | c | d |\n|---|---|---|---|\n| x | 1 hour | 2 days | 3 days |\n///",
    "Term\n:   Meaning", "A note.[^1]\n\n[^1]: The note.", "w" * 90, "i" * 400, "9 mg " * 80,
)  # fmt: skip
"""Pieces that are right by themselves."""


class Edit:
    """A change of a text: a piece of it is taken out, something put in its place."""

    def __init__(self, at: float, length: int, words: str, keep: bool) -> None:
        self.at, self.length, self.words, self.keep = at, length, words, keep

    def __repr__(self) -> str:
        return f"Edit({self.at}, {self.length}, {self.words!r}, {self.keep})"

    def __call__(self, text: str) -> str:
        """The changed text; ``keep`` puts what was taken out behind what was put in."""
        at = int(self.at * len(text))
        end = min(at + self.length, len(text))
        return text[:at] + self.words + (text[at:end] * 2 if self.keep else "") + text[end:]


words = st.lists(st.sampled_from(SYNTAX) | st.text(max_size=6), max_size=5).map("".join)
edits = st.builds(
    Edit, st.floats(0, 1), st.integers(0, 60) | st.integers(0, 3), words, st.booleans()
)
changes = st.dictionaries(
    st.sampled_from(FILES), st.lists(edits, min_size=1, max_size=4), min_size=1, max_size=3
)
documents = st.lists(st.sampled_from(SYNTAX) | st.text(max_size=12), max_size=25).map("".join)


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    with memory_folder() as folder:
        shutil.copytree(BASE / "content", folder / "content")
        yield folder


def carry_out(root: Path, files: dict[str, str], typeset: int) -> list[object]:
    """Build what stands in some files as workers do; what came of each job."""
    for path in FILES:
        text = files.get(path, BUILD if path.endswith("build.yml") else (BASE / path).read_text())
        (root / path).write_bytes(text.encode("utf-8", "surrogatepass"))
    plan = worker.plan(root, Selection(), TODAY, Options(), {}, "")
    if isinstance(plan, tuple):
        return [plan]
    outcomes: list[object] = [plan.broken] if plan.broken else []
    for job in sample(plan):
        outcome: object = worker.compose(job)
        if isinstance(outcome, Composition) and typeset:
            typeset -= 1
            outcome = worker.typeset(job.order, outcome)
        outcomes.append(outcome)
    return outcomes


def sample(plan: Jobs) -> tuple[Job, ...]:
    return plan.jobs[:: max(1, len(plan.jobs) // 4)][:5]


def check(outcomes: list[object]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Composition):
            continue
        if isinstance(outcome, Made):
            assert outcome.content
            continue
        assert isinstance(outcome, tuple) and outcome
        for error in outcome:
            assert isinstance(error, FoldwellError)
            for line in str(error).split("\n"):
                assert line.isprintable() or re.search(r"[\u00a0\u2000-\u200a\u3000\u200d]", line)
                assert "Foldwell itself failed" not in line


def changed(files: dict[str, list[Edit]]) -> dict[str, str]:
    texts = {}
    for path, some in files.items():
        texts[path] = BUILD if path.endswith("build.yml") else (BASE / path).read_text()
        for edit in some:
            texts[path] = edit(texts[path])
    return texts


@settings(max_examples=20_000 if LONG else 300, suppress_health_check=[HealthCheck.too_slow])
@given(files=changes)
def test_spoiled_files(root: Path, files: dict[str, list[Edit]]) -> None:
    check(carry_out(root, changed(files), 0))


@settings(max_examples=10_000 if LONG else 200, suppress_health_check=[HealthCheck.too_slow])
@given(body=documents)
@example(body="")
@example(body="{{ " + "9" * 5_000 + " }}")
def test_random_documents(root: Path, body: str) -> None:
    front = (BASE / FILES[0]).read_text().partition("\n---\n")[0]
    check(carry_out(root, {FILES[0]: f"{front}\n---\n\n{body}\n"}, 0))


@settings(max_examples=1_000 if LONG else 40, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(st.sampled_from(SOUND) | documents, max_size=12), files=changes)
def test_what_is_composed_is_typeset_or_refused(
    root: Path, pieces: list[str], files: dict[str, list[Edit]]
) -> None:
    front = (BASE / FILES[0]).read_text().partition("\n---\n")[0]
    body = "\n\n".join([front + "\n---", "Words.", *pieces])
    check(carry_out(root, {FILES[0]: body + "\n"}, 3))
    check(carry_out(root, {FILES[0]: body + "\n", FILES[3]: changed(files).get(FILES[3], "")}, 1))


@settings(max_examples=300 if LONG else 15, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(st.sampled_from(SOUND), min_size=1, max_size=9))
def test_right_pieces_are_built_in_any_order(root: Path, pieces: list[str]) -> None:
    """Or do not fit."""
    front = (BASE / FILES[0]).read_text().partition("\n---\n")[0]
    outcomes = carry_out(root, {FILES[0]: "\n\n".join([front + "\n---", *pieces]) + "\n"}, 9)
    check(outcomes)
    for outcome in outcomes:
        messages = [str(error) for error in outcome] if isinstance(outcome, tuple) else []
        assert all(re.search(RIGHTLY_REFUSED, message) for message in messages), messages


RIGHTLY_REFUSED = r"does not fit|is used for|twice|stands outside|printed over each other"
