"""An attack: a named hostile input, what it does to a project, and what must come of it.

Most attacks are a leaflet, clinic, region, brand, picture, reference or format of their own name.
Many of these share one project and one command, so that each also proves that it leaves its
neighbours alone. The others change what all share: one of each such part makes a project.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hostile.sandbox import BASE, Sandbox

LEAFLET = "content/leaflets/sleep/en.md"
SOUND = "riverside/en/sleep-a4-screen.pdf"
"""The file of the sound leaflet, which no attack may alter."""
TIME_LIMIT = "foldwell.build.dispatch.TIME_LIMIT_S"
PLAN_LIMIT = "foldwell.build.workers.PLAN_LIMIT_S"
MEMORY_LIMIT = "foldwell.build.limits.MEMORY_LIMIT_BYTES"

FRONT, _, _ = (BASE / LEAFLET).read_text().partition("\n---\n")
LOGO = (BASE / "content/brands/riverside/logo.svg").read_text()
BUILD_YML = """\
runs:
  - {leaflets: ["*"], clinics: [riverside], formats: {a4: [screen]}, web: false}
  - {leaflets: [sleep], clinics: ["*"], formats: {a4: [screen]}, web: false}
"""

SETTINGS = "settings"
"""Attacks on ``build.yml`` share a project too, but nothing is built in it."""

Text = str | Callable[[], str]


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: Of the attack, and of the leaflet, clinic, brand … that it is.
        row: What it attacks: a row of the table in safety.md.
        spoil: Makes the sound project the hostile one.
        says: Words of the message that refuses it; empty if it is harmless after all.
        at: What the message starts with, or names: the file, or the job.
        made: The file that is made of it, below the output folder, if it is harmless.
        prints: Words that stand in that file, as a reader sees them.
        shares: With whom it may share a project; empty if with none.
        part: The part of a project that it spoils as a whole. Those on different parts share one,
            because all that cannot be read is told at once; empty if it needs one of its own.
        limits: Limits that are lowered for it.
        timeout_s: When to give up; 0 for what follows from the limits.
        arguments: Words of the command line.
        code: How the command ends.
        trusted: Whether it is a template, which may do what its writer may do.
    """

    name: str
    row: str
    spoil: Callable[[Sandbox], None]
    says: str = ""
    at: str = ""
    made: str = ""
    prints: tuple[str, ...] = ()
    shares: str = ""
    part: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    timeout_s: float = 0
    arguments: tuple[str, ...] = ()
    code: int = -1
    trusted: bool = False

    @property
    def exit_code(self) -> int:
        """The exit code: 1 for a refused input, unless said otherwise."""
        return self.code if self.code >= 0 else int(bool(self.says))


def text_of(text: Text) -> str:
    """A text, made only when it is needed if it is large."""
    return text if isinstance(text, str) else text()


def front_matter(**facts: str) -> str:
    """The front matter of the sound leaflet, with some facts in other words."""
    lines = FRONT.splitlines()
    for key, value in facts.items():
        found = [n for n, line in enumerate(lines) if line.startswith(f"{key}:")]
        if found:
            lines[found[0]] = f"{key}: {value}"
        else:
            lines.append(f"{key}: {value}")
    return "\n".join([*lines, "---", ""])


def leaflet(
    row: str,
    name: str,
    body: Text,
    says: str = "",
    *,
    prints: tuple[str, ...] = (),
    facts: Mapping[str, str] | None = None,
    at: str = "",
    files: Mapping[str, bytes] | None = None,
    slow: bool = False,
    **more: object,
) -> Attack:
    """A leaflet of this name; its files stand beside it."""
    path = f"content/leaflets/{name}/en.md"

    def spoil(sandbox: Sandbox) -> None:
        text = front_matter(**(facts or {})) + "\n" + text_of(body) + "\n"
        sandbox.write(path, sandbox.filled(text))
        for file, content in (files or {}).items():
            sandbox.write(f"content/leaflets/{name}/{file}", content)

    if slow:
        more = {"limits": {TIME_LIMIT: 2}, "shares": "", **more}
        says = says or "took longer than 2 seconds"
    return _shared(
        "leaflets",
        Attack(name, row, spoil, says, at or path, f"riverside/en/{name}-a4-screen.pdf", prints),
        more,
    )


