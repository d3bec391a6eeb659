"""Records: what the ledger knows of a job and of a plan, and their text."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """One file that a job wrote.

    Attributes:
        path: Below the output folder.
        sha256: Of its content.
        signature: As it was when it had been written: size, mtime, ctime, inode.
        seen_ns: When that was.
    """

    path: str
    sha256: str
    signature: tuple[int, int, int, int]
    seen_ns: int


@dataclass(frozen=True)
class Record:
    """What the ledger knows of one job.

    Attributes:
        parts: Hashes of what the job's words are made from, by name: leaflet, clinic …
        key: The hash of all that its file is made from.
        files: What it wrote, its own file first.
        status: Whether it was a draft or out of date.
        notes: What there was to say of it.
        findings: What preflight had to say.
        seconds: What making it cost.
    """

    parts: dict[str, str]
    key: str
    files: tuple[Written, ...]
    status: str
    notes: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> str:
        """The record as text."""
        # Files are records of plain values too; copying all of that would take longest.
        held = vars(self) | {"files": [vars(file) for file in self.files]}
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Record:
        """A record from its text.

        Raises:
            ValueError, KeyError, TypeError: If it is none.
        """
        raw = json.loads(text)
        files = []
        for file in raw["files"]:
            size, mtime, ctime, inode = map(int, file["signature"])
            signature = (size, mtime, ctime, inode)
            files.append(
                Written(str(file["path"]), str(file["sha256"]), signature, int(file["seen_ns"]))
            )
        return Record(
            dict(raw["parts"]),
            str(raw["key"]),
            tuple(files),
            str(raw["status"]),
            tuple((str(kind), str(line)) for kind, line in raw["notes"]),
            tuple(str(line) for line in raw["findings"]),
            float(raw["seconds"]),
        )


@dataclass(frozen=True)
class PlanRecord:
    """A plan that was carried out to its end without a mistake.

    Attributes:
        inputs: The hash of all files that it was made from.
        jobs: (path, name) of its jobs.
        skipped: What was left out, and why.
        keys: One hash of the keys of its jobs, in their order: another build may have made some
            of the files from something else since.
        day: The day that it was planned for.
        spared: Paths of outputs that were not asked for, but belong to the project.
        tidied: What was read otherwise than it stands in a file, a line each.
    """

    inputs: str
    jobs: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...] = ()
    keys: str = ""
    day: str = ""
    spared: tuple[str, ...] = ()
    tidied: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The record as text."""
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> PlanRecord:
        """A record from its text.

        Raises:
            ValueError, KeyError, TypeError: If it is none.
        """
        raw = json.loads(text)
        return PlanRecord(
            raw["inputs"],
            tuple((str(path), str(name)) for path, name in raw["jobs"]),
            tuple((str(name), str(reason)) for name, reason in raw["skipped"]),
            str(raw["keys"]),
            str(raw["day"]),
            tuple(str(path) for path in raw["spared"]),
            tuple(str(line) for line in raw["tidied"]),
        )
