"""The register as it is added to: what stands there is what counts, and its text is plain JSON."""

import json
from pathlib import Path

import pytest

from foldwell.build.editions import FILE, Entry, as_json, read_register
from foldwell.build.register import Register
from foldwell.build.write import Writing
from foldwell.errors import FoldwellError

ONE = Entry("XRJB-6PR3", "a" * 64, "sleep", "en", "elm", "Sleep\u2028and “rest”",
            files={"elm/en/b.pdf": "b" * 64, "elm/en/a.pdf": "a" * 64})  # fmt: skip
TWO = Entry("7K3M-Q9TD", "b" * 64, "sleep", "en", "oak", "Sleep")


def write(register: Register, output: Path, *entries: Entry) -> None:
    writing = Writing(output)
    register.write(entries, writing)
    assert not writing.flush()


@pytest.mark.parametrize("entries", [(), (ONE,), (ONE, TWO)])
def test_its_text_is_what_json_writes(entries: tuple[Entry, ...]) -> None:
    text = as_json(entries).decode()
    held = json.loads(text)
    assert text == json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    assert [Entry(**one) for one in held["editions"]] == [*entries]
    if entries:
        assert list(held["editions"][0]["files"]) == ["elm/en/a.pdf", "elm/en/b.pdf"]


def test_what_others_wrote_meanwhile_is_read(tmp_path: Path) -> None:
    register = Register(tmp_path)
    assert register.read() == []
    write(register, tmp_path, ONE)
    assert register.read() == read_register(tmp_path) == [ONE]
    write(Register(tmp_path), tmp_path, ONE, TWO)
    assert register.read() == [ONE, TWO]
    (tmp_path / FILE).unlink()
    assert register.read() == []
    write(register, tmp_path, ONE)
    (tmp_path / FILE).write_text("")
    with pytest.raises(FoldwellError, match="cannot be read"):
        register.read()


def test_what_stands_there_is_not_written_again(tmp_path: Path) -> None:
    register = Register(tmp_path)
    write(register, tmp_path, ONE)
    before = (tmp_path / FILE).stat()
    write(register, tmp_path, ONE)
    assert (tmp_path / FILE).stat() == before
    (tmp_path / FILE).write_text("{}")
    write(register, tmp_path, ONE)
    assert read_register(tmp_path) == [ONE]


def test_what_is_read_ahead_may_be_broken(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.look_ahead()
    (tmp_path / FILE).write_text("")
    register.look_ahead()
    with pytest.raises(FoldwellError, match="cannot be read"):
        register.read()
    write(Register(tmp_path), tmp_path, ONE)
    register.look_ahead()
    assert register.read() == [ONE]