def clinic(
    row: str,
    name: str,
    says: str = "",
    /,
    *,
    yml: Text | bytes = "",
    add: Text = "",
    prints: tuple[str, ...] = (),
    at: str = "",
    **facts: str,
) -> Attack:
    """A clinic of this name.

    Args:
        row: As in ``Attack``.
        name: As in ``Attack``.
        says: As in ``Attack``.
        yml: The whole file.
        add: Lines after those of a sound clinic.
        prints: As in ``Attack``.
        at: As in ``Attack``.
        facts: Values of a sound clinic's keys.
    """
    path = f"content/clinics/{name}.yml"
    usual = {
        "name": "Riverside Clinic",
        "region": "uk",
        "brand": "riverside",
        "address": "[1 River Road]",
        "phone": "0113 496 0142",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in {**usual, **facts}.items())

    def spoil(sandbox: Sandbox) -> None:
        whole = yml if isinstance(yml, bytes) else text_of(yml)
        sandbox.write(path, whole or sandbox.filled(lines + text_of(add)))

    attack = Attack(name, row, spoil, says, at or path, f"{name}/en/sleep-a4-screen.pdf", prints)
    return _shared("clinics", attack, {})


def region(row: str, name: str, says: str = "", *, add: str = "", old: str = "", new: str = "",
           prints: tuple[str, ...] = (), at: str = "") -> Attack:  # fmt: skip
    """A region of this name, and a clinic in it."""
    path = f"content/regions/{name}.yml"

    def spoil(sandbox: Sandbox) -> None:
        usual = (BASE / "content/regions/uk.yml").read_text()
        sandbox.write(path, sandbox.filled(usual.replace(old, new) + add if old else usual + add))
        clinic(row, name, region=name).spoil(sandbox)

    attack = Attack(name, row, spoil, says, at or path, f"{name}/en/sleep-a4-screen.pdf", prints)
    return _shared("regions", attack, {})


def brand(
    row: str,
    name: str,
    says: str = "",
    *,
    old: str = "",
    new: str = "",
    add: str = "",
    files: Mapping[str, str | bytes] | None = None,
    prints: tuple[str, ...] = (),
    at: str = "",
) -> Attack:
    """A brand of this name, and a clinic that has it."""
    folder = f"content/brands/{name}"

    def spoil(sandbox: Sandbox) -> None:
        usual = (BASE / "content/brands/riverside/brand.yml").read_text()
        assert old in usual, (name, old)
        text = usual.replace(old, new) if old else usual
        sandbox.write(f"{folder}/brand.yml", sandbox.filled(text + add))
        for file, content in {"logo.svg": LOGO, **(files or {})}.items():
            sandbox.write(f"{folder}/{file}", content)
        clinic(row, name, brand=name).spoil(sandbox)

    attack = Attack(
        name,
        row,
        spoil,
        says,
        at or f"{folder}/brand.yml",
        f"{name}/en/sleep-a4-screen.pdf",
        prints,
    )
    return _shared("brands", attack, {})


def picture(
    row: str,
    name: str,
    file: str,
    content: Callable[[], bytes] | bytes,
    says: str = "",
    *,
    at: str = "",
    **more: object,
) -> Attack:
    """A figure of a leaflet of this name."""
    folder = f"content/leaflets/{name}"
    body = f"/// figure\n![What it shows]({file})\n\nWords below the picture.\n///"

    def spoil(sandbox: Sandbox) -> None:
        sandbox.write(f"{folder}/en.md", front_matter() + f"\n{body}\n")
        sandbox.write(f"{folder}/{file}", content if isinstance(content, bytes) else content())

    made = f"riverside/en/{name}-a4-screen.pdf"
    prints = ("Words below the picture.",)
    attack = Attack(name, row, spoil, says, at or f"{folder}/{file}", made, prints)
    return _shared("leaflets", attack, more)


