"""Colours that mean the same on any screen: an output intent for those of a device (6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.check.archived import Archived, Breach, named
from foldwell.pdf.boxes import inherited
from foldwell.pdf.content_stream import INLINE_IMAGE

_DEVICES = {"/DeviceRGB": b"RGB ", "/DeviceCMYK": b"CMYK", "/DeviceGray": b"GRAY",
            "/RGB": b"RGB ", "/CMYK": b"CMYK", "/G": b"GRAY"}  # fmt: skip
_OPERATORS = {"rg": "/DeviceRGB", "RG": "/DeviceRGB", "k": "/DeviceCMYK", "K": "/DeviceCMYK",
              "g": "/DeviceGray", "G": "/DeviceGray"}  # fmt: skip
_INTENTS = frozenset("/RelativeColorimetric /AbsoluteColorimetric /Perceptual /Saturation".split())
_KNOWN = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    " l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    " W* y ' \"".split()
) | {INLINE_IMAGE}
"""All operators that there are (ISO 32000-1, annex A)."""
_ASKING = {*_OPERATORS, *"scn SCN Tf ri cs CS sh gs Do".split(), INLINE_IMAGE}
_PLAIN = _KNOWN - _ASKING
"""Those of which nothing is asked."""
_BLENDS = frozenset(
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn"
    " /HardLight /SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity".split()
)
_ASKED = named("TR TR2 HTP RI BM ICCBased PS Ref OPI Interpolate Alternates Intent")
"""The names of which one is in all that may break a rule for objects."""
_PROFILES = (b"RGB ", b"CMYK", b"GRAY")
_CHANNELS = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1, b"Lab ": 3}


def breaches(file: Archived) -> Iterator[Breach]:
    """Device colours without an intent, and what painting must not ask for."""
    intent, told = _intent(file)
    yield from told
    for item in file.naming(_ASKED):
        yield from (Breach(clause, message) for clause, message in _of_object(item))
    for number, page in enumerate(file.pdf.pages, 1):
        used = _Used(file, number)
        used.read(page.obj, inherited(page.obj, "/Resources"))
        for item in page.obj.get("/Annots", ()):
            used.looks(item)
        for name in sorted(used.unknown):
            yield Breach("6.2.2", f"The page holds '{name}', which is no operator.", number)
        for name in sorted(used.strange):
            yield Breach("6.2.6", f"The rendering intent {name} is not known.", number)
        for device in sorted(used.devices):
            if device not in used.defaults and not _covered(_DEVICES[device], intent):
                name = device[1:]
                yield Breach("6.2.4.3", f"{name} is used, and no intent says what it is.", number)
        group = page.obj.get("/Group")
        grouped = isinstance(group, Dictionary) and "/CS" in group
        if used.blends and not intent and not grouped:
            yield Breach("6.2.10", "The page blends, and in no colour space (Group).", number)


def _covered(device: bytes, intent: bytes) -> bool:
    return bool(intent) and device in (intent, b"GRAY")


def _intent(file: Archived) -> tuple[bytes, list[Breach]]:
    """The colour space of the intent for PDF/A, and what is wrong with it."""
    held = file.pdf.Root.get("/OutputIntents")
    intents = (
        [one for one in held if isinstance(one, Dictionary)] if isinstance(held, Array) else []
    )
    profiles = [one["/DestOutputProfile"] for one in intents if "/DestOutputProfile" in one]
    told = []
    if len({one.objgen for one in profiles}) > 1:
        told.append(Breach("6.2.3", "Output intents name different profiles."))
    if any("/DestOutputProfileRef" in one for one in intents):
        told.append(Breach("6.2.3", "An output intent names a profile elsewhere."))
    ours = [one for one in intents if str(one.get("/S", "")) == "/GTS_PDFA1"]
    for one in ours:
        profile = one.get("/DestOutputProfile")
        if not isinstance(profile, Stream):
            continue
        head = profile.read_bytes()[:40]
        sound = head[36:40] == b"acsp" and head[8] <= 4 and head[12:16] in (b"mntr", b"prtr")
        if not sound or head[16:20] not in _PROFILES:
            told.append(Breach("6.2.3", "The profile of the output intent is none that is kept."))
        return head[16:20], told
    return b"", told


def _of_object(item: Any) -> Iterator[tuple[str, str]]:
    if isinstance(item, Stream):
        yield from _of_stream(item)
    elif isinstance(item, Dictionary) and _is_state(item):
        if "/TR" in item or str(item.get("/TR2", "/Default")) != "/Default":
            yield "6.2.5", "Colours are changed while they are painted (TR)."
        if "/HTP" in item:
            yield "6.2.5", "A raster is named (HTP)."
        if "/RI" in item and str(item["/RI"]) not in _INTENTS:
            yield "6.2.6", f"The rendering intent {str(item['/RI'])[1:]} is not known."
        modes = item.get("/BM")
        for mode in [*modes] if isinstance(modes, Array) else [modes] if modes is not None else []:
            if str(mode) not in _BLENDS:
                yield "6.2.10", f"The blend mode {str(mode)[1:]} is not known."
    elif isinstance(item, Array) and len(item) > 1 and str(item[0]) == "/ICCBased":
        yield from _of_profile(item[1])


def _is_state(item: Any) -> bool:
    kind = str(item.get("/Type", ""))
    return kind == "/ExtGState" or (
        not kind and bool({"/TR", "/TR2", "/HTP", "/BM"} & {*item.keys()})
    )


def _of_profile(profile: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(profile, Stream):
        return
    head = profile.read_bytes()[:40]
    channels = _CHANNELS.get(head[16:20])
    if head[36:40] != b"acsp" or head[8] > 4 or channels != int(profile.get("/N", 0)):
        yield "6.2.4.2", "A colour space names a profile that is not its own."


def _of_stream(item: Any) -> Iterator[tuple[str, str]]:
    kind = str(item.get("/Subtype", ""))
    if kind == "/PS" or str(item.get("/Subtype2", "")) == "/PS":
        yield "6.2.9", "The file holds a program that draws (PostScript)."
    if kind == "/Form" and ("/Ref" in item or "/OPI" in item):
        yield "6.2.9", "A form is drawn from elsewhere (Ref or OPI)."
    if kind == "/Image":
        if bool(item.get("/Interpolate", False)):
            yield "6.2.8", "A viewer is told to smooth a picture (Interpolate)."
        if "/Alternates" in item or "/OPI" in item:
            yield "6.2.8", "A picture can be replaced by another (Alternates or OPI)."
        if "/Intent" in item and str(item["/Intent"]) not in _INTENTS:
            yield "6.2.6", f"The rendering intent {str(item['/Intent'])[1:]} is not known."


class _Used:
    """What a page uses: device colours that no default stands for, blending."""

    def __init__(self, file: Archived, number: int) -> None:
        self.devices: set[str] = set()
        self.defaults: set[str] = set()
        self.blends = False
        self.unknown: set[str] = set()
        self.strange: set[str] = set()
        self._file, self._number, self._seen = file, number, set[tuple[int, int]]()

    def looks(self, annotation: Any) -> None:
        """Read how an annotation looks."""
        held = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
        normal = held.get("/N") if isinstance(held, Dictionary) else None
        states = [one for _, one in normal.items()] if isinstance(normal, Dictionary) else []
        for look in [normal, *states]:
            if isinstance(look, Stream):
                self._object(look, look.get("/Resources"))

    def read(self, holder: Any, resources: Any) -> None:
        if holder.objgen in self._seen and holder.objgen != (0, 0):
            return
        self._seen.add(holder.objgen)
        resources = resources if isinstance(resources, Dictionary) else Dictionary()
        spaces = resources.get("/ColorSpace", Dictionary())
        self.defaults |= {
            f"/Device{key[8:]}" for key, _ in spaces.items() if key.startswith("/Default")
        }
        found = self._file.streams.operations(holder)
        asked = {id(one): one for one in found if one[0] not in _PLAIN}  # lines repeat
        for operator, operands in asked.values():
            if operator not in _KNOWN:
                self.unknown.add(operator)
            elif operator in _OPERATORS:
                self.devices.add(_OPERATORS[operator])
            elif operator in ("scn", "SCN") and operands and isinstance(operands[-1], str):
                self._pattern(resources.get("/Pattern", {}).get(operands[-1]))
            elif operator == "Tf" and operands:
                self._glyphs(resources.get("/Font", {}).get(operands[0]))
            elif operator == "ri" and operands and operands[0] not in _INTENTS:
                self.strange.add(operands[0][1:])
            elif operator in ("cs", "CS", "sh") and operands:
                self._space(
                    spaces.get(operands[0], operands[0])
                    if operator != "sh"
                    else resources.get("/Shading", {}).get(operands[0], {}).get("/ColorSpace")
                )
            elif operator == "gs" and operands:
                self._state(resources.get("/ExtGState", {}).get(operands[0]))
            elif operator == "Do" and operands:
                self._object(resources.get("/XObject", {}).get(operands[0]), resources)
            elif operator == INLINE_IMAGE:
                self._space(getattr(operands[0], "obj", {}).get("/CS"))

    def _pattern(self, pattern: Any) -> None:
        if isinstance(pattern, Stream):
            self.read(pattern, pattern.get("/Resources"))
        elif isinstance(pattern, Dictionary):
            self._space(pattern.get("/Shading", Dictionary()).get("/ColorSpace"))

    def _glyphs(self, font: Any) -> None:
        """Glyphs that are drawings of their own (Type 3)."""
        drawn = font.get("/CharProcs") if isinstance(font, Dictionary) else None
        for _, glyph in drawn.items() if isinstance(drawn, Dictionary) else ():
            if isinstance(glyph, Stream):
                self.read(glyph, font.get("/Resources"))

    def _state(self, state: Any) -> None:
        if isinstance(state, Dictionary):
            blends = str(state.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
            fades = any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA"))
            self.blends |= blends or fades or isinstance(state.get("/SMask"), Dictionary)

    def _object(self, item: Any, resources: Any) -> None:
        if not isinstance(item, Stream):
            return
        if str(item.get("/Subtype", "")) == "/Form":
            group = item.get("/Group")
            self.blends |= (
                isinstance(group, Dictionary) and str(group.get("/S", "")) == "/Transparency"
            )
            self.read(item, item.get("/Resources", resources))
        elif str(item.get("/Subtype", "")) == "/Image":
            self.blends |= "/SMask" in item
            if not bool(item.get("/ImageMask", False)):
                self._space(item.get("/ColorSpace"))

    def _space(self, space: Any, depth: int = 0) -> None:
        """The device that a colour space rests on; of tints the one that stands for them."""
        if space is None or depth > 4:
            return
        name = str(space) if not isinstance(space, Array) else str(space[0])
        if name in _DEVICES:
            long = {"/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/G": "/DeviceGray"}
            self.devices.add(long.get(name, name))
        elif isinstance(space, Array) and name in ("/Indexed", "/I", "/Pattern") and len(space) > 1:
            self._space(space[1], depth + 1)
        elif isinstance(space, Array) and name in ("/Separation", "/DeviceN") and len(space) > 2:
            self._space(space[2], depth + 1)
