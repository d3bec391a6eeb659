"""The words of a PDF in the order in which they are read, as a reader that knows scripts has them.

A viewer takes the letters of a ligature, such as lam-alef, apart the wrong way round in a line from
right to left: they are those that stand in one and the same box. Marks may stand behind another
letter there, so that words are compared without them.
"""

import re
import unicodedata

import pypdfium2

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")


def text_of(content: bytes) -> str:
    """The text of all pages, the letters of each ligature in their order."""
    pages = []
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            text = page.get_textpage()
            signs = [
                (text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())
            ]
            told: list[str] = []
            start = 0
            while start < len(signs):
                end = start + 1
                box = signs[start][1]
                while end < len(signs) and signs[end][1] == box and _leftwards(signs[end][0]):
                    end += 1
                part = [sign for sign, _ in signs[start:end]]
                told += part[::-1] if _leftwards(part[0]) else part
                start = end
            pages.append("".join(told))
    return " ".join(pages)


def _leftwards(sign: str) -> bool:
    return bool(sign) and unicodedata.bidirectional(sign[0]) in ("R", "AL")


def words_of(text: str, latin: bool) -> list[str]:
    """Its words without marks and numbers, and if not asked for without those in Latin letters."""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if latin or unicodedata.category(sign) not in ("Mn", "Cf")
    )
    return [word for word in _WORD.findall(plain) if latin or not _LATIN.search(word)]
