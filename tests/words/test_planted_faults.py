"""Faults planted in the leaflets, one at a time: which ones a rule refuses, and which none can see.

A rule knows words, not medicine. ``UNSEEN`` says honestly what still passes every rule and is left
to the clinician who reads the leaflet; a fault that a rule comes to see has to move up.
"""

from dataclasses import replace

import pytest
from own_words import ROOT, edition_of, plain

from foldwell.check.sources import find_never
from foldwell.check.wording.table import check_claims
from foldwell.content.edition import Edition
from foldwell.content.evidence import read_words
from foldwell.content.library import Library
from foldwell.errors import Mistakes
from foldwell.typeset.compose import compose_web

WORDS, _ = read_words(ROOT)

KR, GW, SS = "kratom-opioid-withdrawal", "getting-through-withdrawal", "safe-storage"
SB, UN, TC = "starting-buprenorphine", "using-naloxone", "treatment-card"
SM, PO, SK = "starting-methadone", "pregnancy-and-opioids", "stopping-kratom"
LP, MS = "leaving-prison-or-hospital", "mixing-alcohol-and-sedatives"

SEEN = [
    # A sign in the wrong group
    (KR, "Other signs are gurgling,", "Other signs are a seizure, gurgling,", "door"),
    (GW, "Other signs are gurgling,", "Other signs are chest pain, gurgling,", "door"),
    (SB, "Other signs are gurgling,", "Other signs are fainting, gurgling,", "door"),
    (UN, "Other signs are gurgling,", "Other signs are confusion, gurgling,", "door"),
    (SM, "Other signs are gurgling,", "Other signs are a racing heartbeat, gurgling,", "door"),
    (PO, "lips are a sign too", "lips and heavy bleeding are signs too", "door"),
    (LP, "seizure, chest pain,", "seizure, thoughts of suicide, chest pain,", "C5 door"),
    (SK, "Naloxone does not treat these signs", "Give naloxone for these signs", "C2 door"),
    (MS, "but do not wait for tiny pupils", "or thoughts of suicide", "C2 C5 door"),
    (GW, "Other signs are gurgling, blue or {{ region.words.gray }} lips and tiny pupils",
     "They have tiny pupils", "door"),
    (UN, "/// suicide\n", "/// suicide\nGive them naloxone.\n", "door"),
    (SS, "if they cannot be woken, or breathe slowly, in gasps or not at all", "to be sure",
     "C5 door"),
    (GW, "- **Rest** in a quiet place", "- **Give naloxone** for a seizure, and rest", "C3 door"),
    # A dropped 'not', or a sentence that fell out
    (KR, "has **not** been shown to be safe", "has been shown to be safe", "C5"),
    (PO, "**Do not stop opioids suddenly.**", "**Stop opioids suddenly.**", "C5"),
    (SB, "Do not stop it suddenly", "Stop it suddenly", "C5"),
    (SS, "Do not make them sick, and give nothing", "Make them sick, and give something", "C3 C5"),
    (SS, "even if the child looks well", "if the child looks unwell", "C5"),
    (SS, "I count my doses", "I guess my doses", "C5"),
    (UN, "and watch every breath", "and give them water", "C5"),
    (UN, "It does not harm a person", "It does harm a person", "C2 C5"),
    (UN, "or only gasp now and then", "or stop breathing", "C5"),
    (UN, "It wears off, and the overdose can come back.", "It wears off.", "C5"),
    (SB, "take no extra, and call us", "take extra, and call us", "C5"),
    (SM, "take none until you have spoken to us", "take half until you have spoken to us", "C5"),
    (PO, "Do not take less to protect your baby", "Take less to protect your baby", "C5"),
    (LP, "is not a safe amount", "is a safe amount", "C5"),
    (MS, "do not stop them suddenly either", "you can stop them suddenly", "C5"),
    (KR, "do not stop opioids, your medicine or kratom on your own", "stop kratom on your own",
     "C5"),
    (KR, "7 to 10 days\nwithout opioids", "some days\nwithout opioids", "C5"),  # in folds
    (PO, "do not skip a dose, but ask", "skip a dose, and ask", "C1 C5"),  # in longer formats
    # A dose, a taper, false comfort, a word that hurts
    (SB, "**Let it dissolve fully.**", "**Put 8 mg under your tongue.**", "C3 C5"),
    (GW, "Take no more of it,", "Take two tablets,", "C3 C5"),
    (SM, "{{ region.texts.naloxone.text }}", "Take 10 ml a day. {{ region.texts.naloxone.text }}",
     "C3"),
    (SK, "1. **Talk with us**", "1. **Cut it down by 10% a week**, then talk with us", "C3"),
    (LP, "- **Do not use alone,**", "- **Start with a small dose, and do not use alone,**", "C3"),
    (KR, "We can help you stop.", "Kratom is a natural remedy.", "C3"),
    (SK, "We can still help you,", "Kratom is a safer alternative,", "C3"),
    (SM, "Methadone eases", "Methadone is safe and eases", "C3"),
    (PO, "Many babies have withdrawal,", "Many babies are born addicted,", "C3 C5"),
    (LP, "Ask the team", "Ask the team, for inmates", "C3"),
    # A swapped region
    (KR, "We can help you stop.", "Call 911.", "C3"),
    (GW, "**Rest** in a quiet place", "**Call 988,** and rest in a quiet place", "C3"),
    (MS, "Alcohol\ncounts too", "Medicaid\ncounts too", "C2 C3 C5"),
    # A source that is wrong, unknown or lost
    (KR, "fewer die of overdose [@santo2021; @sordo2017]", "fewer die of overdose [@mattick2014]",
     "C2"),
    (GW, "goes up again [@cornish2010; @sordo2017]", "goes up again [@carville2022]", "C2"),
    (PO, "risks overdose\n[@nysdoh_preg2021; @samhsa_preg_advisory2023]",
     "risks overdose [@olsen2019]",
     "C2"),
    (UN, "@aha_lay_opioid in us", "@aha_lay_opioid", "C2"),
    (UN, "[@cdc_naloxone_faq; @stopthedeaths]", "[@olsen2019]", "C2"),
    (SB, "constipation are common.", "constipation are common [@bop_precip].", "C2"),
    (MS, "[@mhra_pregabalin; @fda_gabapentinoids2019]", "", "C1"),
    (GW, "for withdrawal [@fda_kratom; @nccih_kratom]", "for withdrawal", "C1"),
    (MS, "diazepam, alprazolam", "sertraline, alprazolam", "C2"),
    (MS, "promethazine", "loratadine", "C2"),
    (TC, "[@crediblemeds_methadone; @nida_bupstart]", "[@schimmel2020]", "C2"),
]  # fmt: skip
"""Leaflet, what stands there, what is planted, which rules see it; for the British clinic."""

