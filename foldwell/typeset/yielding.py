"""Giving way: what a format leaves out, piece by piece, before a clinic's facts fail to fit it.

A template gives a piece the class ``gives-NAME``; a format's row says in which order pieces go.
The name of the clinic, its phone and the emergency number have no such class anywhere, and what
is left out of a small format stands on the sheets and on the web page.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET

from foldwell.typeset.measures import classes_of

PIECES = {
    "line-notes": "what the help lines are for",
    "feedback": "how to say what one thinks of the leaflet",
    "other-formats": "how to get other formats",
    "authors": "who wrote it",
    "interests": "conflicts of interest and funding",
    "roles": "the roles of the reviewers",
    "facts": "further facts of the clinic",
    "night-note": "the note to the number for nights and weekends",
    "fax": "the fax number",
    "website": "the address of the website, beside its QR code",
    "email": "the e-mail address",
    "hours": "the opening hours",
    "address": "the postal address",
    "sources": "the sources",
    "logo": "the logo",
}
"""For each piece that may be left out, how a message names it."""
COMPACT = (
    ".block-contact { --body: 10.5pt; --leading: 13pt; font-size: 10.5pt; line-height: 13pt; }\n"
    ".about, .sources { font-size: 9pt; line-height: 1.2; }\n"
    ".card-call { font-size: 9pt; line-height: 1.2; }\n"
    ".card-call br { display: none; }\n"
    ".poster-call { font-size: 20pt; }\n"
)
"""The clinic's facts in the smallest type that is still legal (rules L1 and L2)."""


def without(root: ET.Element, names: tuple[str, ...]) -> ET.Element:
    """A tree without some pieces; the tree itself if there are none to leave out."""
    if not names:
        return root
    wanted = {f"gives-{name}" for name in names}
    if "sources" in names:
        wanted.add("cite")  # what leads to them
    pruned = copy.deepcopy(root)
    for parent in list(pruned.iter()):
        for child in [child for child in parent if classes_of(child) & wanted]:
            index = list(parent).index(child)
            if child.tail:
                if index:
                    before = parent[index - 1]
                    before.tail = (before.tail or "") + child.tail
                else:
                    parent.text = (parent.text or "") + child.tail
            parent.remove(child)
    return pruned


def present(root: ET.Element, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some pieces that a tree holds."""
    held = {name for element in root.iter() for name in classes_of(element)}
    return tuple(name for name in names if f"gives-{name}" in held)
