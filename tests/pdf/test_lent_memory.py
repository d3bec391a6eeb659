"""Memory that is lent as a file, also to those who may write none."""

import io
import os
import sys
from collections.abc import Iterator

import pytest

from foldwell.pdf.lent_memory import lent

linux = pytest.mark.skipif(sys.platform != "linux", reason="lent by Linux alone")


@pytest.fixture
def no_writing() -> Iterator[None]:
    """A process that may write no file, as workers may not."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@linux
def test_who_may_write_nothing_is_lent_memory(no_writing: None) -> None:
    file = lent(b"words", "test")
    assert file is not None
    with file:
        file.seek(0)
        assert file.read() == b"words"
        with pytest.raises(OSError, match="File too large"):
            file.write(b" more")


@linux
@pytest.mark.parametrize("lends", ["nothing", "a part"])
def test_less_than_all_is_nothing(lends: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> int:
        raise OSError(f"no memory for {name}")

    class Short(io.BytesIO):
        def write(self, content: object) -> int:
            return 3

    if lends == "nothing":
        monkeypatch.setattr(os, "memfd_create", refused)
    else:
        monkeypatch.setattr(os, "fdopen", lambda *_, **__: Short())
    assert lent(b"words", "test") is None


def test_other_systems_lend_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert lent(b"words", "test") is None
