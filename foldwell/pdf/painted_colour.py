"""Colours as they were painted, and what they mean in ink.

What a profile would make of a colour is not asked: amounts are those written in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from foldwell.pdf.colour_space import GRAY, Space, Values

TRACE = 0.015
"""A tint below this prints no dot that counts."""
_DARK = 0.55
"""A colour whose strongest light is below this is dark."""
_COLOURLESS = 0.12
"""How far the lights of a colour may differ while it still looks black or grey."""
_PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}


@dataclass(frozen=True)
class Colour:
    """A painted colour.

    Attributes:
        space: Its colour space.
        values: Its components, 0 to 1; for an indexed space the index.
        peak_percent: The most ink of a shading, where it was computed.
    """

    space: Space
    values: Values = ()
    peak_percent: float | None = None

    @property
    def ink_percent(self) -> float | None:
        """The sum of all inks, 100 for one full ink; None where it is not known."""
        if self.peak_percent is not None:
            return self.peak_percent
        inks = self.inks
        return None if inks is None else 100 * sum(inks)

    @property
    def inks(self) -> tuple[float, ...] | None:
        """The amount of each ink; None for a colour that is not made of inks."""
        space, values = self.space, self.values
        if len(values) < space.components:
            return None
        match space.family:
            case "gray":
                return (0.0, 0.0, 0.0, 1.0 - _unit(values[0]))
            case "cmyk":
                return tuple(_unit(value) for value in values[:4])
            case "spot":
                return _spot_inks(space.inks, values)
            case "indexed":
                entry = self._entry()
                return None if entry is None else entry.inks
            case _:
                return None

    @property
    def ink_count(self) -> int:
        """How many inks print; 0 for paper white or an unknown colour."""
        return sum(ink > TRACE for ink in self.inks or ())

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper as it is."""
        lights = self._lights()
        return lights is not None and min(lights) >= 1 - TRACE

    @property
    def is_neutral_dark(self) -> bool:
        """Whether it looks black or dark grey."""
        lights = self._lights()
        if lights is None:
            return False
        return max(lights) <= _DARK and max(lights) - min(lights) <= _COLOURLESS

    @property
    def black_only(self) -> bool:
        """Whether only black ink prints, in full or as a tint."""
        inks = self.inks
        return inks is not None and len(inks) == 4 and max(inks[:3]) <= TRACE

    def _lights(self) -> tuple[float, float, float] | None:
        """Red, green and blue, roughly: enough to tell black from blue."""
        match self.space.family:
            case "rgb" if len(self.values) >= 3:
                return (self.values[0], self.values[1], self.values[2])
            case "lab" if len(self.values) >= 3:
                lightness, a, b = self.values[:3]
                level = lightness / 100
                return (level + a / 200, level, level - b / 200)
            case "indexed":
                entry = self._entry()
                return None if entry is None else entry._lights()
        inks = self.inks
        if inks is None or len(inks) != 4:
            return None
        cyan, magenta, yellow, black = inks
        paper = 1 - black
        return ((1 - cyan) * paper, (1 - magenta) * paper, (1 - yellow) * paper)

    def _entry(self) -> Colour | None:
        """The colour that an index stands for."""
        entry = self.space.entry(int(self.values[0]))
        return None if entry is None or self.space.base is None else Colour(self.space.base, entry)


def _spot_inks(names: tuple[str, ...], values: Values) -> tuple[float, ...]:
    """Process inks in their places; a spot colour is an ink of its own after them."""
    inks = [0.0] * 4
    for name, value in zip(names, values, strict=False):
        tint = _unit(value)
        if name == "All":
            return (tint,) * 4
        if name in _PROCESS:
            inks[_PROCESS[name]] += tint
        elif name != "None":
            inks.append(tint)
    return tuple(inks)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


BLACK = Colour(GRAY, (0.0,))
"""What every page starts with (ISO 32000-1, 8.4.1)."""
