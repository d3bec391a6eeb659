"""A build that cannot begin says so, and one that is going on is left alone."""

import threading
from pathlib import Path

import pytest
from studio_client import Client, desk_of

from foldwell.studio.building import Builder


def test_a_second_build_is_told_that_it_was_not_begun(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def waits(builder: Builder, request: object) -> None:
        may_end.wait(30)
        builder.state = "done"

    monkeypatch.setattr(Builder, "_run", waits)
    client = Client(desk_of(project))
    assert client.post("/build", {}).status == 303
    second = client.post("/build", {"leaflet": "sleep"})
    assert second.status == 409 and "A build is going on, so this one was not begun." in second.text
    assert client.desk.builder.number == 1
    by_script = client.post("/build", {}, {"accept": "application/json"})
    assert by_script.status == 409 and "was not begun" in by_script.text
    may_end.set()
    assert client.desk.builder._thread is not None
    client.desk.builder._thread.join(30)
    assert client.post("/build", {}).status == 303
    client.desk.close()
