"""Facts of job tickets as YAML: most are those of the ticket before, and are written once."""

from __future__ import annotations

import io
import re

KEPT = 2000
"""How many facts are remembered as they are written."""
_LONGEST = 150
"""Longer lines may be folded."""
_FACT = re.compile(rb"^(?=[^\s-])", re.MULTILINE)
_WORD = r"[\w()/+@.,-]+"
_PLAIN = re.compile(
    rf"(?=.{{6}})[A-Za-z]{_WORD}(?: {_WORD})*|(?=\d*[a-df])[0-9a-f]{{64}}", re.ASCII
)
"""Words, and checksums, that cannot be taken for a number, a day, a truth or a sign of YAML."""
_written: dict[tuple[str, str], bytes] = {}
_plain_names: set[str] = set()


def facts_written(facts: dict[str, object]) -> bytes:
    """The facts of a ticket, one after another."""
    said = {key: _known(key, value) for key, value in facts.items()}
    new = {key: facts[key] for key, known in said.items() if known is None}
    parts = _FACT.split(_dumped(new))[1:] if new else []
    if len(parts) != len(new):
        return _dumped(facts)
    if len(_written) > KEPT:
        _written.clear()
    for (key, value), part in zip(new.items(), parts, strict=True):
        said[key] = _written[key, repr(value)] = part
        if part.startswith(f"{key}: ".encode()):
            _plain_names.add(key)
    return b"".join(filter(None, said.values()))


def _known(key: str, value: object) -> bytes | None:
    """How a fact is written, if that is known: because it was, or because it is plain."""
    plain = key in _plain_names and isinstance(value, str) and _PLAIN.fullmatch(value)
    if plain and len(key) + len(str(value)) < _LONGEST:
        return f"{key}: {value}\n".encode()
    return _written.get((key, repr(value)))


def _dumped(facts: dict[str, object]) -> bytes:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 200
    yaml.representer.ignore_aliases = lambda _: True
    out = io.BytesIO()
    yaml.dump(facts, out)
    return out.getvalue()
