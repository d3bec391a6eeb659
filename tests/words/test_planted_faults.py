"""Faults planted in the leaflets, one at a time: which ones a rule refuses, and which none can see.

A rule knows words, not medicine. ``UNSEEN`` says honestly what still passes every rule and is left
to the clinician who reads the leaflet; a fault that a rule comes to see has to move up.
"""

from dataclasses import replace

import pytest
from own_words import ROOT, edition_of, plain

from foldwell.check.sources import check_sources, find_never
from foldwell.content.edition import Edition
from foldwell.content.evidence import read_words
from foldwell.content.library import Library
from foldwell.errors import Mistakes
from foldwell.typeset.compose import compose_web

WORDS = read_words(ROOT)

KR, GW, SS = "kratom-opioid-withdrawal", "getting-through-withdrawal", "safe-storage"
SB, UN, TC = "starting-buprenorphine", "using-naloxone", "treatment-card"
SM, PO, SK = "starting-methadone", "pregnancy-and-opioids", "stopping-kratom"
LP, MS = "leaving-prison-or-hospital", "mixing-alcohol-and-sedatives"

SEEN = [
    # A sign in the wrong group
    (KR, "Other signs are gurgling,", "Other signs are a seizure, gurgling,"),
    (GW, "Other signs are gurgling,", "Other signs are chest pain, gurgling,"),
    (SB, "Other signs are gurgling,", "Other signs are fainting, gurgling,"),
    (UN, "Other signs are gurgling,", "Other signs are confusion, gurgling,"),
    (SM, "Other signs are gurgling,", "Other signs are a racing heartbeat, gurgling,"),
    (PO, "Other signs are gurgling", "Other signs are heavy bleeding, gurgling"),
    (LP, "seizure, chest pain,", "seizure, thoughts of suicide, chest pain,"),
    (SK, "Naloxone\ndoes not treat these signs", "Give naloxone\nfor these signs"),
    (MS, "but do not wait for tiny pupils", "or thoughts of suicide"),
    (GW, "Other signs are gurgling, blue or {{ region.words.gray }} lips and tiny pupils",
     "They have tiny pupils"),
    (UN, "/// suicide\n", "/// suicide\nGive them naloxone.\n"),
    (SS, "if they cannot be woken, or breathe slowly, in gasps or not at all", "to be sure"),
    (GW, "- **Rest** in a quiet place", "- **Give naloxone** for a seizure, and rest"),
    # A dropped 'not', or a sentence that fell out
    (KR, "has **not** been shown to be safe", "has been shown to be safe"),
    (PO, "**Do not stop opioids suddenly.**", "**Stop opioids suddenly.**"),
    (SB, "Do not stop it suddenly", "Stop it suddenly"),
    (SS, "Do not make them sick, and give nothing", "Make them sick, and give something"),
    (SS, "even if the child looks well", "if the child looks unwell"),
    (UN, "It does not harm a person", "It does harm a person"),
    (UN, "or only gasp now and then", "or stop breathing"),
    (UN, "It wears off, and the overdose can come back.", "It wears off."),
    (SB, "do not take extra to make up for it", "take extra to make up for it"),
    (SM, "take none until you have spoken to us", "take half until you have spoken to us"),
    (PO, "Do not take less to protect your baby", "Take less to protect your baby"),
    (LP, "is not a safe amount", "is a safe amount"),
    (MS, "do not stop them suddenly either", "you can stop them suddenly"),
    (KR, "Do not stop kratom\nalone either.", "Kratom is safe in pregnancy."),
    # A dose, a taper, false comfort, a word that hurts
    (SB, "**Let it dissolve fully.**", "**Put 8 mg under your tongue.**"),
    (GW, "Take no more of it,", "Take two tablets,"),
    (SM, "{{ region.texts.naloxone.text }}", "Take 10 ml a day. {{ region.texts.naloxone.text }}"),
    (SK, "1. **Talk with us**", "1. **Cut it down by 10% a week**, then talk with us"),
    (LP, "- **Do not use alone,**", "- **Start with a small dose, and do not use alone,**"),
    (KR, "We can help you stop.", "Kratom is a natural remedy."),
    (SK, "We can still help you,", "Kratom is a safer alternative,"),
    (SM, "Methadone eases", "Methadone is safe and eases"),
    (PO, "Many babies have withdrawal,", "Many babies are born addicted,"),
    (LP, "Ask the team", "Ask the team, for inmates"),
    # A swapped region
    (KR, "We can help you stop.", "Call 911."),
    (GW, "**Rest** in a quiet place", "**Call 988,** and rest in a quiet place"),
    (MS, "Alcohol\ncounts too", "Medicaid\ncounts too"),
    # A source that is wrong, unknown or lost
    (KR, "fewer die of overdose [@santo2021; @sordo2017]", "fewer die of overdose [@mattick2014]"),
    (GW, "goes up again [@cornish2010; @sordo2017]", "goes up again [@carville2022]"),
    (PO, "[@nysdoh_preg2021; @mothertobaby_methadone]", "[@nice_cg52]"),
    (UN, "[@cdc_naloxone_faq; @stopthedeaths]", "[@olsen2019]"),
    (SB, "constipation are common.", "constipation are common [@bop_precip]."),
    (MS, "[@mhra_pregabalin; @fda_gabapentinoids2019]", ""),
    (GW, "for withdrawal [@fda_kratom; @nccih_kratom]", "for withdrawal"),
    (MS, "diazepam, alprazolam", "sertraline, alprazolam"),
    (MS, "promethazine", "loratadine"),
    (TC, "[@crediblemeds_methadone; @nida_bupstart]", "[@schimmel2020]"),
]  # fmt: skip
"""Leaflet, what stands there, what is planted; each for the clinic of the United Kingdom."""

