"""Whether a job's files are still what the ledger says, and what there is to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from foldwell.build.inputs import Seen, Signature, content_hash, signature_of
from foldwell.build.records import Record, Written


@dataclass(frozen=True)
class Verdict:
    """What is to be done about one job.

    Attributes:
        why: Why it may have to be made, for people; empty if its files are up to date.
        compose: Whether composing may show that nothing changed.
        record: What the ledger knows of it, with the present signatures of files that are right.
        touched: Whether these signatures are others than the ledger's.
    """

    why: str
    compose: bool = False
    record: Record | None = None
    touched: bool = False


Checked = tuple[Record, str]
"""A record with its files' present signatures, and what is wrong with the files, if any."""


def judge(
    parts: Mapping[str, str],
    record: Record | None,
    output: Path,
    now_ns: int,
    force: bool,
    checked: Checked | None = None,
) -> Verdict:
    """The verdict on one job.

    Args:
        parts: What it is made from now.
        record: What the ledger knows of it.
        output: The output folder.
        now_ns: The present moment.
        force: Whether to make it again whatever the ledger says.
        checked: What became of looking at its files just now, if that was done.
    """
    if force:
        return Verdict("asked for with --force", record=record)
    if record is None:
        return Verdict("never built here")
    intact, why = checked or check_files(record, output, now_ns)
    if why:
        return Verdict(why, record=record)
    if changed := [name for name in parts if record.parts.get(name) != parts[name]]:
        told = [_named(name, record.parts.get(name, ""), parts[name]) for name in sorted(changed)]
        return Verdict(f"changed: {', '.join(told)}", compose=True, record=intact)
    return Verdict("", record=intact, touched=intact != record)


def _named(name: str, before: str, now: str) -> str:
    """What changed; of a part that says so, which of its facts."""
    facts = {fact.partition(":")[0]: None for fact in _apart(before, now) if ":" in fact}
    return f"{name} ({', '.join(sorted(facts))})" if facts and before else name


def _apart(one: str, other: str) -> set[str]:
    return set(one.split()) ^ set(other.split())


def check_files(record: Record, output: Path, now_ns: int) -> Checked:
    """Look at the files of a record; one is read only if it changed, or is too young to tell."""
    files = []
    for written in record.files:
        path = f"{output}/{written.path}"
        try:
            facts = os.lstat(path)
        except OSError:
            return record, f"'{written.path}' is missing"
        signature = signature_of(facts)
        if Seen(Signature(*written.signature), "", written.seen_ns).stands_for(signature):
            files.append(written)
            continue
        if content_hash(path) != written.sha256:
            return record, f"'{written.path}' was altered"
        files.append(seen_now(written.path, written.sha256, signature, now_ns))
    if all(one is other for one, other in zip(files, record.files, strict=True)):
        return record, ""
    return replace(record, files=tuple(files)), ""


def seen_now(path: str, sha256: str, signature: Signature, now_ns: int) -> Written:
    """A file as the ledger keeps it."""
    numbers = (signature.size, signature.mtime_ns, signature.ctime_ns, signature.inode)
    return Written(path, sha256, numbers, now_ns)


def stale_files(records: Mapping[str, Record], planned: Iterable[str]) -> dict[str, list[str]]:
    """Files of jobs that are no longer planned, by the path of the job."""
    kept = set(planned)
    used = {file.path for path in kept if path in records for file in records[path].files}
    return {
        path: [file.path for file in record.files if file.path not in used]
        for path, record in records.items()
        if path not in kept
    }
