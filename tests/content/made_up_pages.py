"""Pages made up as public health services write them for their web sites, in Markdown.

Every construct that such pages hold is here once; a page is a run of them, different for each
number. The words are made up, and each stands on few pages, so that a lost one is noticed.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_STARTS = "bal cor den fis gar hol kel lin mar nor pel quin ros sil tor ven wil yar".split()
_ENDS = "adin ber cola dine esto fer gony hale ine jor kin lor mena nor oly pin rish".split()


class Page:
    """One page: its Markdown."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.number = number
        self._notes: list[str] = []
        self._ids = 0

    def word(self) -> str:
        return self.chance.choice(_STARTS) + self.chance.choice(_ENDS)

    def words(self, least: int = 3, most: int = 9) -> str:
        return " ".join(self.word() for _ in range(self.chance.randint(least, most)))

    def sentence(self) -> str:
        return f"{self.words(5, 12).capitalize()}."

    def name(self) -> str:
        self._ids += 1
        return f"part-{self._ids}"

    def note(self, text: str) -> None:
        """A line for the foot of the page."""
        self._notes.append(text)

    def text(self) -> str:
        """The whole page."""
        kinds = [*PARTS]
        self.chance.shuffle(kinds)
        half = len(kinds) // 2
        chosen = kinds[:half] if self.number % 2 else kinds[half:]
        body = "\n\n".join(part(self) for part in (*chosen, *self.chance.sample(kinds, 4)))
        title = self.chance.choice(
            (
                self.words(2, 5).capitalize(),
                f'"{self.words(1, 2).capitalize()}: {self.words(2, 4)}"',
            )
        )
        start = f"## {self.words(2, 4).capitalize()}\n\n{self.sentence()}"
        return "\n\n".join([f"---\ntitle: {title}\n---", start, body, *self._notes]) + "\n"


def relative_links(page: Page) -> str:
    return (
        f"Read about [{page.words(1, 3)}](/conditions/{page.word()}/), or"
        f" [{page.words(1, 3)}](/{page.word()}/{page.word()}.html#{page.word()})"
        f" and [{page.words(2, 2)}](/live-well/{page.word()}/?page=2)."
    )


def titled_links(page: Page) -> str:
    return (
        f"See [{page.words(1, 3)}](https://www.{page.word()}.example.org/{page.word()}/"
        f' "{page.words(2, 4)}") and [{page.word()}](/medicines/{page.word()}/'
        f" '{page.words(2, 3)}')."
    )


def reference_links(page: Page) -> str:
    one, two, three = (f"{page.word()} {page.number} {index}" for index in range(3))
    page.note(f'[{one}]: /tests/{page.word()}/ "{page.words(2, 3)}"')
    page.note(f"[{two}]: https://www.example.org/{page.word()}_({page.word()})/")
    page.note(f"[{three}]:\n  <https://www.example.org/{page.word()}>\n  '{page.words(2, 3)}'")
    return f"Ask for [{page.words(1, 2)}][{one}], a [{two}] or [{three}][]."


def anchors(page: Page) -> str:
    name = page.name()
    return (
        f"### {page.words(2, 4).capitalize()} {{#{name}}}\n\n{page.sentence()}\n"
        f"Go back to [{page.words(1, 3)}](#{name})."
    )


def attribute_lists(page: Page) -> str:
    return (
        f"{page.sentence()}\n{{: .lead }}\n\n### {page.words(2, 3).capitalize()}\n"
        f"{{: .heading-{page.word()} }}\n\n- {page.words()}\n- {page.words()}\n{{: .tick-list}}\n\n"
        f'[{page.words(2, 3)}](https://www.example.org/{page.word()}/){{:target="_blank"}}'
        f" and **{page.words(1, 2)}**{{: .nowrap}}."
    )


def inline_html(page: Page) -> str:
    return (
        f"{page.words().capitalize()}<br>{page.words()}<br />\n"
        f"{page.words()} <b>{page.words(1, 3)}</b>"
        f' <strong class="strong">{page.words(1, 2)}</strong>, <em>{page.words(1, 2)}</em> and'
        f" <i>{page.word()}</i>; H<sub>2</sub>O, 10<sup>9</sup> and the 3<sup>rd</sup>."
        f' <span class="nowrap">{page.words(2, 3)}</span>'
        f' <a href="/services/{page.word()}/">{page.words(1, 3)}</a>'
        f' <small>{page.words(2, 3)}</small> <abbr title="{page.words(2, 2)}">{page.word()}</abbr>.'
    )


def blocks_of_html(page: Page) -> str:
    return (
        f'<div class="callout callout--info" markdown="1">\n\n{page.sentence()}\n\n</div>\n\n'
        f"<p>{page.words()} <strong>{page.word()}</strong>.</p>\n\n<!-- {page.words()} -->"
    )


