"""Fonts for the engine: the shipped ones, and those that a page source brings.

The machine's own fonts are never seen (``typeset.fonts``), and style sheets cannot add any. The
fonts of a brand are bytes of the page source; fontconfig wants files, so that they are put into
memory that has a name, and nothing is written to a disk.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from weasyprint.text.constants import FONTCONFIG_WEIGHT
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from foldwell.errors import FoldwellError, Place
from foldwell.pdf.lent_memory import lent, writing_allowed
from foldwell.typeset.page_source import OwnFont
from foldwell.typeset.whole_letters import FAMILIES

_RULE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="scan">
<test name="file" compare="eq"><string>{path}</string></test>
<edit name="family" mode="prepend"><string>{family}</string></edit>
<edit name="slant" mode="assign_replace"><const>roman</const></edit>
<edit name="weight" mode="assign_replace"><int>{weight}</int></edit>
</match></fontconfig>"""


class Fonts(FontConfiguration):  # type: ignore[misc]
    """The fonts that fontconfig knows; style sheets cannot add to them."""

    def __init__(self, own: tuple[OwnFont, ...] = ()) -> None:
        self._files: list[Any] = []
        self.in_parts = any(font.family in FAMILIES for font in own)
        super().__init__()
        for font in own:
            self._add(font)

    def add_font_face(self, *_: object) -> None:
        """Refuse a font of a style sheet's own: it is neither bundled nor checked for glyphs."""
        raise FoldwellError(
            "A style sheet brings a font of its own (@font-face), which is not used.",
            Place("content/templates"),
            "Take the rule out, and name the font in the brand.",
        )

    def _add(self, font: OwnFont) -> None:
        path = self._file(font.content)
        weight = FONTCONFIG_WEIGHT[min(max(round(font.weight, -2), 100), 900)]
        rule = _RULE.format(path=escape(path), family=escape(font.family), weight=weight)
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, rule.encode(), True)
        if not fontconfig.FcConfigAppFontAddFile(self._config, path.encode()):
            raise FoldwellError(
                f"The font '{font.family}' cannot be used for typesetting.",
                None,
                "Save it again as TrueType, or take it out of the brand.",
            )
        pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))

    def _file(self, content: bytes) -> str:
        """A path behind which stand some bytes, for as long as this lives."""
        file: Any = lent(content, "font")
        path = f"/proc/self/fd/{file.fileno()}" if file else ""
        if file is None:
            file = tempfile.NamedTemporaryFile()  # noqa: SIM115 - it lives as long as this
            path = str(file.name)
            with writing_allowed(len(content)):
                file.write(content)
                file.flush()
        self._files.append(file)
        return path

    def __del__(self) -> None:
        """Let the bytes go."""
        for file in getattr(self, "_files", ()):
            file.close()
        super().__del__()


SHIPPED = Fonts()
"""The shipped fonts alone."""


@lru_cache(maxsize=4)
def _with(own: tuple[OwnFont, ...]) -> Fonts:
    return Fonts(own)


def fonts_for(own: tuple[OwnFont, ...]) -> Fonts:
    """The fonts of a page source; those of the last few brands are kept."""
    return _with(own) if own else SHIPPED
