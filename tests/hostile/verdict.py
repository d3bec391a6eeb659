"""What must hold of every command, and of every attack; each fault is told in a sentence."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2

from hostile.attack import SETTINGS, SOUND, Attack
from hostile.command import Done
from hostile.sandbox import CANARY, SINGLE, SYSTEM

SECRETS = (CANARY.encode(), b"root:x:0:0")
"""What stands in files outside the project."""
OURS = re.compile(
    r"\.foldwell/(pictures/[0-9a-f]{64}"
    r"|ledger\.sqlite(\.old(-wal|-shm)?)?|lock|holder\.json)"
)
"""What a command leaves beside its files; the last of them only if it failed."""
REGISTER = ("editions.json", "provenance.json")
"""What every build writes about its files, beside them."""
BLAMES_ITSELF = re.compile(r"Traceback|Foldwell itself failed|\w+Warning:")
OWN_SIZE = re.compile(r"/proc/\d+/statm")
"""How large a process is: each asks for itself, where its limit is set."""
RACK = re.compile(r"\.foldwell/rack/[0-9a-f]{12}-(table-)?[0-9a-f]{64}")
DIGEST_BYTES = 32
"""What stands before a packed value on a rack."""
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def faults_of_command(done: Done, sound: bytes) -> Iterator[str]:
    """What a command did that no command may do.

    Args:
        done: The command.
        sound: What the file of the sound leaflet must be.
    """
    run, root, attacks = done.run, done.sandbox.root, done.command.attacks
    if run.code is None:
        yield f"was still running after {done.command.timeout_s:g} s"
        return
    if run.left:
        yield "left a process behind"
    allowed = (f"{done.sandbox.project}/", f"{root}/tmp/", *SYSTEM)
    for path in sorted(run.read):
        known = path in (*SINGLE, str(root / "tmp")) or OWN_SIZE.fullmatch(path)
        if not path.startswith(allowed) and not known:
            yield f"read {path}"
    for path in sorted(run.changed):
        own = (f"{done.output}/", f"{root}/tmp/")
        if not path.startswith(own) and path not in (str(done.output), "/dev/null"):
            yield f"changed {path}"
    yield from run.altered
    if run.calls and not any(attack.trusted for attack in attacks):
        yield f"called {'; '.join(run.calls)}"
    if found := BLAMES_ITSELF.search(run.out + run.err):
        at = found.start()
        yield f"said '{(run.out + run.err)[at : at + 300]}'"
    if found := CONTROL.search(run.out + run.err):
        yield f"wrote the character U+{ord(found.group()):04X} to the terminal"
    yield from _faults_of_files(done)
    if attacks[0].shares not in ("", SETTINGS) and done.sound != sound:
        yield "altered the sound leaflet" if done.sound else "did not build the sound leaflet"


def _faults_of_files(done: Done) -> Iterator[str]:
    for name in done.run.made:
        if OURS.fullmatch(name):
            continue
        content = (done.output / name).read_bytes()
        if RACK.fullmatch(name):
            digest, content = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
            if sha256(content).digest() != digest:
                yield f"left a torn value: {name}"
        elif name.endswith(".pdf"):
            try:
                content += _streams(content) + _text(done.output / name).encode()
            except pikepdf.PdfError as error:
                yield f"left half a file: {name} ({error})"
        elif name in REGISTER:
            json.loads(content)
        elif not name.endswith(".html") or not content.rstrip().endswith(b"</html>"):
            yield f"left {name}"
        for secret in SECRETS:
            if secret in content:
                yield f"printed '{secret.decode()}' in {name}"
    for secret in SECRETS:
        if secret.decode() in done.run.out + done.run.err:
            yield f"said '{secret.decode()}'"


def _streams(content: bytes) -> bytes:
    """Everything in a PDF that is packed, unpacked; attached files among it."""
    out = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    out.append(thing.read_bytes())
                except pikepdf.PdfError:  # a picture
                    out.append(thing.read_raw_bytes())
    return b"\n".join(out)


def faults_of_attack(attack: Attack, done: Done) -> Iterator[str]:
    """What one attack did that it may not do, or did not what it must."""
    run = done.run
    if not attack.shares and run.code != attack.exit_code:
        yield f"ended with code {run.code}: {(run.err or run.out)[-600:]}"
    path = done.output / attack.made
    if attack.says:
        lines = [line for line in run.err.splitlines() if attack.at in line]
        if not lines:
            yield f"no message names '{attack.at}': {run.err[:600]}"
        elif not any(attack.says in line for line in lines):
            yield f"the message does not say '{attack.says}': {' | '.join(lines)[:600]}"
        if attack.made and attack.made != SOUND and path.exists():
            yield f"made {attack.made} all the same"
    elif attack.made and not path.is_file():
        told = [line for line in run.err.splitlines() if attack.name in line]
        yield f"did not make {attack.made}: {' | '.join(told)[:600]}"
    elif attack.made:
        text = _text(path)
        for words in attack.prints:
            if words not in text:
                yield f"'{words}' is not in {attack.made}: {text[:1500]}"


def _text(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".html":
        body = re.sub(r"(?s)<head>.*?</head>|<[^>]*>", " ", content.decode())
        text = html.unescape(body)
    else:
        with pypdfium2.PdfDocument(content) as pdf:
            text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    return " ".join(text.replace("\ufffe", "-").split())
