"""Attacks in pictures: bombs, broken and mistaken files, and drawings that are programs."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from functools import partial

from PIL import Image

from hostile.attack import TIME_LIMIT, Attack, brand, drawing, picture
from hostile.rows import BOMBS, NETWORK, PICTURES, STYLE, SVG
from hostile.sandbox import CANARY

BROKEN = "This picture is broken or cut short"
TOO_LARGE = "60 million"
NO_NUMBER = "holds a number that cannot be drawn"
NOTHING = "draws nothing"
ELSEWHERE = "which is not part of it"
TEXT = "holds text"
NOT_READ = "This SVG is not drawn: "
MISCODED = "is not what it says it is"
NO_VIEW_BOX = "has no usable viewBox"
NOT_DRAWN = "Failed to render SVG image"
RECT = '<rect width="9" height="9" fill="#0f5c73"/>'


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _png(
    width: int = 10,
    height: int = 10,
    depth: int = 8,
    colour: int = 2,
    *,
    rows: bytes | None = None,
    extra: bytes = b"",
    interlace: int = 0,
) -> bytes:
    """A PNG file whose parts may lie about one another."""
    samples = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    if rows is None:
        rows = (b"\0" + b"\x7f" * ((width * depth * samples + 7) // 8)) * height
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + extra
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _saved(kind: str, mode: str = "RGB", width: int = 20, height: int = 20, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, kind, **how)
    return out.getvalue()


def _jpeg_with_scans(count: int) -> bytes:
    """A progressive JPEG of 39 million pixels whose last scan stands there again and again."""
    whole = _saved("JPEG", "L", 6_500, 6_000, progressive=True, quality=1)
    start = whole.rindex(b"\xff\xda")
    scan = whole[start:-2]
    return whole[:-2] + scan * count + b"\xff\xd9"


def _orientation(value: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = value
    return _saved("JPEG", exif=exif)


_GOOD = _png()
_JPEG = _saved("JPEG")
_BOMB_TEXT = b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)

_ALLOWED_NOWHERE = {
    "script": "<script>fetch('@HTTP@/')</script>",
    "script-in-capitals": "<SCRIPT>alert(1)</SCRIPT>",
    "style": "<style>@import url(@HTTP@/a.css);</style>",
    "image": '<image href="@HTTP@/a.png" width="9" height="9"/>',
    "image-of-old": '<image xlink:href="file://@OUTSIDE@/canary.svg"/>',
    "use": '<use href="@HTTP@/a.svg#a"/>',
    "use-of-old": '<use xlink:href="#a"/>',
    "foreign-object": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    "link": f'<a href="@HTTP@/">{RECT}</a>',
    "text": "<text>5 mg</text>",
    "text-span": "<tspan>5 mg</tspan>",
    "text-on-a-path": '<textPath href="#a">x</textPath>',
    "animate": '<rect><animate attributeName="href" to="@HTTP@/"/></rect>',
    "animate-motion": "<animateMotion/>",
    "animate-transform": "<animateTransform/>",
    "set": '<set attributeName="href" to="@HTTP@/"/>',
    "filter": '<filter id="f"><feImage href="@HTTP@/a.png"/></filter>',
    "mask": '<mask id="m"/>',
    "marker": '<marker id="m"/>',
    "pattern": '<pattern id="p"/>',
    "symbol": '<symbol id="s"/>',
    "switch": "<switch><g/></switch>",
    "view": '<view id="v"/>',
    "metadata": "<metadata>x</metadata>",
    "font-face": "<font-face><font-face-src><font-face-uri/></font-face-src></font-face>",
    "cursor": '<cursor href="@HTTP@/"/>',
    "handler": "<handler>alert(1)</handler>",
    "listener": "<listener/>",
    "iframe": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="@HTTP@/"/>',
    "include": '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    "sheet": '<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"/>',
    "rect-of-another-namespace": '<x:rect xmlns:x="urn:x" width="9" height="9"/>',
}

_SAID = {
    "style": ELSEWHERE, "image": ELSEWHERE, "image-of-old": ELSEWHERE, "use": ELSEWHERE,
    "filter": ELSEWHERE, "foreign-object": "are no drawing", "link": "", "text": TEXT,
    "text-span": TEXT, "text-on-a-path": TEXT,
}  # fmt: skip
"""What is said of elements; of others that nothing is left to draw."""

_ATTRIBUTES = {
    "onload": "onload",
    "onclick": "onclick",
    "style": "style",
    "class": "class",
    "href": "href",
    "old-href": "xlink:href",
    "base": "xml:base",
    "space": "xml:space",
    "filter": "filter",
    "mask": "mask",
    "marker": "marker-end",
    "cursor": "cursor",
    "font": "font-family",
    "data": "data-x",
    "begin": "begin",
    "vector-effect": "vector-effect",
}

_PAINTS = {
    "address": "url(@HTTP@/a.svg#a)",
    "address-in-capitals": "URL(@HTTP@/a.svg#a)",
    "address-in-quotes": "url('@HTTP@/a.svg')",
    "address-between-blanks": " url( @HTTP@/a.svg ) ",
    "file": "url(file://@OUTSIDE@/canary.svg#a)",
    "data": "url(data:image/svg+xml;base64,PHN2Zz4=)",
    "own-file": "url(a.svg#a)",
    "source": "src(@HTTP@/a.svg)",
    "choice-of-images": "image-set('@HTTP@/a.png' 1x)",
    "variable": "var(--primary)",
    "expression": "expression(alert(1))",
    "fallback": "url(#a) url(@HTTP@/b)",
}

_PAINT_SAID = {
    **dict.fromkeys("data source choice-of-images expression".split(), ""),
    "variable": "This SVG says 'var', which is not read",
}
"""What is said of paints that lead nowhere: nothing where they are none in a browser too."""

_NUMBERS = {
    "path-to-infinity": '<path d="M0 0L1e308 1e308L-1e309 5" fill="#000"/>',
    "path-of-no-numbers": '<path d="M nan nan L inf inf" fill="#000"/>',
    "rectangle-of-no-numbers": '<rect x="nan" y="inf" width="9" height="9"/>',
    "rectangle-as-wide-as-the-world": '<rect width="1e9em" height="9"/>',
    "arc-of-huge-radius": '<path d="M0 0A1e300 1e300 0 1 1 9 9" fill="#000"/>',
    "stroke-as-wide-as-the-world": '<rect width="9" height="9" stroke="#000" stroke-width="1e7"/>',
    "turn-of-no-number": f'<g transform="scale(nan)">{RECT}</g>',
    "move-to-infinity": f'<g transform="translate(1e400)">{RECT}</g>',
    "opacity-of-no-number": '<rect width="9" height="9" opacity="NaN"/>',
    "dashes-of-infinity": '<line x2="40" stroke="#000" stroke-dasharray="Infinity 1"/>',
    "points-of-no-numbers": '<polygon points="nan,nan 1,1 2,2"/>',
}

_NUMBER_SAID = {
    "path-to-infinity": NO_NUMBER, "path-of-no-numbers": NOTHING, "arc-of-huge-radius": NOTHING,
    "points-of-no-numbers": NOTHING, "rectangle-as-wide-as-the-world": NO_NUMBER,
    "stroke-as-wide-as-the-world": NO_NUMBER,
}  # fmt: skip

_ENTITY_SAID = {
    "laughs": "", "one-long-entity": "", "entity-that-holds-itself": "This SVG is broken",
    "attribute-default": "This SVG is broken",
}  # fmt: skip
"""What is said of entities; of others that they are not read."""

_ENTITIES = {
    "laughs": '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    "one-long-entity": '<!DOCTYPE s [<!ENTITY a "' + "a" * 100_000 + '">]>',
    "file-entity": '<!DOCTYPE s [<!ENTITY a SYSTEM "file://@OUTSIDE@/canary.txt">]>',
    "network-entity": '<!DOCTYPE s [<!ENTITY a SYSTEM "@HTTP@/a.txt">]>',
    "parameter-entity": '<!DOCTYPE s [<!ENTITY % a SYSTEM "@HTTP@/a.dtd"> %a;]>',
    "outside-dtd": '<!DOCTYPE svg SYSTEM "@HTTP@/svg.dtd">',
    "public-dtd": '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "@HTTP@/svg11.dtd">',
    "entity-that-holds-itself": '<!DOCTYPE s [<!ENTITY a "&b;"><!ENTITY b "&a;">]>',
    "attribute-default": '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>',
}


def _laughing_clips(levels: int) -> str:
    """Clip paths of ten parts each, each part clipped by the next: ten to the power of levels."""
    clips = [
        f'<clipPath id="c{n}">'
        + f'<rect width="9" height="9" clip-path="url(#c{n + 1})"/>' * 10
        + "</clipPath>"
        for n in range(levels)
    ]
    last = f'<clipPath id="c{levels}">{RECT}</clipPath>'
    return "".join(clips) + last + '<rect width="9" height="9" clip-path="url(#c0)"/>'


# fmt: off
PICTURES_: list[Attack] = [
    picture(PICTURES, "png-that-is-sound", "a.png", _GOOD),
    picture(PICTURES, "png-empty", "a.png", b"", "This picture is empty"),
    picture(PICTURES, "png-of-one-byte", "a.png", b"\x89", BROKEN),
    picture(PICTURES, "png-of-no-pixels", "a.png", _png(0, 0, rows=b""), BROKEN),
    picture(PICTURES, "png-without-pixels", "a.png", _png(rows=b""), BROKEN),
    picture(PICTURES, "png-with-half-its-pixels", "a.png",
            _png(100, 100, rows=(b"\0" + b"\x7f" * 300) * 50), BROKEN),
    picture(PICTURES, "png-cut-short", "a.png", _png(300, 300, rows=None)[:-40], BROKEN),
    picture(PICTURES, "png-with-a-wrong-checksum", "a.png",
            _GOOD[:45] + bytes([_GOOD[45] ^ 1]) + _GOOD[46:], BROKEN),
    picture(PICTURES, "png-of-3-bits", "a.png", _png(depth=3, rows=b"\0" * 200), BROKEN),
    picture(PICTURES, "png-of-another-interlace", "a.png", _png(interlace=7), BROKEN),
    picture(PICTURES, "png-with-100000-notes", "a.png",
            partial(_png, extra=_chunk(b"tEXt", b"a\0b") * 100_000)),
    picture(PICTURES, "png-with-something-behind-it", "a.png", _GOOD + b"<script>PK\x03\x04"),
    picture(PICTURES, "png-that-claims-to-move", "a.png",
            _png(extra=_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)))),
    picture(PICTURES, "png-with-broken-facts-of-a-camera", "a.png",
            _png(extra=_chunk(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff"))),
    picture(PICTURES, "jpeg-that-is-sound", "a.jpg", _JPEG),
    picture(PICTURES, "jpeg-cut-short", "a.jpg", _saved("JPEG", width=300)[:-60], BROKEN),
    picture(PICTURES, "jpeg-without-its-end", "a.jpg", _JPEG[:-2], BROKEN),
    picture(PICTURES, "jpeg-of-html", "a.jpg",
            _JPEG[:2] + b"\xff\xfe\0\x1f<script>alert(1)</script>   " + _JPEG[2:]),
    picture(PICTURES, "jpeg-of-four-inks", "a.jpg", _saved("JPEG", "CMYK")),
    picture(PICTURES, "jpeg-turned-by-the-camera", "a.jpg", _orientation(6)),
    picture(PICTURES, "jpeg-turned-by-no-camera", "a.jpg", _orientation(99)),
    picture(PICTURES, "jpeg-called-png", "a.png", _JPEG),
    picture(PICTURES, "png-called-jpeg", "a.jpg", _GOOD),
    *(
        picture(PICTURES, f"{kind.lower()}-called-png", "a.png", partial(_saved, kind), said)
        for said, kinds in (("", "GIF BMP WEBP TIFF"), (BROKEN, "ICO PPM TGA PCX"))
        for kind in kinds.split()
    ),
    picture(PICTURES, "postscript-called-png", "a.png",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n", BROKEN),
    picture(PICTURES, "pdf-called-png", "a.png", b"%PDF-1.4\n",
            "This is no picture but a PDF"),
    picture(PICTURES, "gif-by-its-name", "a.gif", partial(_saved, "GIF")),
    picture(PICTURES, "svg-called-jpeg", "a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>',
            "is no picture but an SVG file"),
    picture(PICTURES, "png-called-svg", "a.svg", _GOOD, MISCODED),
    picture(PICTURES, "svg-packed", "a.svg", partial(gzip.compress, b"<svg/>"), MISCODED),
    picture(BOMBS, "png-of-169-million-pixels", "a.png", partial(
            _png, 13_000, 13_000, 1, 0), TOO_LARGE),
    picture(BOMBS, "png-of-4-milliard-pixels", "a.png", _png(65_535, 65_535, 1, 0, rows=b"\0"),
            TOO_LARGE),
    picture(BOMBS, "png-one-pixel-high-and-two-milliard-wide", "a.png",
            _png(2**31 - 1, 1, 1, 0, rows=b"\0"), TOO_LARGE),
    picture(BOMBS, "png-of-a-picture-within", "a.png",
            partial(_png, rows=b"\0" * 200_000_000)),
    picture(BOMBS, "png-with-a-note-that-swells", "a.png",
            partial(_png, extra=_chunk(b"zTXt", _BOMB_TEXT)), BROKEN),
    picture(BOMBS, "png-with-a-colour-profile-that-swells", "a.png",
            partial(_png, extra=_chunk(b"iCCP", _BOMB_TEXT)), BROKEN),
    picture(BOMBS, "png-of-39-million-deep-pixels", "a.png", partial(_png, 6_300, 6_200, 16, 6)),
    picture(BOMBS, "png-of-6-megabytes", "a.png", _GOOD + b"\0" * 6_000_000),
    picture(BOMBS, "jpeg-of-4-milliard-pixels", "a.jpg",
            _JPEG.replace(b"\0\x14\0\x14", b"\xff\xff\xff\xff"), TOO_LARGE),
    picture(BOMBS, "jpeg-of-39-million-pixels", "a.jpg",
            partial(_saved, "JPEG", "RGB", 6_500, 6_000, quality=1)),
    picture(BOMBS, "jpeg-of-thousands-of-scans", "a.jpg", partial(_jpeg_with_scans, 75_000),
            "in more than 32 passes"),
    drawing(SVG, "drawing-that-is-sound", RECT),
    *(
        drawing(NETWORK if "@HTTP@" in text else SVG, f"drawing-with-{name}", text,
                _SAID.get(name, NOTHING))
        for name, text in _ALLOWED_NOWHERE.items()
    ),
    *(
        drawing(SVG, f"drawing-with-attribute-{name}", f'<rect {attribute}="x" width="9"/>',
                NOTHING)
        for name, attribute in _ATTRIBUTES.items()
    ),
    *(
        drawing(NETWORK if "@HTTP@" in paint else SVG, f"drawing-painted-by-{name}",
                f'<rect width="9" height="9" fill="{paint}"/>',
                _PAINT_SAID.get(name, ELSEWHERE))
        for name, paint in _PAINTS.items()
    ),
    drawing(NETWORK, "drawing-painted-by-escapes",
            '<rect width="9" height="9" fill="\\75rl\\28 @HTTP@/x\\29"/>'),
    drawing(NETWORK, "drawing-turned-by-an-address",
            f'<g transform="url(@HTTP@/)">{RECT}</g>'),
    drawing(SVG, "drawing-clipped-by-an-address",
            '<rect width="9" height="9" clip-path="url(@HTTP@/a.svg#a)"/>', ELSEWHERE),
    drawing(SVG, "drawing-painted-by-nothing",
            f'<rect width="9" height="9" fill="url(#nowhere)"/>{RECT}'),
    drawing(SVG, "drawing-painted-by-itself",
            f'<rect id="a" width="9" height="9" fill="url(#a)"/>{RECT}'),
    *(drawing(SVG, name, text, _NUMBER_SAID.get(name, "")) for name, text in _NUMBERS.items()),
    drawing(SVG, "path-without-sense", f'<path d="M 0 0 Z Z Z A 1 Q L" fill="#000"/>{RECT}'),
    drawing(SVG, "path-of-a-megabyte", lambda: '<path d="M0 0' + "L1 1" * 250_000 + '"/>' + RECT),
    drawing(SVG, "transforms-20000-times",
            lambda: f'<g transform="{"rotate(1) " * 20_000}">{RECT}</g>'),
    drawing(SVG, "transform-without-sense", f'<g transform="rotate() scale(a)">{RECT}</g>',
            NOT_DRAWN, at="transform-without-sense, riverside"),
    drawing(SVG, "dashes-too-fine-to-see",
            '<line x2="40" y2="10" stroke="#000" stroke-dasharray="0.0000001"/>'),
    drawing(SVG, "clip-path-of-itself",
            f'<clipPath id="a" clip-path="url(#a)">{RECT}</clipPath>'
            '<rect width="9" height="9" clip-path="url(#a)"/>'),
    drawing(SVG, "clip-paths-in-a-circle",
            '<clipPath id="a"><rect width="9" height="9" clip-path="url(#b)"/></clipPath>'
            '<clipPath id="b"><rect width="9" height="9" clip-path="url(#a)"/></clipPath>'
            '<rect width="9" height="9" clip-path="url(#a)"/>'),
    drawing(SVG, "clip-paths-that-laugh", _laughing_clips(8), "There is no usable picture",
            at="content/leaflets/clip-paths-that-laugh/en.md", limits={TIME_LIMIT: 2}, shares=""),
    drawing(SVG, "gradient-of-itself",
            '<linearGradient id="a"><stop offset="0" stop-color="url(#a)"/></linearGradient>'
            '<rect width="9" height="9" fill="url(#a)"/>'),
    drawing(SVG, "gradient-of-1900-stops", '<linearGradient id="a">'
            + '<stop offset="0" stop-color="#000"/>' * 1_900
            + '</linearGradient><rect width="9" height="9" fill="url(#a)"/>'),
    drawing(SVG, "parts-in-thousands", "<g/>" * 2_001 + RECT),
    drawing(SVG, "parts-a-million", lambda: "<g/>" * 1_000_000, NOT_READ),
    drawing(SVG, "parts-of-6-megabytes", lambda: "<g/>" * 1_500_000,
            "This file is larger than 5 MB"),
    drawing(SVG, "parts-100000-deep", lambda: "<g>" * 100_000 + "</g>" * 100_000,
            NOT_READ),
    drawing(SVG, "drawings-in-drawings", "<svg>" * 18 + RECT + "</svg>" * 18),
    *(
        drawing(NETWORK if "@HTTP@" in text else SVG, f"drawing-with-{name}",
                f"<title>&a;</title>{RECT}", _ENTITY_SAID.get(name, NOT_READ), before=text)
        for name, text in _ENTITIES.items()
    ),
    drawing(NETWORK, "drawing-with-a-style-sheet", RECT,
            before='<?xml-stylesheet href="@HTTP@/a.css"?>'),
    drawing(SVG, "drawing-with-other-instructions", f"<?php system('id'); ?>{RECT}"),
    drawing(SVG, "drawing-with-hidden-words", f"<title>{'a' * 100_000}</title>{RECT}"),
    drawing(SVG, "drawing-of-no-character", "<title>&#0;</title>", "This SVG is broken"),
    drawing(SVG, "drawing-said-to-be-utf-16", RECT, MISCODED,
            before='<?xml version="1.0" encoding="utf-16"?>'),
    drawing(SVG, "drawing-said-to-be-utf-7", RECT, MISCODED,
            before='<?xml version="1.0" encoding="utf-7"?>'),
    drawing(SVG, "drawing-of-an-unknown-encoding", RECT, MISCODED,
            before='<?xml version="1.0" encoding="zzz"?>'),
    drawing(SVG, "drawing-never-closed", "<g>", "This SVG is broken"),
    drawing(SVG, "drawing-of-no-size", RECT, NO_VIEW_BOX, root='viewBox="0 0 0 0"'),
    drawing(SVG, "drawing-of-negative-size", RECT, NO_VIEW_BOX, root='viewBox="0 0 -40 -10"'),
    drawing(SVG, "drawing-of-next-to-no-size", RECT, NO_VIEW_BOX,
            root='viewBox="0 0 1e-300 1e-300"'),
    drawing(SVG, "drawing-of-five-numbers", RECT, NO_VIEW_BOX, root='viewBox="0 0 40 10 7"'),
    drawing(SVG, "drawing-of-infinite-size", RECT, NO_VIEW_BOX, root='viewBox="0 0 inf inf"'),
    drawing(SVG, "drawing-from-infinity", RECT, NO_VIEW_BOX, root='viewBox="nan -inf 40 10"'),
    drawing(SVG, "drawing-as-high-as-a-house", RECT, root='viewBox="0 0 0.01 99999"'),
    brand(PICTURES, "logo-missing", "does not exist", old="logo.svg", new="other.svg"),
    brand(PICTURES, "logo-of-no-kind", "cannot be used", old="logo.svg", new="logo.exe",
          files={"logo.exe": b"MZ"}, at="content/brands/logo-of-no-kind/logo.exe"),
    brand(PICTURES, "logo-with-a-name-of-300-letters", "does not exist", old="logo.svg",
          new="l" * 300 + ".svg", at="content/brands/logo-with-a-name-of-300-letters/brand.yml"),
    brand(SVG, "logo-with-a-script", NOTHING,
          files={"logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
                             "<script/></svg>"},
          at="content/brands/logo-with-a-script/logo.svg"),
    brand(SVG, "logo-with-entities", NOT_READ,
          files={"logo.svg": '<!DOCTYPE s [<!ENTITY a SYSTEM "/etc/passwd">]>'
                             '<svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'},
          at="content/brands/logo-with-entities/logo.svg"),
    brand(STYLE, "logo-at-an-address", "does not exist", old="path: logo.svg",
          new='path: "http:logo.svg"'),
    brand(STYLE, "logo-of-another-brand", "is not the name of a file in this folder",
          old="logo.svg", new="../riverside/logo.svg"),
    brand(STYLE, "logo-on-a-drive", "does not exist", old="path: logo.svg",
          new='path: "C:logo.svg"'),
    brand(STYLE, "logo-with-marks-of-html-as-words", old="alt: Riverside",
          new=f"alt: '\"><script>{CANARY[:6]}</script>'"),
]
# fmt: on
