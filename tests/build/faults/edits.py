"""Random changes of a world: what people, editors, clocks and other programs do between builds."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from faults.projects import LOGO, leaflet, write
from faults.stub import MISTAKE
from faults.world import REVIEW_DUE, TODAY, World
from foldwell.build.ledger import FOLDER

WORDS = ("sleep", "rest", "tea", "walk", "read", "calm")
PHONES = ("+44 113 496 0142", "+44 113 496 0143", "+44 113 496 0199")
BODIES = ("Get up early.", "Get up later.", "Drink tea [@lee2021].", "Walk.\n\n" * 9)
ONLY = "/// only | region: us\nCall.\n///\n"
OVERRIDES = ("css/base.css", "css/panels.css", "css/web.css", "parts/own.html")


class Edits:
    """Changes a world; the same seed changes it in the same way.

    Args:
        world: What is changed.
        random: What chooses.
        but: Changes that are left out.
    """

    def __init__(self, world: World, random: random.Random, but: tuple[str, ...] = ()) -> None:
        self.world, self.random = world, random
        self._edits = [edit for edit in EDITS if edit.__name__ not in but]
        self._content = world.root / "content"

    def some(self) -> list[str]:
        """Make one to four changes; returns their names."""
        return [self.one() for _ in range(self.random.choice((1, 1, 1, 2, 4)))]

    def one(self) -> str:
        """Make one change; returns its name."""
        edit = self.random.choice(self._edits)
        edit(self)
        return edit.__name__

    def _any(self, folder: Path, pattern: str) -> Path | None:
        paths = sorted(path for path in folder.glob(pattern) if path.is_file())
        return self.random.choice(paths) if paths else None

    def _leaflet(self) -> Path | None:
        return self._any(self._content / "leaflets", "*/en.md")

    def _file(self) -> Path | None:
        """Any file that a build reads."""
        folder = self.random.choice((self._content, self.world.templates, self.world.package))
        return self._any(folder, "**/*.*")

    def _output(self) -> Path | None:
        return self._any(self.world.output, "*/*/*")

    # What people do to the content.

    def write_leaflet(self) -> None:
        name, body = self.random.choice(WORDS), self.random.choice(BODIES)
        body = self.random.choice((body, body, body, f"{body}\n\n{ONLY}", f"{body} {MISTAKE}"))
        write(self._content / f"leaflets/{name}/en.md", leaflet(name, body))

    def change_a_word_and_no_time(self) -> None:
        """Same size, same time of change: an editor that puts times back, or a coarse clock."""
        if path := self._leaflet():
            old = path.read_text()
            new = old.replace("early", "later") if "early" in old else old.replace("tea", "ale")
            facts = path.stat()
            path.write_text(new)
            os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    def break_leaflet(self) -> None:
        if path := self._leaflet():
            path.write_text(path.read_text().replace("audience: Adults", "audience: [", 1))

    def mend_leaflets(self) -> None:
        for path in (self._content / "leaflets").glob("*/en.md"):
            text = path.read_text().replace(MISTAKE, "This is right.")
            path.write_text(text.replace("audience: [", "audience: Adults"))

    def delete_leaflet(self) -> None:
        path = self._leaflet()
        if path and len(list((self._content / "leaflets").iterdir())) > 1:
            shutil.rmtree(path.parent)

    def rename_leaflet(self) -> None:
        target = self._content / "leaflets" / self.random.choice(WORDS)
        if (path := self._leaflet()) and not target.exists():
            path.parent.rename(target)

    def swap_leaflets(self) -> None:
        """Two files change places and keep their times."""
        one, two = self._leaflet(), self._leaflet()
        if one and two and one != two:
            between = one.with_name("between")
            one.rename(between)
            two.rename(one)
            between.rename(two)

    def review_leaflet(self) -> None:
        if path := self._leaflet():
            reviewer = "clinical_reviewers: [{name: Dr Ito, role: GP, date: 2026-01-12}]"
            text = path.read_text().replace("clinical_reviewers: []", reviewer)
            if "reviewed: 2026" not in text:
                text = text.replace("review_due:", "reviewed: 2026-01-12\nreview_due:")
            path.write_text(text)

    def phone(self) -> None:
        if path := self._any(self._content / "clinics", "*.yml"):
            lines = path.read_text().splitlines()
            new = f"phone: {self.random.choice(PHONES)}"
            path.write_text("\n".join(new if "phone:" in s else s for s in lines) + "\n")

    def add_clinic(self) -> None:
        if path := self._any(self._content / "clinics", "*.yml"):
            target = path.with_name(self.random.choice(("hillside.yml", "lakeside.yml")))
            if path != target:
                shutil.copy2(path, target)

    def delete_clinic(self) -> None:
        if len(list((self._content / "clinics").iterdir())) > 1:
            self._any(self._content / "clinics", "*.yml").unlink()  # type: ignore[union-attr]

    def comment_on_clinic(self) -> None:
        if path := self._any(self._content / "clinics", "*.yml"):
            path.write_text(path.read_text() + f"# {self.random.random()}\n")

    def region_number(self) -> None:
        if path := self._any(self._content / "regions", "*.yml"):
            number = self.random.choice(("999", "112"))
            lines = path.read_text().splitlines()
            new = f'emergency_number: "{number}"'
            path.write_text("\n".join(new if "emerg" in s else s for s in lines) + "\n")

    def delete_and_restore_region(self) -> None:
        path = self._content / "regions/us.yml"
        aside = self._content.parent / "us.yml"
        with contextlib.suppress(FileNotFoundError):
            path.rename(aside) if path.exists() else aside.rename(path)

    def colour(self) -> None:
        if path := self._any(self._content / "brands", "*/brand.yml"):
            one, two = "#0f5c73", "#0f5c74"
            text = path.read_text()
            path.write_text(text.replace(one, two) if one in text else text.replace(two, one))

    def logo(self) -> None:
        if path := self._any(self._content / "brands", "*/logo.svg"):
            path.write_text(LOGO.replace("0f5c73", self.random.choice(("0f5c73", "0f5c75"))))

    def reference(self) -> None:
        path = self._content / "references.json"
        entries = json.loads(path.read_text())
        entry = self.random.choice(entries)
        entry["title"] = self.random.choice(("Sleep and health", "Sleep and wealth"))
        path.write_text(json.dumps(entries))

    def override(self) -> None:
        path = self._content / "templates" / self.random.choice(OVERRIDES)
        write(path, f"/* own {self.random.choice('ab')} */\n")

    def no_override(self) -> None:
        if path := self._any(self._content / "templates", "**/*.*"):
            path.unlink()

    def build_yml(self) -> None:
        formats = self.random.choice(
            (
                "{a4: [screen, office], letter: [screen]}",
                "{a4: [screen], letter: [screen, office], letter-fold: [screen]}",
                "{a4: [screen, press], letter: [screen, press]}",
            )
        )
        web = self.random.choice(("true", "false"))
        write(self._content / "build.yml", f"runs:\n  - formats: {formats}\n    web: {web}\n")

    # What is done to Foldwell itself.

    def shipped(self) -> None:
        if path := self._any(self.world.templates, "**/*.*"):
            path.write_text(f"/* {path.name} {self.random.choice('ab')} */\n")

    def code(self) -> None:
        path = self.world.package / "engine.py"
        path.write_text(f"VERSION = {self.random.choice('123')}\n")

    # What clocks do.

    def touch(self) -> None:
        if path := self.random.choice((self._file, self._output))():
            os.utime(path)

    def set_time(self) -> None:
        """A time of long ago, of the future, of the epoch, or that of another file."""
        if path := self.random.choice((self._file, self._output))():
            other = self._file()
            times = [0, 1, 2**33, path.stat().st_mtime_ns + 10**13]
            times += [other.stat().st_mtime_ns] if other else []
            when = self.random.choice(times)
            os.utime(path, ns=(when, when))

    def clock(self) -> None:
        self.world.jump(self.random.choice((-1e6, -3600, -3, -1, 1, 3, 3600, 1e6)))

    def day(self) -> None:
        self.world.today = self.random.choice((TODAY, REVIEW_DUE, REVIEW_DUE.replace(day=11)))

    # What other programs do to the output.

    def delete_output(self) -> None:
        if path := self._output():
            path.unlink()

    def alter_output(self) -> None:
        """Another byte, but the same size and time."""
        if path := self._output():
            facts, content = path.stat(), bytearray(path.read_bytes())
            content[self.random.randrange(len(content))] ^= 1
            path.write_bytes(content)
            os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    def swap_outputs(self) -> None:
        one, two = self._output(), self._output()
        if one and two and one != two:
            between = one.with_name("between")
            one.rename(between)
            two.rename(one)
            between.rename(two)

    def link_output(self) -> None:
        if (path := self._output()) and not path.is_symlink():
            target = self.world.output.parent / "elsewhere" / path.name
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
            path.symlink_to(target)

    def delete_outputs(self) -> None:
        folders = sorted(path for path in self.world.output.glob("[a-z]*") if path.is_dir())
        if folders:
            shutil.rmtree(self.random.choice(folders))

    def delete_everything(self) -> None:
        if self.random.random() < 0.3:
            self.world.forget()

    def leftover(self) -> None:
        """What a killed build leaves: half a file, and no farewell."""
        holder = self.world.output / FOLDER / "holder.json"
        if not holder.exists() and (path := self._output()):
            (path.parent / f".foldwell-{self.random.randrange(10**8):08}.part").write_bytes(b"x")
            with contextlib.suppress(FileNotFoundError):
                holder.touch()

    def damage_ledger(self) -> None:
        path = self.world.output / FOLDER / "ledger.sqlite"
        if path.exists() and self.random.random() < 0.5:
            content = bytearray(path.read_bytes())
            for _ in range(self.random.choice((1, 100))):
                content[self.random.randrange(len(content))] = self.random.randrange(256)
            path.write_bytes(content)
        elif path.exists() and self.random.random() < 0.3:
            os.truncate(path, self.random.randrange(path.stat().st_size))


EDITS: list[Callable[[Edits], None]] = [
    *[Edits.write_leaflet] * 4,
    *[Edits.change_a_word_and_no_time] * 3,
    Edits.break_leaflet,
    *[Edits.mend_leaflets] * 2,
    *(edit for name, edit in vars(Edits).items() if not name.startswith("_")
      and name not in ("some", "one", "write_leaflet", "break_leaflet", "mend_leaflets")),
]  # fmt: skip
