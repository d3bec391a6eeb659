"""All clinics of a project: files of YAML and the roster, with what they inherit, checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

from foldwell.content.clinic import Clinic
from foldwell.content.families import NEEDED, resolve
from foldwell.content.lost_zeros import note_lost_zeros
from foldwell.content.reading import read_text
from foldwell.content.region import Region
from foldwell.content.roster import Roster, read_roster
from foldwell.content.roster_cells import country_by_address, country_called, slug_of
from foldwell.content.settings import RosterSettings
from foldwell.content.shipped_content import BRANDS, SHIPPED_REGIONS
from foldwell.content.spreadsheet import ENDINGS
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.yaml_text import Source, read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean

FOLDER = "content/clinics"


@dataclass
class Clinics:
    """What was read of the clinics.

    Attributes:
        clinics: By slug, those without a mistake.
        sources: Where each fact of a clinic stands, by slug; broken ones too.
        broken: Mistakes, by the path of a file; a row counts as the file that it stands for.
        roster: The spreadsheet, if there is one.
        parents: Slugs of those that others name as a parent and that hand out nothing themselves.
    """

    clinics: dict[str, Clinic] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    broken: dict[str, tuple[FoldwellError, ...]] = field(default_factory=dict)
    roster: Roster | None = None
    parents: frozenset[str] = frozenset()


@dataclass
class ClinicReader:
    """Reads them.

    Attributes:
        root: The project folder.
        settings: What ``build.yml`` says of the roster.
        regions: Those that were read; ``ship`` adds to them.
        brands: Slugs of the brands that can be used.
        unusable: Paths of regions and brands that have mistakes of their own.
        ship: Reads a region that is shipped.
        ship_brand: Reads a brand that is shipped.
        noting: Where to note what is read otherwise than it stands in a file.
    """

    root: File
    settings: RosterSettings
    regions: Mapping[str, Region]
    brands: Mapping[str, Any]
    unusable: Mapping[str, Any]
    ship: Callable[[str], None]
    ship_brand: Callable[[str], None]
    noting: Callable[[str], Tidyings]

    def read(self, files: list[tuple[str, str]]) -> Clinics:
        """All clinics.

        Args:
            files: The (slug, path) of each file of YAML.
        """
        found = Clinics()
        written: dict[str, Source] = {}
        for slug, path in files:
            try:
                notes = self.noting(path)
                text = read_text(self.root, path, notes)
                written[slug] = read_yaml(text, path, tidyings=notes)
            except Mistakes as mistakes:
                found.broken[path] = mistakes.errors
        if path := self._spreadsheet(found):
            roster = found.roster = read_roster(self.root, path, self.settings, self.noting(path))
            self._add(roster, written, found)
        unread = frozenset(map(file_slug, found.broken))
        if found.roster:
            unread |= found.roster.broken.keys()
        found.sources, chains, parents = resolve(written, unread)
        for slug, wrong in chains.items():
            found.broken[self._key(slug, written[slug])] = tuple(wrong)
        self._fill_rows(found)
        found.parents = frozenset(
            slug for slug in parents & found.sources.keys()
            if any(found.sources[slug].value.get(key) is None for key in NEEDED)
        )  # fmt: skip
        spoilt = found.roster.broken if found.roster else {}
        for slug, source in found.sources.items():
            if slug in found.parents and slug not in spoilt:
                continue
            errors: tuple[FoldwellError, ...] = tuple(spoilt.get(slug, ()))
            try:
                clinic = self._clinic(source)
            except Mistakes as mistakes:
                told = {error.place for error in errors}  # one mistake a cell
                errors += tuple(error for error in mistakes.errors if error.place not in told)
            if errors:
                found.broken[self._key(slug, source)] = errors
            else:
                found.clinics[slug] = clinic
        return found

    def _key(self, slug: str, source: Source) -> str:
        return source.path if source.path.endswith(".yml") else f"{FOLDER}/{slug}.yml"

    def _spreadsheet(self, found: Clinics) -> str:
        paths = [f"{FOLDER}{ending}" for ending in ENDINGS]
        there = [path for path in paths if os.path.lexists(self.root / path)]
        for path in (f"{FOLDER}.xls", f"{FOLDER}.xlsm", f"{FOLDER}.tsv", f"{FOLDER}.numbers"):
            if os.path.lexists(self.root / path):
                found.broken[path] = (
                    FoldwellError(
                        "A spreadsheet of this kind is not read.",
                        Place(path),
                        f"Save it as {' or '.join(f'clinics{e}' for e in ENDINGS)}.",
                    ),
                )
        for path in there[1:]:
            found.broken[path] = (
                FoldwellError(
                    f"There is '{there[0]}' too; one roster is read.",
                    Place(path),
                    "Keep the newer one.",
                ),
            )
        return there[0] if len(there) == 1 else ""

    def _add(self, roster: Roster, written: dict[str, Source], found: Clinics) -> None:
        mistakes = list(roster.mistakes)
        for slug, row in roster.rows.items():
            file = f"{FOLDER}/{slug}.yml"
            if slug in written or os.path.lexists(self.root / file):
                mistakes.append(
                    FoldwellError(
                        f"The clinic '{slug}' has a file too, {file}.",
                        row.place(("name",)),
                        "Delete the row or the file.",
                    )
                )
            else:
                written[slug] = row
        if mistakes:
            found.broken[roster.path] = tuple(mistakes)

    def _fill_rows(self, found: Clinics) -> None:
        """Put in what rows need not say, where it is certain, and note it."""
        rows = [source for source in found.sources.values() if not source.path.endswith(".yml")]
        if not rows:
            return
        notes = self.noting(rows[0].path)
        brands = {str(source.value["brand"]) for source in rows if source.value.get("brand")}
        usual = brands if len(brands) == 1 else set(self.brands)
        brand = self.settings.brand or (next(iter(usual)) if len(usual) == 1 else "")
        for row in rows:
            self._read_region(row, notes)
            if not row.value.get("brand") and brand:
                row.value["brand"] = brand
                self._note(row, notes, f"Without a brand in its row, it has the brand '{brand}'.")
        homes: dict[str, set[str]] = {}
        for source in found.sources.values():
            if source.value.get("region"):
                homes.setdefault(str(source.value.get("brand")), set()).add(
                    str(source.value["region"])
                )
        for row in rows:
            if row.value.get("region"):
                continue
            named = homes.get(str(row.value.get("brand")), set())
            if self.settings.region:
                row.value["region"] = self.settings.region
            elif home := self._by_postcode(row):
                row.value["region"] = home
                self._note(row, notes, f"Its postcode shows that its region is '{home}'.")
            elif len(named) == 1:
                row.value["region"] = home = next(iter(named))
                self._note(row, notes, f"As others of its brand, it is of the region '{home}'.")

    def _note(self, row: Source, notes: Tidyings, message: str) -> None:
        place = row.place(())
        notes.note("D8", message, place.line, place=place)

    def _by_postcode(self, row: Source) -> str:
        country = country_by_address(map(str, row.value.get("address", ())))
        homes = {slug for slug, region in self.regions.items() if region.country == country}
        if not homes and country:
            for slug in SHIPPED_REGIONS:
                self.ship(slug)
            homes = {slug for slug in SHIPPED_REGIONS if self._country(slug) == country}
        return next(iter(homes)) if country and len(homes) == 1 else ""

    def _country(self, slug: str) -> str:
        return self.regions[slug].country if slug in self.regions else ""

    def _read_region(self, row: Source, notes: Tidyings) -> None:
        """A region as people call it: England, United Kingdom, GB."""
        written = str(row.value.get("region") or "")
        if not written or written in self.regions:
            return
        named = slug_of(written)
        for slug in SHIPPED_REGIONS:
            self.ship(slug)
        for slug, region in self.regions.items():
            if named in (slug, slug_of(region.name)) or country_called(named) == region.country:
                row.value["region"] = slug
            elif named in region.nations:
                row.value["region"] = slug
                row.value.setdefault("nation", named)
            else:
                continue
            self._note(row, notes, f"'{written}' was read as the region '{slug}'.")
            return

    def _clinic(self, source: Source) -> Clinic:
        self.ship(str(source.value.get("region")))
        self.ship_brand(str(source.value.get("brand")))
        home = self.regions.get(str(source.value.get("region")))
        errors = self._names_of_nothing(source)
        try:
            clinic = validate(Clinic, source, home.country if home else "")
        except Mistakes as mistakes:
            told = {one.place for one in mistakes.errors}
            errors = [one for one in errors if one.place not in told]
            raise Mistakes([*mistakes.errors, *errors]) from None
        if home and clinic.nation and clinic.nation not in home.nations:
            what = f"The region '{clinic.region}' has no nation '{clinic.nation}'."
            known = did_you_mean(clinic.nation, home.nations)
            hint = known if home.nations else "Take the line away."
            errors.insert(0, FoldwellError(what, source.place(("nation",)), hint))
        if errors:
            raise Mistakes(errors)
        note_lost_zeros(clinic, source, self.noting)
        return clinic

    def _names_of_nothing(self, source: Source) -> list[FoldwellError]:
        """A region and a brand that are not there; those with mistakes tell of themselves."""
        errors = []
        for kind, known_names, more in (
            ("region", self.regions, SHIPPED_REGIONS),
            ("brand", self.brands, BRANDS),
        ):
            name = source.value.get(kind)
            files = (f"content/regions/{name}.yml", f"content/brands/{name}/brand.yml")
            if not isinstance(name, str) or not name or name in known_names:
                continue
            if not any(file in self.unusable for file in files):
                errors.append(
                    FoldwellError(
                        f"There is no {kind} '{name}'.",
                        source.place((kind,)),
                        did_you_mean(name, {*known_names, *more}),
                    )
                )
        return errors


def file_slug(path: str) -> str:
    """The name of the clinic that a file of a project is for."""
    return path.rpartition("/")[2].removesuffix(".yml")
