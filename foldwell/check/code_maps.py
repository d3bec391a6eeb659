"""Maps from the codes of a font to characters (CMaps, ISO 32000-1, 9.7.5 and 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PREDEFINED = {
    **dict.fromkeys("Identity-H Identity-V".split(), "Identity"),
    **dict.fromkeys(
        "GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V"
        " GBK2K-H GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V".split(),
        "GB1",
    ),
    **dict.fromkeys(
        "B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H ETen-B5-V ETenms-B5-H ETenms-B5-V"
        " CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V".split(),
        "CNS1",
    ),
    **dict.fromkeys(
        "83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H"
        " Add-RKSJ-V EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V"
        " UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V".split(),
        "Japan1",
    ),
    **dict.fromkeys(
        "KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H"
        " UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V".split(),
        "Korea1",
    ),
}
"""The maps that every reader knows, with the set of characters of each (ISO 32000-1, table 118)."""
MOST_CODES = 70_000
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MODE = re.compile(rb"/WMode\s+(\d)\s+def")


@dataclass(frozen=True)
class CodeMap:
    """What a map says.

    Attributes:
        texts: The characters of each code.
        writing_mode: 0 for lines, 1 for columns; None where it does not say.
    """

    texts: Mapping[bytes, str]
    writing_mode: int | None


def read_code_map(stream: Any) -> CodeMap:
    """Read a map; what is not understood of it is passed by.

    Raises:
        ValueError: If it names more codes than there can be.
    """
    return _read(stream.read_bytes())


@lru_cache(maxsize=24)  # the files of a leaflet have the same maps
def _read(content: bytes) -> CodeMap:
    texts: dict[bytes, str] = {}
    for kind, block in _BLOCK.findall(content):
        tokens = [_value(match) for match in _TOKEN.finditer(block)]
        if kind == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    texts[code] = _text(text)
        else:
            _ranges(tokens, texts)
    mode = _MODE.search(content)
    return CodeMap(texts, int(mode[1]) if mode else None)


def code_width(font: Any) -> int:
    """How many bytes a code of a font has, where all have the same number."""
    return 2 if str(font.get("/Subtype", "")) == "/Type0" else 1


def _value(match: re.Match[bytes]) -> bytes | str:
    if match[1] is None:
        return "[" if match[2] else "]"
    digits = re.sub(rb"\s", b"", match[1])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _text(content: bytes) -> str:
    return content.decode("utf-16-be", "replace") if len(content) > 1 else content.decode("latin-1")


def _ranges(tokens: list[bytes | str], texts: dict[bytes, str]) -> None:
    at = 0
    while at + 2 < len(tokens):
        first, last, third = tokens[at : at + 3]
        if not isinstance(first, bytes) or not isinstance(last, bytes):
            return
        start, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        if end - start + len(texts) > MOST_CODES:
            raise ValueError("too many codes")
        if third == "[":
            close = tokens.index("]", at)
            for number, text in enumerate(tokens[at + 3 : close]):
                if isinstance(text, bytes):
                    texts[(start + number).to_bytes(len(first), "big")] = _text(text)
            at = close + 1
        else:
            target = third if isinstance(third, bytes) else b""
            for code in range(start, end + 1):
                said = (int.from_bytes(target, "big") + code - start).to_bytes(
                    max(len(target), 1) + 1, "big"
                )
                texts[code.to_bytes(len(first), "big")] = _text(said[-len(target) :])
            at += 3
