"""One row of a roster, read into what a clinic's file would say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from foldwell.content.formulas import NOT_CALCULATED
from foldwell.content.roster_cells import EMPTY, phones_in, postcode_of, slug_of, spoilt, tags_in
from foldwell.content.roster_columns import COLUMNS, Column, plain
from foldwell.content.spreadsheet import Sheet, letters
from foldwell.content.tidyings import Tidyings
from foldwell.content.values import slug_problem
from foldwell.content.yaml_text import Path
from foldwell.errors import FoldwellError, Place

ALIKE = 0.85
"""Two names as like as this, with one phone and one postcode, are one clinic."""
CERTAIN_OTHERWISE = ("brand", "region")
"""What a row need not say where only one thing can be meant."""
TWICE = "This clinic stands twice"


@dataclass(frozen=True)
class RowText:
    """What a row says: as ``YamlText``, with the cell of every fact."""

    value: dict[str, Any]
    places: dict[Path, Place]
    path: str
    columns: Mapping[str, Column] = field(repr=False)

    def place(self, at: Path) -> Place:
        """The cell of the nearest known fact on the way to ``at``."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.places:
                return self.places[at[:length]]
        return Place(self.path)

    def known(self) -> dict[Path, Place]:
        """The place of each fact."""
        return self.places

    def absent(self, at: Path) -> FoldwellError:
        """What there is to say of a fact that is not given."""
        key = ".".join(map(str, at))
        column = self.columns.get(key)
        if column is None:
            hint = f"Add a column '{COLUMNS.get(key, (key,))[0].capitalize()}'."
            return FoldwellError(f"'{key}' is missing.", self.place(at[:-1]), hint)
        row = self.place(())
        words = f"{row.cell}, column {letters(column.number)} ({column.heading})"
        place = Place(row.path, row.line, column.number, cell=words)
        return FoldwellError(f"'{key}' is missing.", place, "Fill in this cell.")