def drawing(
    row: str,
    name: str,
    inner: Text,
    says: str = "",
    *,
    root: str = 'viewBox="0 0 40 10"',
    before: str = "",
    **more: object,
) -> Attack:
    """An SVG figure of a leaflet of this name."""
    folder = f"content/leaflets/{name}"

    def spoil(sandbox: Sandbox) -> None:
        picture(row, name, "a.svg", b"").spoil(sandbox)
        text = (
            f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink='
            f'"http://www.w3.org/1999/xlink" {root}>{text_of(inner)}</svg>'
        )
        sandbox.write(f"{folder}/a.svg", sandbox.filled(text))

    at = str(more.pop("at", f"{folder}/a.svg"))
    made = f"riverside/en/{name}-a4-screen.pdf"
    attack = Attack(name, row, spoil, says, at, made, ("Words below the picture.",))
    return _shared("leaflets", attack, more)


def reference(
    row: str,
    name: str,
    says: str = "",
    *,
    prints: tuple[str, ...] = (),
    **entry: object,
) -> Attack:
    """An entry of ``references.json`` whose id is this name, and a leaflet that cites it."""

    def spoil(sandbox: Sandbox) -> None:
        path = sandbox.project / "content/references.json"
        usual = {"id": name, "type": "book", "title": "Title"}
        given = {key.replace("_", "-"): value for key, value in entry.items()}
        path.write_text(json.dumps([*json.loads(path.read_text()), {**usual, **given}]))
        if not says:
            body = f"\n## Words\n\nWhat is known.[@{name}]\n"
            sandbox.write(f"content/leaflets/{name}/en.md", front_matter() + body)
            sandbox.write("content/build.yml", BUILD_YML.replace("web: false", "web: true", 1))

    attack = Attack(
        name,
        row,
        spoil,
        says,
        "content/references.json",
        f"riverside/en/{name}.html",
        prints,
    )
    return _shared("references", attack, {})


def size(
    row: str,
    name: str,
    says: str = "",
    *,
    sheet: str = "[210, 297]",
    panels: str = "[{name: front, width: 210, height: 297}]",
    sides: str = "[[1]]",
    layout: str = "sheet",
    more: str = "",
    key: str = "",
    prints: tuple[str, ...] = (),
    at: str = "content/build.yml",
) -> Attack:
    """A format of this name, or key, in ``build.yml``, in which the sound leaflet is built."""
    key = key or name
    text = (
        f"  {key}:\n    layout: {layout}\n{more}    on:\n      a4:\n        sheet: {sheet}\n"
        f"        panels: {panels}\n        sides: {sides}\n"
    )

    def spoil(sandbox: Sandbox) -> None:
        path = sandbox.project / "content/build.yml"
        whole = path.read_text()
        if not whole.startswith("formats:\n"):
            whole = "formats:\n" + whole
        run = f"  - {{leaflets: [sleep], formats: {{{key}: [screen]}}, web: false}}\n"
        path.write_text(whole.replace("formats:\n", f"formats:\n{text}", 1) + run)

    made = f"riverside/en/sleep-{name}-screen.pdf"
    kind = SETTINGS if says and at == "content/build.yml" else "formats"
    return _shared(kind, Attack(name, row, spoil, says, at, made, prints), {})


def alone(
    row: str,
    name: str,
    spoil: Callable[[Sandbox], None],
    says: str = "",
    at: str = "",
    **more: object,
) -> Attack:
    """An attack on what a whole project shares."""
    return Attack(name, row, spoil, says, at, **more)  # type: ignore[arg-type]


def _shared(kind: str, attack: Attack, more: Mapping[str, object]) -> Attack:
    facts = {**attack.__dict__, "shares": kind, **more}
    return Attack(**facts)
