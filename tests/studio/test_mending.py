"""What there is to say of words that are not saved, what is put in their place, and what stays."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from studio_client import Client, desk_of

HARD = """
Discontinue it, never abstain. Chronic pain: see [chronic](https://example.org/chronic) and call us.

Take it for 10–14 days, never for two weeks more.
"""
FORM = {"clinic": "riverside", "format": "a4", "medium": "screen", "page": "one", "number": "1"}


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    client = Client(desk_of(project))
    yield client
    client.desk.close()


@pytest.fixture
def text(project: Path) -> str:
    return (project / "content/leaflets/sleep/en.md").read_text() + HARD


def found(client: Client, text: str, **form: str) -> list[dict[str, Any]]:
    answer = client.post("/leaflet/sleep/en/examine", {"text": text, **form})
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = json.loads(answer.text)["findings"]
    return told


def mendable(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in told if "mend" in one]


def mended(text: str, one: dict[str, Any]) -> str:
    """The text as the page changes it."""
    lines, mend = text.split("\n"), one["mend"]
    line, at = lines[one["line"] - 1], mend["column"] - 1
    assert line[at:].startswith(mend["said"])
    lines[one["line"] - 1] = line[:at] + mend["instead"] + line[at + len(mend["said"]) :]
    return "\n".join(lines)


def test_each_mend_ends_a_finding(client: Client, text: str) -> None:
    told = mendable(found(client, text))
    assert {one["rule"] for one in told} == {"T4", "T8"}
    for _ in range(7):  # a hard word is told of at its first use, then at the next
        if not (told := mendable(found(client, text))):
            break
        text = mended(text, told[0])
    assert told == []
    assert "Stop it, never stop. Long-term pain: see [" in text
    assert "(https://example.org/chronic)" in text and "for 10 to 14 days" in text


def test_words_that_are_left_have_a_reason_and_no_others_are(
    client: Client, text: str, project: Path
) -> None:
    before = (project / "content/leaflets/sleep/en.md").read_bytes()
    asked = {"text": text, "rule": "T8", "words": "two", "reason": "a quotation",
             "name": "Ann Example", "expires": "2027-01-31"}  # fmt: skip

    def numbers(text: str) -> list[str]:
        told = mendable(found(client, text))
        return [one["mend"]["said"] for one in told if one["rule"] == "T8"]

    assert numbers(text) == ["10–14", "two"]
    answer = client.post("/leaflet/sleep/en/leave", asked)
    assert answer.status == 200, answer.text
    left = json.loads(answer.text)["text"]
    assert left.endswith(text.split("\n---\n", 1)[1])
    assert numbers(left + "\nFor three weeks.\n") == ["10–14", "three"]
    again = client.post("/leaflet/sleep/en/leave", {**asked, "text": left, "words": "10–14"})
    assert numbers(json.loads(again.text)["text"]) == []
    for missing in ("reason", "name", "expires"):
        answer = client.post(
            "/leaflet/sleep/en/leave", {**asked, missing: " "}, {"accept": "application/json"}
        )
        assert answer.status == 422 and json.loads(answer.text)["wrong"]
    late = {**asked, "expires": "some day"}
    assert client.post("/leaflet/sleep/en/leave", late).status == 422
    assert (project / "content/leaflets/sleep/en.md").read_bytes() == before


def test_the_file_is_held_to_what_a_build_asks(client: Client, text: str) -> None:
    assert all(one["rule"] for one in found(client, text, **FORM))
    long = found(client, text + "Words.\n\n" * 400, **{**FORM, "format": "letter-fold"})
    assert any(one["tone"] == "error" and "over" in one["text"] for one in long)
    unread = found(client, text + "\n/// nonsense\n///\n", **FORM)
    assert [one["tone"] for one in unread].count("error") == 1
    assert found(client, text, **{**FORM, "number": "2"})
