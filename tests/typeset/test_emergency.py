"""Naloxone stands only with the signs that it treats, wherever somebody writes it."""

from collections.abc import Callable

import pytest

from foldwell.errors import Mistakes
from foldwell.typeset.page_source import PageSource

Compose = Callable[..., PageSource]

SOUND = """\
//// emergency | Call 999 now
/// naloxone
**Call and give naloxone** if someone cannot be woken, or breathes slowly, in gasps or not at all.
Other signs are gurgling and tiny pupils.
///

/// call
**Call** also for a seizure or chest pain. Naloxone does not treat these signs.
///

/// suicide
**Thoughts of suicide?** Call Samaritans.
///
////
"""


def wrong(compose: Compose, text: str) -> list[str]:
    """What is said against a text."""
    with pytest.raises(Mistakes) as caught:
        compose(text)
    return [f"{error.place}: {error.message}" for error in caught.value.errors]


def test_the_three_groups_are_parts_of_the_box(compose: Compose) -> None:
    html = compose(SOUND).html
    for name in ("naloxone", "call", "suicide"):
        assert f'<div class="emergency-part emergency-{name}">' in html


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("gurgling and", "gurgling, a seizure and", "Naloxone does not treat 'seizure'."),
        ("gurgling and", "fainting and", "Naloxone does not treat 'faint'."),
        ("gurgling and", "chest pain and", "Naloxone does not treat 'chest pain'."),
        ("gurgling and", "sudden confusion and", "Naloxone does not treat 'confus'."),
        ("gurgling and", "thoughts of suicide and",
         "Thoughts of suicide have a line of their own."),
        ("Naloxone does not treat these signs.", "Give naloxone and stay.",
         "The block 'call' tells the reader to give naloxone."),
        ("Naloxone does not treat these signs.", "Call for thoughts of suicide.",
         "Thoughts of suicide have a line of their own."),
        ("Call Samaritans.", "Give them naloxone.",
         "The block 'suicide' tells the reader to give naloxone."),
        ("Other signs are gurgling and tiny pupils.", "Or they have tiny pupils.",
         "Small pupils stand as a sign of their own; people on methadone often have them."),
        ("cannot be woken, or breathes slowly, in gasps or not at all", "took opioids",
         "The block 'naloxone' names none of the signs of an opioid overdose."),
    ],
)  # fmt: skip
def test_no_sign_stands_in_the_wrong_group(
    before: str, after: str, message: str, compose: Compose
) -> None:
    assert before in SOUND
    found = wrong(compose, SOUND.replace(before, after))
    assert any(line.endswith(message) for line in found), found
    assert all("en.md:" in line for line in found)


@pytest.mark.parametrize(
    "text",
    [
        "/// emergency | Call 999 now\n- cannot be woken\n- a seizure\n\nGive naloxone.\n///\n",
        "/// emergency | Call 999 now\nGive naloxone for chest pain.\n///\n",
        "/// emergency | Call 999 now\n- slow breathing\n- thoughts of suicide\n///\n",
        "/// emergency | Call 999 now\n- cannot be woken\n- tiny pupils\n///\n",
        "Call for any of these:\n\n- cannot be woken\n- fainting\n\nThen use naloxone.\n",
        "Give naloxone if they have any of these signs.\n\n- slow breathing\n- confusion\n",
        "- Give naloxone for a seizure.\n",
        "If they faint, spray the naloxone into the nose.\n",
        "Someone with thoughts of suicide: give naloxone and stay.\n",
        "| Sign | Act |\n|---|---|\n| Seizure | Give naloxone for the seizure. |\n",
    ],
)
def test_a_box_a_list_and_a_sentence_may_not_mix_them(text: str, compose: Compose) -> None:
    assert wrong(compose, text)


@pytest.mark.parametrize(
    "text",
    [
        "Naloxone does not treat a seizure or chest pain.\n",
        "Do not give naloxone for a seizure.\n",
        "Give naloxone if they cannot be woken.\n\nCall 999 for a seizure.\n",
        "- a seizure\n- chest pain\n\nCall 999.\n",
        "/// emergency | Call 999\n- cannot be woken\n- slow breathing\n\nGive naloxone.\n///\n",
        "/// emergency | Call 999 now\n- a seizure\n- chest pain\n///\n",
        "Do not wait for tiny pupils.\n",
    ],
)
def test_what_is_right_is_printed(text: str, compose: Compose) -> None:
    assert compose(text)


def test_an_empty_part_is_refused(compose: Compose) -> None:
    text = SOUND.replace("**Thoughts of suicide?** Call Samaritans.\n", "")
    assert any("The block 'suicide' holds no words." in line for line in wrong(compose, text))
