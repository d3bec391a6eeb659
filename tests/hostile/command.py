"""A command in a sandbox with one attack, or with many that share a project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from hostile.attack import BUILD_YML, LEAFLET, SOUND, TIME_LIMIT, Attack
from hostile.sandbox import SLACK_S, START_S, USUAL_LIMIT_S, Run, Sandbox, make_sandbox, run

TOGETHER = 80
"""How many attacks share a project at most."""


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: What it is called in a report.
        attacks: What the project is spoiled with.
    """

    name: str
    attacks: tuple[Attack, ...]

    @property
    def exit_code(self) -> int:
        """How it ends: all attacks that share a project are refused, or all are harmless."""
        return self.attacks[0].exit_code

    @property
    def timeout_s(self) -> float:
        """How long it may take: a job that is past its limit is tried once more, alone.

        Each leaflet of many takes a second beside that, where other tests keep the cores busy.
        """
        if self.attacks[0].timeout_s:
            return self.attacks[0].timeout_s
        limits_s = [attack.limits.get(TIME_LIMIT, 0) for attack in self.attacks]
        each_s = 4 if sum(limits_s) else 1  # 4: a worker that was stopped starts again
        own_s = each_s * len(self.attacks)
        return 2 * (sum(limits_s) or USUAL_LIMIT_S) + own_s + SLACK_S + START_S


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    command: Command
    sandbox: Sandbox
    run: Run

    @property
    def output(self) -> Path:
        """Its output folder."""
        return self.sandbox.project / "output"

    @property
    def sound(self) -> bytes:
        """The file of the sound leaflet; empty if it was not made."""
        path = self.output / SOUND
        return path.read_bytes() if path.is_file() else b""


def commands(attacks: Iterable[Attack]) -> list[Command]:
    """All commands that it takes to try some attacks, those that take longest first."""
    single: list[Command] = []
    shared: dict[tuple[object, ...], list[Attack]] = {}
    parts: dict[int, dict[str, list[Attack]]] = {0: {}, 1: {}}
    for attack in attacks:
        if attack.part:
            parts[attack.exit_code].setdefault(attack.part, []).append(attack)
        elif attack.shares:
            key = (attack.shares, attack.exit_code, tuple(sorted(attack.limits.items())))
            shared.setdefault(key, []).append(attack)
        else:
            single.append(Command(attack.name, (attack,)))
    together = [
        Command(f"{kind}-{code}-{number}-{first}", tuple(group[first : first + TOGETHER]))
        for number, ((kind, code, _), group) in enumerate(shared.items())
        for first in range(0, len(group), TOGETHER)
    ]
    together += [
        Command(f"parts-{code}-{number}", tuple(filter(None, some)))
        for code, lists in parts.items()
        for number, some in enumerate(zip_longest(*lists.values()))
    ]
    for some in (single, together):
        some.sort(key=lambda command: not command.attacks[0].limits)
    return [*single[:4], *together, *single[4:]]


def carry_out(command: Command, root: Path, http: str, before: tuple[str, ...] = ()) -> Done:
    """Spoil a project in a new folder and build it, perhaps under another program."""
    sandbox = make_sandbox(root, http)
    first = command.attacks[0]
    if first.shares:
        sandbox.write("content/build.yml", BUILD_YML)
        sandbox.write("content/references.json", "[]")
        assert (sandbox.project / LEAFLET).exists()
    for attack in command.attacks:
        attack.spoil(sandbox)
    done = run(sandbox, *first.arguments, limits=first.limits, timeout_s=command.timeout_s,
               before=before)  # fmt: skip
    return Done(command, sandbox, done)