class Row:
    """Reads one row."""

    def __init__(
        self, sheet: Sheet, number: int, cells: tuple[str, ...], columns: list[Column],
        tidyings: Tidyings,
    ) -> None:  # fmt: skip
        self.number = number
        self.errors: list[FoldwellError] = []
        self._sheet, self._tidyings = sheet, tidyings
        self._cells: dict[str, tuple[Column, str]] = {}
        known = {column.key: column for column in columns if column.key}
        row = sheet.place(number)
        self.source = RowText({}, {(): row}, sheet.path, known)
        self._phones: list[tuple[Column, str, str]] = []
        for column in columns:
            text = cells[column.number - 1] if column.number <= len(cells) else ""
            if column.key and (text := self._sound(column, text)):
                self._take(column, text)
        self._refuse_overhang(cells, columns)
        self._address()
        self._put_phones()
        self.name = plain(str(self.source.value.get("name", "")))
        self.slug = self._slug()
        value = self.source.value
        self.where = plain(" ".join(value.get("address", ())))
        phone = re.sub(r"\D", "", str(value.get("phone", "")))
        self.reach = (phone, self.postcode)

    def _sound(self, column: Column, text: str) -> str:
        text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines()).strip()
        if text.casefold() in EMPTY:
            return ""
        if text == NOT_CALCULATED and column.key in CERTAIN_OTHERWISE:
            self._note(column, "No program has calculated the formula here: it is read as empty.")
            return ""
        if text and (problem := spoilt(text)):
            self._wrong(column, column.key, *problem)
        return text

    def _wrong(self, column: Column, key: str, what: str, hint: str) -> None:
        sentence = f"'{key}': {what}."
        self.errors.append(
            FoldwellError(
                sentence, self._place(column), f"{hint[:1].upper()}{hint[1:]}".rstrip(".") + "."
            )
        )

    def _place(self, column: Column) -> Place:
        return self._sheet.place(self.number, column.number, column.heading)

    def _note(self, column: Column, message: str, hint: str = "") -> None:
        self._tidyings.note("D8", message, self.number, hint=hint, place=self._place(column))

    def _put(self, at: tuple[str | int, ...], value: Any, column: Column) -> None:
        inner: Any = self.source.value
        place = self._place(column)
        for key in at[:-1]:
            inner = inner.setdefault(key, {})
            self.source.places.setdefault(at[:1], place)
        inner[at[-1]] = value
        self.source.places[at] = place

    def _take(self, column: Column, text: str) -> None:
        key, _, part = column.key.partition(".")
        if key in ("phone", "phones"):
            for label, number in phones_in(text):
                self._phones.append((column, label or part, number))
        elif key in ("address", "town", "county", "postcode", "id"):
            self._cells[column.key] = column, text
        elif key == "tags":
            tags = [*self.source.value.get("tags", ()), *tags_in(text)]
            self._put(("tags",), tuple(dict.fromkeys(tags)), column)
        elif key == "without":
            names = re.split(r"[,;|\s]+", text)
            self._put((key,), tuple(name.replace("-", "_") for name in names if name), column)
        elif key == "brand":
            self._put((key,), slug_of(text) or text, column)
        elif part:
            self._put((key, " ".join(part.split())), text, column)
        else:
            lines = key in ("hours",)
            self._put((key,), text if lines else " ".join(text.split("\n")), column)

    def _put_phones(self) -> None:
        """The first number of the main column is the main one, the others are further ones."""
        further: list[dict[str, str]] = []
        for column, label, number in self._phones:
            if column.key == "phone" and "phone" not in self.source.value:
                self._put(("phone",), number, column)
                if label:
                    self._note(column, f"'{label}' beside the main phone is not printed.")
                continue
            entry = {"phone": number} | ({"label": label} if label else {})
            self.source.places[("phones", len(further))] = self._place(column)
            further.append(entry)
        if further:
            self.source.value["phones"] = tuple(further)
            self.source.places[("phones",)] = self.source.places[("phones", 0)]

    def _address(self) -> None:
        """The lines of the address, the postcode behind them as its country writes it."""
        lines: list[str] = []
        first: Column | None = None
        for key in ("address", "address.1", "address.2", "address.3", "address.4", "town"):
            if key in self._cells:
                column, text = self._cells[key]
                first = first or column
                apart = "\n" if "\n" in text or key != "address" else ","
                parts = text.split(apart)
                lines += [part.strip(" ,") for part in parts if part.strip(" ,")]
        county, postcode = self._cells.get("county"), self._cells.get("postcode")
        self.postcode = ""
        last = county[1] if county else ""
        if postcode:
            column, text = postcode
            self.postcode = postcode_of(text)
            if self.postcode != text:
                self._note(column, "The postcode was written as the post writes it.")
            first = first or column
        if county and re.fullmatch(r"[A-Z]{2}", last) and lines and self.postcode:
            lines[-1] = f"{lines[-1]}, {last} {self.postcode}"  # as in the United States
        else:
            told = plain(" ".join(lines))
            lines += [part for part in (last, self.postcode) if part and plain(part) not in told]
        if lines and first:
            self._put(("address",), tuple(lines), first)

    def _slug(self) -> str:
        """What the clinic is called in paths: its id if the sheet has one, else its name."""
        name = self._cells.get("id")
        column = name[0] if name else self.source.columns["name"]
        text = name[1] if name else str(self.source.value.get("name", ""))
        if not text:
            self.errors.append(self.source.absent(("name",)))
            return f"row-{self.number}"
        slug = slug_of(text)
        if any(error.place == self._place(column) for error in self.errors):
            return slug or f"row-{self.number}"
        if problem := slug_problem(slug):
            self._wrong(column, "id" if name else "name", f"no name for files can be made of it"
                        f" ({problem})", "give the clinic an id, in a column 'Id'")  # fmt: skip
            return f"row-{self.number}"
        return slug

    def _refuse_overhang(self, cells: tuple[str, ...], columns: list[Column]) -> None:
        last = max(column.number for column in columns)
        beyond = [number for number, cell in enumerate(cells, 1) if number > last and cell.strip()]
        if beyond and not self._sheet.name:
            self.errors.append(
                FoldwellError(
                    "This row has more cells than there are headings.",
                    self._sheet.place(self.number, beyond[0]),
                    "Put a cell in quotes if it holds the sign that parts cells.",
                )
            )

    def is_like(self, other: Row) -> bool:
        """Whether two rows of one phone and postcode name one clinic."""
        return SequenceMatcher(None, self.name, other.name).ratio() >= ALIKE

    def says_the_same(self, other: Row) -> bool:
        """Whether a patient who is told either of two rows gets to the same place."""
        mine = (self.name, self.where, self.reach)
        return mine == (other.name, other.where, other.reach)

    def twice(self, first: Row) -> FoldwellError:
        """What there is to say of a row that says again what another has said."""
        return FoldwellError(
            f"{TWICE}; the first is in {first.source.place(()).cell}.",
            self.source.place(("name",)),
            "Delete one of the rows.",
        )

    def unclear(self, first: Row) -> FoldwellError:
        """What there is to say of two rows of one slug that are not the same clinic."""
        if (self.name, self.where) == (first.name, first.where):
            return FoldwellError(
                f"This clinic stands in {first.source.place(()).cell} too, with another phone.",
                self.source.place(("phone",)),
                "Delete the row that is wrong.",
            )
        return FoldwellError(
            f"Two clinics would be called '{self.slug}': this one and that in"
            f" {first.source.place(()).cell}.",
            self.source.place(("name",)),
            "Give each of them an id of its own, in a column 'Id'.",
        )