UNSEEN = [
    (GW, "6 to 24 hours", "2 to 24 hours", "a number in a timeline"),
    (KR, "In 11 US cases all", "In 12 US cases all", "a number that the source gives"),
    (UN, "and watch every breath", "and give them water", "bad advice in words of no list"),
    (SB, "- yellow eyes or skin, or dark urine\n", "", "a sign that fell out of a list"),
    (PO, "not advised now", "not advised now, but a good idea later",
     "a sentence that goes on after what it must say"),
    (SM, "though this is rare", "and this is common", "how often something happens"),
    (LP, "- you have nowhere to sleep\n", "", "a sign that fell out of a list"),
    (SK, "[@fda_kratom; @smith_kud_review]", "", "the next marker of its paragraph covers it"),
    (MS, "zopiclone, zolpidem", "zopiclone, zolpidem, cetirizine", "one medicine too many"),
    (SS, "I count my doses", "I guess my doses", "one word for another in a checklist"),
]  # fmt: skip
"""The same, and why no rule can see it."""


def complaints(edition: Edition) -> list[str]:
    """What the rules say against an edition."""
    try:
        page = plain(compose_web(edition))
    except Mistakes as mistakes:
        return [error.message for error in mistakes.errors]
    never = find_never(page, edition.leaflet.slug, edition.clinic.region, WORDS.never)
    return [*(why for _, why in never), *map(str, check_sources(edition, WORDS))]


def planted(own: Library, leaflet: str, before: str, after: str) -> Edition:
    """An edition with a fault in it."""
    edition = edition_of(own, leaflet, "hollin-lane")
    text = edition.leaflet.text
    assert before in text, "the words to be spoiled are no longer there"
    return replace(edition, leaflet=replace(edition.leaflet, text=text.replace(before, after)))


def test_there_are_enough() -> None:
    assert len(SEEN) >= 40
    assert {fault[0] for fault in SEEN} == {KR, GW, SS, SB, UN, TC, SM, PO, SK, LP, MS}


@pytest.mark.parametrize(("leaflet", "before", "after"), SEEN)
def test_a_planted_fault_is_refused(leaflet: str, before: str, after: str, own: Library) -> None:
    assert complaints(planted(own, leaflet, before, after))


@pytest.mark.parametrize(("leaflet", "before", "after", "why"), UNSEEN)
def test_what_no_rule_can_see_is_listed(
    leaflet: str, before: str, after: str, why: str, own: Library
) -> None:
    assert why
    assert complaints(planted(own, leaflet, before, after)) == []