UNSEEN = [
    (GW, "6 to 24 hours", "2 to 24 hours", "a number in a timeline"),
    (KR, "In 11 US cases all", "In 12 US cases all", "a number that the source gives"),
    (UN, "Push on the chest, and", "Push on the chest now and then, and",
     "bad advice in words of no list"),
    (SB, "- yellow eyes or skin, or dark urine\n", "", "a sign that fell out of a list"),
    (PO, "not advised now", "not advised now, but a good idea later",
     "a sentence that goes on after what it must say"),
    (SB, "and constipation are common", "and constipation are rare", "how often something happens"),
    (SS, "@nhs_poisoning in uk", "@nhs_poisoning in us", "instructions need no source"),
    (LP, "- you have nowhere to sleep\n", "", "a sign that fell out of a list"),
    (SK, "[@fda_kratom; @smith_kud_review]", "", "the next marker of its paragraph covers it"),
    (MS, "zopiclone, zolpidem", "zopiclone, zolpidem, cetirizine", "one medicine too many"),
    (SS, "and tell you if any are missing", "and forget the rest", "other words in a checklist"),
]  # fmt: skip
"""The same, and why no rule can see it."""


def complaints(edition: Edition) -> set[str]:
    """The rules that an edition breaks; ``door`` stands for what is refused when it is read."""
    broken = {finding.rule for finding in check_claims(edition)}
    try:
        page = plain(compose_web(edition))
    except Mistakes:
        return broken | {"door"}
    never = find_never(page, edition.leaflet.slug, edition.clinic.region, WORDS.never)
    return broken | ({"C3"} if never else set())


def planted(own: Library, leaflet: str, before: str, after: str) -> Edition:
    """An edition with a fault in it."""
    edition = edition_of(own, leaflet, "hollin-lane")
    text = edition.leaflet.text
    assert before in text, "the words to be spoiled are no longer there"
    return replace(edition, leaflet=replace(edition.leaflet, text=text.replace(before, after)))


def test_there_are_enough() -> None:
    assert len(SEEN) >= 40
    assert {fault[0] for fault in SEEN} == {KR, GW, SS, SB, UN, TC, SM, PO, SK, LP, MS}


def test_without_a_fault_no_rule_is_broken(own: Library) -> None:
    for leaflet in {fault[0] for fault in SEEN}:
        assert complaints(edition_of(own, leaflet, "hollin-lane")) == set(), leaflet


@pytest.mark.parametrize(("leaflet", "before", "after", "rules"), SEEN)
def test_a_planted_fault_is_refused(
    leaflet: str, before: str, after: str, rules: str, own: Library
) -> None:
    """By just these rules: without them, the fault would be printed and this test would fail."""
    assert complaints(planted(own, leaflet, before, after)) == set(rules.split())


@pytest.mark.parametrize(("leaflet", "before", "after", "why"), UNSEEN)
def test_what_no_rule_can_see_is_listed(
    leaflet: str, before: str, after: str, why: str, own: Library
) -> None:
    assert why
    assert complaints(planted(own, leaflet, before, after)) == set()
