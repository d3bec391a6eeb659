"""Thirty doses that differ in two places of a leaflet, all found; and none where they agree.

Each text says a thing twice, in other words and in another place, with ``{}`` for its number. What
is planted is another number in the second place.
"""

import pytest
from test_wording import reading

from foldwell.check.wording.table import check_wording
from foldwell.content.library import Library

PLANTED = {
    "a limit a day": ("Take no more than {} tablets in 24 hours.",
                      "Never take more than {} tablets in 24 hours.", "8", "6"),
    "a weight a day": ("Take at most {} g of paracetamol a day.",
                       "You can take up to {} g of paracetamol a day.", "4", "3"),
    "a pause between doses": ("Wait at least {} hours between doses.",
                              "Leave at least {} hours between doses.", "4", "6"),
    "how often": ("Take one dose every {} hours.",
                  "You take a dose every {} hours, also at night.", "4", "6"),
    "at a time": ("Take {} tablets at a time.", "At night you take {} tablets at a time.", "2",
                  "3"),
    "a range": ("Give naloxone again after {} minutes.",
                "Give naloxone again after {} minutes if they are no better.", "2 to 3", "3 to 5"),
    "a range and a number": ("Give naloxone again after {} minutes.",
                             "If they do not breathe, give naloxone again after {} minutes.",
                             "2 to 3", "5"),
    "in a list": ("Take up to {} capsules a day.",
                  "- up to {} capsules a day\\n- plenty of water", "6", "8"),
    "in a table": ("| medicine | most |\\n|---|---|\\n| codeine | up to {} mg a day |",
                   "Take up to {} mg of codeine a day.", "240", "200"),
    "in a heading's section": ("## Ibuprofen\\n\\nTake up to {} mg of ibuprofen a day.",
                               "## Safety\\n\\nMore than {} mg of ibuprofen a day is unsafe.",
                               "1,200", "2,400"),
    "with commas": ("Take at most {} mg of paracetamol in 24 hours.",
                    "Do not take more than {} mg of paracetamol in 24 hours.", "4,000", "3,000"),
    "as a word": ("Take no more than {} tablets a day.",
                  "The limit is {} tablets a day.", "eight", "6"),
    "two words": ("Take up to {} sprays a day.", "Use up to {} sprays a day.", "four", "two"),
    "a decimal": ("Take up to {} mg of buprenorphine a day.",
                  "You may take up to {} mg of buprenorphine a day.", "0.8", "8"),
    "millilitres": ("Take up to {} ml of methadone a day.",
                    "Never more than {} ml of methadone a day.", "30", "40"),
    "millilitre, spelled": ("Take {} ml at a time.", "Measure {} millilitres at a time.", "5",
                            "10"),
    "micrograms": ("Use up to {} micrograms a day.", "The most is {} micrograms a day, whatever"
                   " happens.", "200", "400"),
    "patches": ("Wear up to {} patches at a time.", "Never wear more than {} patches at a time.",
                "1", "2"),
    "puffs": ("Take up to {} puffs at a time.", "Never take more than {} puffs at a time.", "2",
              "4"),
    "drops": ("Use {} drops each time.", "Put in {} drops each time.", "3", "1"),
    "in a box": ("/// warning | Not too much\\nNo more than {} doses in 24 hours.\\n///",
                 "You can have up to {} doses in 24 hours.", "2", "4"),
    "in a step": ("/// steps | What to do\\n1. Spray {} doses at once.\\n///",
                  "Spray {} doses at once if they snore.", "1", "2"),
    "for so long": ("Take it for up to {} days, then call us.",
                    "Take it for up to {} days only.", "14", "7"),
    "start after": ("Start naltrexone only after {} days without opioids.",
                    "Wait {} days without opioids before you start naltrexone.", "7 to 10", "14"),
    "a pause, said otherwise": ("Leave {} hours between doses.",
                                "Keep doses {} hours apart.", "6", "4"),
    "children alone": ("Children over 12 take up to {} tablets a day.",
                       "Children over 12 may take up to {} tablets a day.", "4", "6"),
    "adults alone": ("Adults take up to {} tablets a day.",
                     "For adults the limit is {} tablets a day.", "8", "6"),
    "a strength and a pause": ("Take one 10 mg tablet every {} hours for pain.",
                               "For pain, take one 10 mg tablet every {} hours.", "8", "6"),
    "a medicine of a section": ("Loperamide: take up to {} mg a day.",
                                "Take up to {} mg of loperamide a day.", "8", "16"),
    "per day": ("Have at most {} units per day.", "Have no more than {} units per day.", "4", "14"),
}  # fmt: skip


def found(library: Library, *said: str) -> list[str]:
    text = "\n\nRest, and drink water.\n\n".join(said).replace("\\n", "\n")
    return [str(one) for one in check_wording(reading(library, text), ["T22"])]


def test_thirty_are_planted() -> None:
    assert len(PLANTED) == 30


@pytest.mark.parametrize("name", PLANTED)
def test_a_dose_that_differs_is_found_and_one_that_agrees_is_not(
    name: str, library: Library
) -> None:
    first, second, number, other = PLANTED[name]
    told = found(library, first.format(number), second.format(other))
    assert len(told) == 1 and number in told[0] and other in told[0], told
    assert found(library, first.format(number), second.format(number)) == []