def entities(page: Page) -> str:
    return (
        f"{page.words(2, 4).capitalize()}&nbsp;{page.word()} &ndash; {page.words(1, 3)} &amp;"
        f" {page.word()}&hellip; 5&#160;mg, &half;, 38&deg;C, &quot;{page.words(1, 2)}&quot; and"
        f" caf&eacute; &copy; {page.word()}."
    )


def loose_lists(page: Page) -> str:
    return (
        f"{page.words(3, 5).capitalize()}:\n- {page.words()}\n- {page.words()}\n"
        f"  * {page.words()}\n"
        f"  * {page.words()}\n    + {page.words()}\n- {page.words()}"
    )


def steps(page: Page) -> str:
    return (
        f"1. {page.sentence()}\n   - {page.words()}\n   - {page.words()}\n2. {page.sentence()}\n\n"
        f"   {page.sentence()}\n3. {page.sentence()}"
    )


def steps_in_brackets(page: Page) -> str:
    return f"1) {page.sentence()}\n2) {page.sentence()}\n3) {page.sentence()}"


def pasted(page: Page) -> str:
    return (
        f"{page.words(3, 5).capitalize()}:\n\n"
        f"• {page.words()}\n• {page.words()}\n• {page.words()}\n\n"
        f"(a) {page.words()}\n(b) {page.words()}"
    )


def table(page: Page) -> str:
    rows = "\n".join(
        f"| {page.words(1, 2)} | {page.words(2, 4)} | {page.chance.randint(1, 9)} |"
        for _ in range(3)
    )
    head = f"| {page.word()} | {page.word()} | {page.word()} |\n|:---|:---:|---:|"
    return f"{head}\n{rows}\n{{: .responsive-table }}"


def bare_table(page: Page) -> str:
    return (
        f"{page.word()} | {page.word()}\n--- | ---\n{page.words(1, 3)} | **{page.words(1, 2)}**\n"
        f"{page.word()} \\| {page.word()} | [{page.word()}](/a-to-z/)"
    )


def headings_underlined(page: Page) -> str:
    first, second = page.words(2, 3).capitalize(), page.words(2, 4).capitalize()
    return f"{first}\n{'=' * len(first)}\n\n{page.sentence()}\n\n{second}\n---\n\n{page.sentence()}"


def headings_closed(page: Page) -> str:
    return (
        f"## {page.words(2, 3).capitalize()} ##\n\n{page.sentence()}\n\n"
        f"#### {page.word()}\n\n{page.sentence()}"
    )


def quotation(page: Page) -> str:
    return f"> {page.sentence()}\n> {page.sentence()}\n>\n> — {page.words(2, 2)}"


def definitions(page: Page) -> str:
    return (
        f"{page.words(1, 2).capitalize()}\n:   {page.sentence()}\n\n"
        f"{page.word().capitalize()}\n: {page.sentence()}"
    )


def footnote(page: Page) -> str:
    mark = f"n{page.name()}"
    page.note(f"[^{mark}]: {page.sentence()}")
    return f"{page.words().capitalize()}.[^{mark}]"


def addresses(page: Page) -> str:
    return (
        f"{page.words(2, 4).capitalize()}: <https://www.example.org/{page.word()}>,"
        f" https://{page.word()}.example.org/{page.word()}?utm_source=web, <team@example.org>,"
        f" [{page.words(1, 2)}](mailto:{page.word()}@example.org) or"
        f" [0113 496 0100](tel:+441134960100)."
    )


def emphasis(page: Page) -> str:
    return (
        f"**{page.words(1, 3)}:** {page.words()} __{page.words(1, 2)}__, ***{page.words(1, 2)}***,"
        f" *{page.word()}* and \\*{page.word()}\\*, 4 \\* 5.  \n{page.words()}\\\n{page.words()}."
    )


def parted(page: Page) -> str:
    return f"{page.sentence()}\n\n* * *\n\n{page.sentence()}\n\n---\n\n{page.sentence()}"


def indented(page: Page) -> str:
    return f"  {page.sentence()}\n   {page.words()}\n\n{page.sentence()}   \n"


PARTS: tuple[Callable[[Page], str], ...] = (
    relative_links, titled_links, reference_links, anchors, attribute_lists, inline_html,
    blocks_of_html, entities, loose_lists, steps, steps_in_brackets, pasted, table, bare_table,
    headings_underlined, headings_closed, quotation, definitions, footnote, addresses, emphasis,
    parted, indented,
)  # fmt: skip
"""Every construct, as a part of a page."""
