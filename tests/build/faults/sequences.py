"""A random sequence of changes and builds, each held against a clean build."""

from __future__ import annotations

import pickle
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faults.edits import Edits
from faults.world import World
from foldwell.build.job import Options, Order, Selection
from foldwell.build.worker import compose, typeset
from foldwell.errors import FoldwellError, UsageError
from foldwell.shipped import templates_folder
from foldwell.typeset.page_source import Composition

STEPS = (1, 1, 2, 3)


class Stopped(KeyboardInterrupt):
    """Ctrl-C, from the test."""


def run_sequence(folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and build a few times; what a whole build leaves must be what a clean one makes."""
    folder.mkdir(parents=True)
    world, dice = World(folder, monkeypatch), random.Random(seed)
    _run(world, Edits(world, dice), seed)


def run_real_sequence(folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with the real renderer, whose templates nobody changes."""
    folder.mkdir(parents=True)
    world = World(folder, monkeypatch, compose, _typeset_once)
    shutil.rmtree(world.root / "content/leaflets/rest")
    shutil.rmtree(world.templates)
    shutil.copytree(templates_folder(), world.templates, ignore=shutil.ignore_patterns("icons"))
    dice = random.Random(seed)
    _run(world, Edits(world, dice, ("shipped", "code", "override", "no_override")), seed)


_typeset: dict[bytes, Any] = {}


def _typeset_once(order: Order, composition: Composition) -> Any:
    """Typesetting takes longest, and is a function of just these values (see test_verify)."""
    key = pickle.dumps((order, composition))
    if key not in _typeset:
        _typeset[key] = typeset(order, composition)
    return _typeset[key]


def _run(world: World, edits: Edits, seed: int) -> None:
    story: list[str] = []
    try:
        for _ in range(edits.random.choice(STEPS)):
            step = edits.random.choice(STEPS_OF_A_BUILD)
            step(world, edits, story)
            story += [*edits.some(), "|"]
        whole_build(world, edits, story)
        edits.random.choice((nothing_more_to_do, stale_files_go))(world, story)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {' '.join(story)}: {error}") from error


def whole_build(world: World, edits: Edits, story: list[str]) -> None:
    """Build everything, with one of the usual or unusual options, and compare."""
    dice = edits.random
    options = dice.choice((Options(), Options(), Options(draft=True), Options(instructions=True)))
    force = dice.random() < 0.1
    story.append(f"build({options.draft:d}{options.instructions:d}{force:d})")
    _compare(world, Selection(), options, force)


def part_build(world: World, edits: Edits, story: list[str]) -> None:
    """Build one clinic, or one medium, and compare."""
    selection = edits.random.choice(
        (Selection(clinics=("river*",)), Selection(media=("web",)), Selection(formats=("a4",)))
    )
    story.append(f"build({selection})")
    _compare(world, selection, Options(), False)


def stopped_build(world: World, edits: Edits, story: list[str]) -> None:
    """Stop a build with Ctrl-C."""
    at = edits.random.randrange(5)

    def stop(path: str) -> None:
        nonlocal at
        at -= 1
        if at < 0:
            raise Stopped

    story.append("stopped")
    world.before_typeset = stop
    try:
        _build(world, Selection(), Options(), False)
    except Stopped:
        pass
    finally:
        world.before_typeset = lambda path: None


def disturbed_build(world: World, edits: Edits, story: list[str]) -> None:
    """Change things while a build goes on; what that makes may be of the one or the other."""
    changes = _in_turn(edits, story)
    story.append("disturbed(")
    if edits.random.random() < 0.5:
        world.before_plan = changes
    else:
        world.before_typeset = lambda path: changes()
    try:
        _build(world, Selection(), Options(), False)
    except FileNotFoundError:  # the stub read a template that was just taken away
        pass
    finally:
        world.before_plan, world.before_typeset = None, lambda path: None
    story.append(")")


def undone_build(world: World, edits: Edits, story: list[str]) -> None:
    """Change files while a build goes on, and put them back before the next one."""
    dice = edits.random
    path = world.root / "content/clinics/riverside.yml"
    if dice.random() < 0.5:
        path = dice.choice((world.templates / "css/base.css", world.package / "engine.py"))
    if not path.exists():
        return
    before = path.read_bytes()

    def change() -> None:
        path.write_bytes(before + b"# later\n")

    story.append(f"undone({path.name})")
    world.before_plan = change
    if dice.random() < 0.5:
        world.before_plan, world.before_typeset = None, lambda _: change()
    if dice.random() < 0.5:
        stopped_after = iter([None, None])

        def stop(_: str) -> None:
            change()
            if next(stopped_after, "end"):
                raise Stopped

        world.before_typeset = stop
    try:
        _build(world, Selection(), Options(), False)
    except Stopped:
        story.append("stopped")
    finally:
        world.before_plan, world.before_typeset = None, lambda path: None
    world.tick()
    path.write_bytes(before)


Step = Callable[[World, Edits, list[str]], None]
STEPS_OF_A_BUILD: tuple[Step, ...] = (
    whole_build,
    whole_build,
    part_build,
    stopped_build,
    disturbed_build,
    undone_build,
)


def nothing_more_to_do(world: World, story: list[str]) -> None:
    """A second build makes nothing."""
    story.append("again")
    if _build(world, Selection(), Options(), False) == "built":
        _build(world, Selection(), Options(), False)
        assert world.typeset == [], "something was made twice"


def stale_files_go(world: World, story: list[str]) -> None:
    """After ``clean --stale`` there is what a clean build makes, and nothing else."""
    story.append("clean --stale")
    plan = world.plan(options=Options(draft=True))
    before = world.outputs()
    if plan.broken or not plan.jobs:
        try:
            world.clean_stale()
        except FoldwellError:
            pass
        else:
            raise AssertionError("files were taken away though something is broken")
        assert world.outputs() == before
        return
    world.clean_stale()
    planned = {*world.clean_build(), *world.clean_build(options=Options(draft=True))}
    failed = {job.path for job in plan.jobs} - planned
    known = planned | failed | {path.replace(".pdf", "-ticket.pdf") for path in failed}
    unknown = [path for path in world.outputs() if path not in known]
    assert set(unknown) <= set(before) - planned
    for path in set(before) & planned:
        assert world.outputs()[path] == before[path], path


def _in_turn(edits: Edits, story: list[str]) -> Callable[[], None]:
    def change() -> None:
        edits.world.tick()
        story.append(edits.one())
        edits.world.tick()

    return change


def _build(world: World, selection: Selection, options: Options, force: bool) -> str:
    world.tick()
    try:
        report = world.build(selection, options, force=force)
    except UsageError:
        return "refused"
    if report is None:
        return "nothing to do"
    return "failed" if report.failed else "built"


def _compare(world: World, selection: Selection, options: Options, force: bool) -> None:
    end = _build(world, selection, options, force)
    if end == "refused":
        return
    clean, there = world.clean_build(selection, options), world.outputs()
    wrong = [path for path, content in clean.items() if there.get(path) != content]
    assert not wrong, f"{end}: {wrong}"
    left = [path for path in there if path.endswith(".part")]
    assert not left, left
