"""Characters that no value may hold: those that nobody sees, and that hide or re-order words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from foldwell.fonts import printable_characters

# Controls, zero-width and direction characters, private use, surrogates, the byte order mark.
_FORBIDDEN_CATEGORIES = frozenset(["Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"])
_SUSPECT = re.compile("[^\n\t -~]")
"""What is neither ASCII that can be seen nor one of the two controls that a text may hold."""
JOINERS = frozenset("\u200c\u200d")
"""Zero-width non-joiner and joiner: they choose the shapes of the letters beside them."""
JOINING_SCRIPTS = frozenset(
    "ARABIC SYRIAC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM"
    " SINHALA".split()
)
"""Scripts whose spelling needs them, as the names of their letters start (Unicode 17, 9.2, 12)."""


@cache
def unspaced() -> re.Pattern[str]:
    """A letter of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Kana, Han."""
    ranges = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    return re.compile(f"[{ranges}]")


def forbidden_character(text: str) -> tuple[int, str] | None:
    """The first character that could hide or re-order words: its index and its name."""
    for match in _SUSPECT.finditer(text):
        index, character = match.start(), match.group()
        if character in JOINERS and _joins(text[index - 1 : index], text[index + 1 : index + 2]):
            continue
        if unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
            name = unicodedata.name(character, "control or unassigned character")
            return index, f"U+{ord(character):04X} {name.lower()}"
    return None


def _joins(before: str, after: str) -> bool:
    """Whether a joiner stands between two letters or marks of one script that needs it."""
    script = _script(before)
    return script in JOINING_SCRIPTS and script == _script(after)


def _script(character: str) -> str:
    """The first word of a letter's or mark's name, which is that of its script."""
    if unicodedata.category(character or " ")[0] not in "LM":
        return ""
    return unicodedata.name(character, "").partition(" ")[0]


ICONS = {
    "💊": "pill", "💉": "syringe", "🩹": "bandage-adhesive", "🩺": "stethoscope", "🏥": "hospital",
    "🚑": "ambulance", "🚨": "alert", "🔔": "alert", "📅": "calendar", "🗓": "calendar",
    "⏰": "schedule", "🩸": "blood-drop", "💧": "treated-water", "🍎": "fruits", "🥗": "nutrition",
    "🍺": "alcohol", "🍷": "alcohol", "🚭": "smoking-cessation", "🚬": "smoking", "😴": "sleepy",
    "🤢": "nauseous", "🤮": "vomiting", "🤒": "fever", "😷": "ppe-face-mask", "🤰": "pregnant",
    "👶": "baby-0203m", "👵": "old-woman", "👴": "old-man", "🧼": "wash-hands", "🔒": "padlock",
    "📍": "geo-location", "🏠": "home", "💻": "laptop", "🔍": "magnifying-glass",
    "🔎": "magnifying-glass", "🧠": "neurology", "🦷": "tooth", "👀": "eye", "👁": "eye",
    "👂": "ear", "👃": "nose", "🚶": "walking", "🏃": "running", "🏊": "swim", "🚴": "bike",
    "🌡": "thermometer", "🧪": "test-tubes", "📖": "book", "📚": "book", "💬": "communication",
    "🗣": "communication",
    "👥": "people", "🙂": "happy", "😀": "happy", "😃": "happy", "😊": "happy", "🙁": "sad",
    "😡": "angry", "😢": "crying", "👍": "yes", "👎": "no", "💰": "money-bag",
    "👩": "woman", "🏋": "exercise", "🫁": "lungs", "🫀": "heart-organ", "🦠": "virus",
}  # fmt: skip
"""Icons that show what signs of telephones show. An icon is not read aloud, so the writer chooses
between it and words."""


def named_character(character: str) -> str:
    """A character with its number and its name: ``'😀' (U+1F600, grinning face)``."""
    name = unicodedata.name(character, "").lower()
    return f"'{character}' (U+{ord(character):04X}{', ' if name else ''}{name})"


def instead_of(character: str) -> str:
    """What to type in place of a character that no font has."""
    plain = unicodedata.normalize("NFKC", character)
    if plain == character:
        plain = "".join(
            part for part in unicodedata.normalize("NFD", character)
            if not unicodedata.combining(part)
        )  # fmt: skip
    if plain != character and plain.strip() and set(plain) <= printable_characters():
        return f"Type '{plain}', if that means the same."
    icon = ICONS.get(character)
    if icon:
        return f"Write it in words, or put the icon ':{icon}:' beside words that say the same."
    return "Write it in words, or use an icon such as ':yes:'."
