"""Events as lines for people."""

import pytest

from foldwell.build.events import Built, Found, Kept
from foldwell.cli.telling import Tally, tell

NAME = "sleep, riverside, en, a4"
LEFT_OUT = "L11 information: left out so that the rest fits: the fax."


def test_what_media_share_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for medium, event in (("screen", Built), ("office", Built), ("press", Kept)):
        tally.take(event(f"{medium}.pdf", f"{NAME} {medium}", "", "", {}))
        tally.take(Found(f"{medium}.pdf", f"{NAME} {medium}: {LEFT_OUT}"))
    tally.take(Found("press.pdf", f"{NAME} press: page 2: L6 information: Lines are long."))
    tally.take(Found("editions.json", "A line of no job."))
    tell(tally, fit=False)
    assert capsys.readouterr().err.splitlines() == [
        "A line of no job.",
        f"{NAME} office, press, screen: {LEFT_OUT}",
        f"{NAME} press: page 2: L6 information: Lines are long.",
    ]
