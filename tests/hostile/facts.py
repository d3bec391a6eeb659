"""Attacks in files of facts: YAML, clinics, regions, brands, references, formats."""

from __future__ import annotations

from typing import Any

from hostile.attack import Attack, alone, brand, clinic, leaflet, reference, region, size
from hostile.rows import CODE, FORMATS, HIDDEN, LAYOUT, NETWORK, REFERENCES, STYLE, YAML
from hostile.sandbox import Sandbox

TAG = "is not used here"
ANCHOR = "Anchors and aliases"
DEEP = "nested more than 8 levels deep"
UNREADABLE = "This is not readable as YAML"
NOT_TEXT = "This file is not UTF-8 text"
NO_PHONE = "it is not a phone number"
NO_NAME = "it is not made of small letters, digits and hyphens"
NO_COLOUR = "it is not a colour"
NOT_KNOWN = "Unknown key"
NOT_CSL = "holds values that CSL-JSON does not have"
TOO_MUCH = "does not fit"

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

_SOUND = (
    "name: Riverside Clinic\nregion: uk\nbrand: riverside\naddress: [1 River Road]\n"
    "phone: 0113 496 0142\n"
)

_YAML = {
    "yaml-that-laughs": (LAUGHS, ANCHOR),
    "yaml-anchor": ("tags: &a [x]\n", ANCHOR),
    "yaml-alias-of-nothing": ("tags: *nowhere\n", ANCHOR),
    "yaml-list-that-holds-itself": ("tags: &a [*a]\n", ANCHOR),
    "yaml-merge-key": ("<<: {email: x@example.org}\n", "Merge keys"),
    "yaml-merge-key-in-a-list": ("hours: [{<<: {days: x}, time: y}]\n", "Merge keys"),
    "yaml-python-object": ("feedback: !!python/object/apply:os.system [id]\n", TAG),
    "yaml-python-name": ("feedback: !!python/name:os.system\n", TAG),
    "yaml-python-module": ("feedback: !!python/module:os\n", TAG),
    "yaml-binary": ("feedback: !!binary aGVsbG8=\n", TAG),
    "yaml-set": ("tags: !!set {a, b}\n", TAG),
    "yaml-ordered-map": ("hours: !!omap [a: b]\n", TAG),
    "yaml-forced-text": ("feedback: !!str 5\n", TAG),
    "yaml-tag-of-an-address": ("feedback: !<tag:example.org,2026:x> y\n", TAG),
    "yaml-include": ("feedback: !include /etc/passwd\n", TAG),
    "yaml-variable-of-the-system": ("feedback: !ENV $HOME\n", TAG),
    "yaml-tag-of-its-own": ("feedback: !x y\n", TAG),
    "yaml-key-twice": ("phone: 0113 496 0143\n", "'phone' stands twice"),
    "yaml-key-twice-in-a-list": ("hours: [{days: a, days: b, time: c}]\n", "'days' stands twice"),
    "yaml-brackets-5000-deep": ("tags: " + "[" * 5_000 + "\n", DEEP),
    "yaml-braces-5000-deep": ("tags: " + "{a: " * 3_000 + "\n", DEEP),
    "yaml-dashes-1000-deep": ("tags:\n" + "- " * 1_000 + "x\n", DEEP),
    "yaml-indents-150-deep": ("x:\n" + "".join(" " * n + "a:\n" for n in range(1, 150)), DEEP),
    "yaml-keys-that-are-maps": ("? {a: b}\n: c\n", "A key must be plain text"),
    "yaml-keys-that-are-lists": ("? [a, b]\n: c\n", "A key must be plain text"),
    "yaml-key-of-10000-letters": ('"' + "k" * 10_000 + '": x\n', UNREADABLE),
    "yaml-second-document": ("---\nname: Other\n", "A second '---'"),
    "yaml-document-end": ("...\nname: Other\n", "A second '---'"),
    "yaml-directive": ("%TAG ! tag:example.org,2026:\n", "A line that starts with '%'"),
    "yaml-quotes-never-closed": ('feedback: "' + "x" * 10_000 + "\n", UNREADABLE),
    "yaml-colons-in-thousands": ("feedback: " + "a:" * 7_000 + "\n", UNREADABLE),
    "yaml-tab": ("hours:\n\t- x\n", UNREADABLE),
    "yaml-at-sign": ("feedback: @x\n", UNREADABLE),
    "yaml-backtick": ("feedback: `id`\n", UNREADABLE),
    "yaml-unknown-escape": ('feedback: "\\q"\n', UNREADABLE),
    "yaml-escape-beyond-unicode": ('feedback: "\\UFFFFFFFF"\n', UNREADABLE),
    "yaml-of-17-kilobytes": ("# " + "x" * 17_000 + "\n", "larger than 16 KB"),
    "yaml-unknown-keys-in-hundreds": ("".join(f"x{n}: y\n" for n in range(900)), NOT_KNOWN),
    "yaml-key-of-a-prototype": ("__proto__: {a: b}\n", NOT_KNOWN),
    "yaml-key-of-a-class": ("__class__: x\n", NOT_KNOWN),
    "yaml-key-of-the-models-own": ("model_config: {extra: allow}\n", NOT_KNOWN),
    "yaml-key-without-a-name": ('"": x\n', NOT_KNOWN),
}

_VALUES = {
    "number-without-a-number": (".nan", NO_PHONE),
    "number-of-infinity": (".inf", NO_PHONE),
    "number-in-hexadecimal": ("0x1F", NO_PHONE),
    "number-in-octal": ("0o777", NO_PHONE),
    "number-in-sixties": ("190:20:30", NO_PHONE),
    "number-with-lines": ("1_000", NO_PHONE),
    "number-too-large-for-a-float": ("1e999999", NO_PHONE),
    "number-of-5000-digits-in-facts": ("9" * 5_000, "a phone number has 2 to 15 digits"),
    "number-that-is-a-list": ("[0113, 496]", "must be text"),
    "number-that-is-true": ("true", "must be text"),
    "number-that-is-nothing": ("~", "has no value"),
    "number-of-brackets": ('"' + "(" * 5_000 + '"', NO_PHONE),
    "number-with-another-protocol": ('"javascript:alert(1)"', NO_PHONE),
    "number-with-marks-of-html": ('"0113\\"><b>"', NO_PHONE),
}

_COLOURS = {
    "colour-by-its-name": "rebeccapurple",
    "colour-as-a-function": "rgb(15 92 115)",
    "colour-with-a-line": "#0f5c73\\n",
}
"""What is a colour after all; only its red, green and blue come through."""
_STYLES = {
    "colour-that-fetches": "red;background:url(@HTTP@/a.png)",
    "colour-that-is-an-address": "url(@HTTP@/a.png)",
    "colour-that-ends-the-rule": "#0f5c73} body{background:url(@HTTP@/a)}",
    "colour-that-is-a-variable": "var(--x)",
    "colour-that-is-an-expression": "expression(alert(1))",
    "colour-with-a-comment": "#0f5c73/**/",
    "colour-with-an-escape": "\\\\23 0f5c73",
    "colour-of-eight-digits": "#0f5c7300",
    "colour-of-no-digits": "#gggggg",
    "colour-of-one-thousand-digits": "#" + "0" * 1_000,
    "colour-of-the-machine": "currentColor",
}


def references(name: str, text: str | bytes, says: str) -> Attack:
    """Something else in place of ``references.json``."""
    path = "content/references.json"

    def spoil(sandbox: Sandbox) -> None:
        sandbox.write(path, text)

    return alone(REFERENCES, name, spoil, says, path, part="references.json")


def _huge_front_matter(sandbox: Sandbox) -> None:
    sandbox.change("content/leaflets/sleep/en.md", "audience: Adults", "audience: " + "a" * 17_000)


_MORE_ODD: dict[str, dict[str, Any]] = {
    "type-that-is-a-list": {"type": []},
    "type-that-is-a-map": {"type": {"a": "b"}},
    "doi-that-is-a-number": {"DOI": 5},
    "doi-that-is-a-list": {"DOI": ["10.1000/1"]},
    "address-that-is-a-map": {"URL": {"https": "x"}},
    "language-that-is-a-number": {"language": 5},
    "title-that-is-a-list": {"title": ["a"]},
    "volume-that-is-a-map": {"volume": {"a": 1}},
    "volume-that-is-no-number": {"volume": float("nan")},
    "volume-that-is-infinite": {"volume": float("inf")},
    "page-that-is-a-list": {"page": [[1]]},
    "month-13": {"issued": {"date-parts": [[2020, 13, 1]]}},
    "month-0": {"issued": {"date-parts": [[2020, 0]]}},
    "day-45": {"issued": {"date-parts": [[2020, 1, 45]]}},
    "year-that-is-true": {"issued": {"date-parts": [[True]]}},
    "year-of-31-digits": {"issued": {"date-parts": [[10**30]]}},
    "date-of-four-numbers": {"issued": {"date-parts": [[2020, 1, 1, 1]]}},
    "date-of-three-dates": {"issued": {"date-parts": [[2020], [2021], [2022]]}},
    "date-with-a-second-in-words": {"issued": {"date-parts": [[2020], ["x"]]}},
    "date-with-an-empty-second": {"issued": {"date-parts": [[2020], []]}},
    "date-of-no-parts": {"issued": {"date-parts": []}},
    "date-in-words": {"issued": "yesterday"},
    "accessed-in-words": {"accessed": "yesterday"},
    "accessed-never": {"accessed": None},
    "first-date-that-is-a-list": {"original-date": []},
    "event-in-words": {"event-date": "x"},
    "author-that-is-text": {"author": "Lee"},
    "author-that-is-nobody": {"author": []},
    "author-without-a-name": {"author": [{"given": "A"}]},
    "author-with-a-number": {"author": [{"family": "Lee", "given": 5}]},
    "author-with-a-list": {"author": [{"family": "Lee", "given": ["A"]}]},
    "author-with-a-particle-of-5": {"author": [{"family": "x", "non-dropping-particle": 5}]},
    "interviewer-that-is-text": {"interviewer": "Lee"},
    "author-of-a-container-that-is-text": {"container-author": "Lee"},
    "publisher-that-is-a-list": {"publisher": ["x"]},
    "entry-six-deep": {"custom": {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}},
    "label-that-is-a-map": {"citation-label": {"a": 1}},
}

_MORE_HIDDEN = {
    "source-with-a-zero-byte": "a\0b",
    "source-with-a-surrogate": "a\ud800b",
    "source-with-a-direction-override": "1\u202e05 mg",
    "source-with-an-escape": "\x1b]0;x\x07",
    "source-with-a-zero-width-space": "1\u200b0",
}


def _odd(name: str, entry: dict[str, Any], says: str) -> Attack:
    attack = reference(REFERENCES, name, f"({name}) {says}", **entry)
    return attack


# fmt: off
FACTS: list[Attack] = [
    *(clinic(YAML, name, says, add=text) for name, (text, says) in _YAML.items()),
    *(clinic(YAML, name, says, phone=text) for name, (text, says) in _VALUES.items()),
    clinic(YAML, "yaml-colon-after-colon", add="feedback: a: b\n", prints=("Good habits",)),
    clinic(YAML, "yaml-empty", "Expected 'key: value' lines", yml="\n"),
    clinic(YAML, "yaml-that-is-a-list", "Expected 'key: value' lines", yml="- a\n- b\n"),
    clinic(YAML, "yaml-that-is-text", "Expected 'key: value' lines", yml="name"),
    clinic(YAML, "yaml-that-is-json", yml='{"name": "Json Clinic", "region": "uk", "brand": '
           '"riverside", "address": ["1 River Road"], "phone": "0113 496 0142"}',
           prints=("Json Clinic",)),
    clinic(YAML, "yaml-of-escapes-only", name='"' + "".join(
           f"\\x{ord(c):02x}" for c in "Hidden Clinic") + '"', prints=("Hidden Clinic",)),
    clinic(YAML, "yaml-with-15000-remarks", add="#" * 15_000 + "\n"),
    clinic(YAML, "yaml-date-as-a-name", name="2026-01-01", prints=("2026-01-01",)),
    clinic(YAML, "yaml-norway-as-a-name", name='"no"', prints=("no",)),
    clinic(YAML, "yaml-of-1-megabyte", "This file is larger than 256 KB",
           yml=lambda: _SOUND + "#" * 1_000_000),
    clinic(HIDDEN, "facts-in-utf-16", yml=_SOUND.encode("utf-16"), prints=("Riverside Clinic",)),
    clinic(HIDDEN, "facts-in-utf-16-without-mark", "U+0000", yml=_SOUND.encode("utf-16-le")),
    clinic(HIDDEN, "facts-in-utf-32", "U+0000", yml=_SOUND.encode("utf-32")),
    clinic(HIDDEN, "facts-in-latin-1", prints=("Café",),
           yml=_SOUND.encode().replace(b"Riverside Clinic", b"Caf\xe9")),
    clinic(HIDDEN, "facts-in-overlong-utf-8", NOT_TEXT,
           yml=_SOUND.encode() + b"feedback: \xc0\xafetc\xc0\xafpasswd\n"),
    clinic(HIDDEN, "facts-with-coded-surrogates", NOT_TEXT,
           yml=_SOUND.encode() + b"feedback: \xed\xa0\x80\n"),
    clinic(HIDDEN, "facts-beyond-unicode", NOT_TEXT,
           yml=_SOUND.encode() + b"feedback: \xf4\x90\x80\x80\n"),
    clinic(HIDDEN, "facts-with-a-byte-order-mark", yml=b"\xef\xbb\xbf" + _SOUND.encode(),
           prints=("Riverside Clinic",)),
    clinic(HIDDEN, "facts-with-a-zero-byte", "it holds U+0000", name='"a\\0b"'),
    clinic(HIDDEN, "facts-with-a-lone-surrogate", "it holds U+D800", name='"a\\ud800b"'),
    clinic(HIDDEN, "facts-with-a-direction-override", "it holds U+202E", name='"1\\u202e05 mg"'),
    clinic(HIDDEN, "key-with-a-lone-surrogate", "unicode string", add='"\\ud800": x\n'),
    clinic(HIDDEN, "key-that-writes-to-the-terminal", NOT_KNOWN, add='"\\e]0;x\\a\\r": x\n'),
    clinic(HIDDEN, "region-that-writes-to-the-terminal", NO_NAME, region='"\\e[2J\\a"'),
    clinic(CODE, "name-with-code", name='"{{ 7*7 }}{% raw %}"', prints=("{{ 7*7 }}{% raw %}",)),
    clinic(CODE, "name-with-marks-of-html", name='"<script>alert(1)</script>"',
           prints=("<script>alert(1)</script>",)),
    clinic(CODE, "name-with-markdown", name='"**A** [x](https://example.org) `id`"',
           prints=("**A** [x](https://example.org) `id`",)),
    clinic(CODE, "address-with-code", address='["{{ clinic.__class__ }}"]'),
    leaflet(CODE, "fact-that-holds-a-token", "Words.", "it holds U+E000",
            facts={"publisher": '"\\ue0000\\ue001"'}),
    clinic(STYLE, "name-with-marks-of-css", name='"a\\"; } body { display: none } /* \\\\"',
           prints=("a”; } body { display: none } /* \\",)),
    clinic(NETWORK, "website-with-script", "it is not a web address",
           add='website: "javascript:alert(1)"\n'),
    clinic(NETWORK, "website-with-a-port", "it is not a web address",
           add='website: "127.0.0.1:80"\n'),
    clinic(NETWORK, "website-with-a-question", add='website: "example.org/?x=1&utm_source=a"\n'),
    clinic(NETWORK, "website-with-marks-of-html", "it is not a web address",
           add="website: 'example.org/?x=\"onclick=\"y'\n"),
    clinic(NETWORK, "website-that-nobody-asks", add="website: 127.0.0.1/canary\n"),
    clinic(NETWORK, "website-too-long-for-a-code", "at most 250 fit",
           add="website: example.org/" + "a" * 3_000 + "\n"),
    clinic(NETWORK, "website-of-4000-dots", "at most 250 fit",
           add="website: " + "a." * 4_000 + "b\n"),
    clinic(NETWORK, "mail-with-a-header", "it is not an e-mail address",
           add='email: "a@example.org?bcc=b@example.org"\n'),
    clinic(NETWORK, "mail-of-4000-dots", "it is not an e-mail address",
           add="email: a@" + "a." * 4_000 + "!\n"),
    clinic(STYLE, "brand-out-of-its-folder", NO_NAME, brand='"../../../etc"'),
    clinic(STYLE, "region-out-of-its-folder", NO_NAME, region='"../../outside/folder/canary"'),
    clinic(STYLE, "region-of-a-device", "Windows keeps this name for itself", region="con"),
    clinic(LAYOUT, "name-of-9000-letters", name="R" * 9_000, prints=("R" * 30,)),
    clinic(LAYOUT, "name-of-1500-words", name="River " * 1_500, prints=("River River",)),
    clinic(LAYOUT, "hours-of-500-days",
           add="hours:\n" + "".join(f"  - {{days: d{n}, time: t}}\n" for n in range(500))),
    clinic(LAYOUT, "tags-in-thousands", "larger than 16 KB",
           add="tags: [" + ", ".join(f"tag-{n}" for n in range(2_500)) + "]\n"),
    clinic(LAYOUT, "address-of-seven-lines", "at most 6 fit", address="[a, b, c, d, e, f, g]"),
    region(LAYOUT, "region-of-400-lines", add="lines:\n" + "".join(
           f'  l{n}: {{name: N, phone: "111"}}\n' for n in range(400))),
    region(LAYOUT, "region-of-900-words", old="  gray: grey\n", new="  gray: grey\n" + "".join(
           f"  w{n}: x\n" for n in range(900))),
    region(YAML, "region-that-laughs", ANCHOR, add=LAUGHS),
    region(CODE, "region-with-code", old="gray: grey", new='gray: "{{ 7*7 }}<b>"'),
    region(CODE, "region-with-a-date-of-its-own", "is '%s'", old="d MMMM y", new='"%s"',
           at="content/regions/region-with-a-date-of-its-own.yml:4"),
    region(STYLE, "region-with-paper-of-its-own", "is 'a0; } @import'",
           old="paper: a4", new='paper: "a0; } @import"'),
    region(STYLE, "region-with-a-word-out-of-its-place", NO_NAME, old="gray: grey",
           new='"../gray": grey'),
    region(NETWORK, "region-with-an-address-to-call", NO_PHONE, old='"999"', new='"@HTTP@"'),
    leaflet(YAML, "front-matter-that-laughs", "Words.", ANCHOR, facts={"audience": "&a [*a, *a]"}),
    leaflet(YAML, "front-matter-of-a-python-object", "Words.", TAG,
            facts={"audience": "!!python/object/apply:os.system [id]"}),
    leaflet(YAML, "front-matter-5000-deep", "Words.", DEEP, facts={"audience": "[" * 5_000}),
    leaflet(YAML, "front-matter-of-the-year-9999", "Words.", "is out of range",
            facts={"published": "9999-01-10", "review_due": "9999-12-31"}),
    leaflet(YAML, "front-matter-of-the-year-1", "Words.",
            facts={"published": "0001-01-10", "review_due": "0002-01-10"}, prints=("Words.",)),
    leaflet(YAML, "front-matter-of-no-day", "Words.", "there is no such day",
            facts={"published": "2026-02-30"}),
    alone(YAML, "front-matter-of-17-kilobytes", _huge_front_matter, "larger than 16 KB",
          "content/leaflets/sleep/en.md", part="leaflets"),
    *(
        brand(NETWORK if "@HTTP@" in colour else STYLE, name, NO_COLOUR,
              old='"#0f5c73"', new=f'"{colour}"')
        for name, colour in _STYLES.items()
    ),
    *(
        brand(STYLE, name, old='"#0f5c73"', new=f'"{colour}"')
        for name, colour in _COLOURS.items()
    ),
    brand(STYLE, "role-that-fetches", "is neither a colour nor a name of the palette",
          old="primary: river", new='primary: "river;background:url(x)"'),
    brand(STYLE, "palette-with-a-name-of-css", old="river:",
          new='"a; } b {": "#000000", river:'),
    brand(STYLE, "palette-of-700-colours", old='{river: "#0f5c73"}', new="{" + ", ".join(
          f'c{n}: "#0f5c73"' for n in range(700)) + ', river: "#0f5c73"}'),
    brand(NETWORK, "font-from-the-network", "nothing is fetched from the network",
          add='typography:\n  fonts:\n    - {family: Atkinson Hyperlegible Next, source: bundled, '
              'files: ["@HTTP@/a.ttf"]}\n'),
    brand(NETWORK, "font-from-a-company", add="typography:\n  fonts:\n"
          "    - {family: Atkinson Hyperlegible Next, source: google}\n"),
    brand(STYLE, "font-with-marks-of-css", "is not among the fonts",
          add="typography:\n  base: 'x\"; } @import'\n"),
    brand(STYLE, "weight-with-marks-of-css", "it is no weight of type",
          add="typography:\n  base: {weight: '400; } body {'}\n"),
    brand(STYLE, "cover-that-is-a-path", "is '../../etc'",
          add="defaults:\n  foldwell: {cover_shape: ../../etc}\n"),
    brand(STYLE, "inks-of-no-number", "should be a valid number",
          add="defaults:\n  foldwell: {cmyk: {river: [.nan, 0, 0, 0]}}\n"),
    brand(STYLE, "brand-that-extends-itself", "itself extends this one",
          add="defaults:\n  foldwell: {extends: brand-that-extends-itself}\n"),
    brand(STYLE, "brand-that-extends-a-path", NO_NAME,
          add='defaults:\n  foldwell: {extends: "../../etc"}\n'),
    brand(YAML, "brand-that-laughs", ANCHOR, add=LAUGHS),
    brand(CODE, "brand-with-code-as-its-name", old="name: Riverside",
          new='name: "{{ 7*7 }}</title>"'),
    *(_odd(name, entry, "") for name, entry in _MORE_ODD.items()),
    *(
        _odd(name, {"title": text}, "holds U+") for name, text in _MORE_HIDDEN.items()
    ),
    _odd("hidden-note-of-a-source", {"note": "a\0b"}, "holds U+0000"),
    _odd("hidden-key-of-a-source", {"a\ud800b": "x"}, "holds U+D800"),
    reference(REFERENCES, "source-with-script", title="<script>alert(1)</script>",
              prints=("<script>alert(1)</script>",)),
    reference(REFERENCES, "source-with-code", title="{{ 7*7 }}{% x %}",
              prints=("{{ 7*7 }}{% x %}",)),
    reference(REFERENCES, "source-at-an-address-of-script", title="Words",
              URL="javascript:alert(1)", prints=("Words",)),
    reference(REFERENCES, "source-at-an-address-with-marks",
              URL='https://example.org/"><script>alert(1)</script>',
              prints=('https://example.org/"><script>alert(1)</script>',)),
    reference(REFERENCES, "source-with-a-name-of-html", author=[{"literal": "<b>Lee</b>"}],
              prints=("<b>Lee</b>",)),
    reference(REFERENCES, "source-of-3000-authors",
              author=[{"family": f"F{n}", "given": "G"} for n in range(2_000)], prints=("Title",)),
    reference(REFERENCES, "source-before-christ", issued={"date-parts": [[-5]]}, prints=("Title",)),
    references("references-1000-deep", "[" * 1_000 + "]" * 1_000, "nested too deep"),
    references("references-100000-deep", "[" * 100_000, "nested too deep"),
    references("references-of-objects-20000-deep", '{"a":' * 20_000, "nested too deep"),
    references("references-of-6000-digits", "[" + "9" * 6_000 + "]", "a number is too long"),
    references("references-of-1-megabyte", "[" + " " * 1_000_000 + "]", "larger than 256 KB"),
    references("references-of-20000-entries", "[" + ", ".join(["0"] * 20_000) + "]",
               "Reference 20000 is not an object"),
    references("references-in-utf-16", "[]".encode("utf-16"), NOT_TEXT),
    references("references-that-are-null", "null", "Expected a list"),
    references("references-cut-short", '[{"id": "a"', "not readable as JSON"),
    references("references-with-a-path-as-id", '[{"id": "../../x", "type": "book", "title": "T"}]',
               "has no id of letters"),
    references("references-with-an-id-that-writes",
               '[{"id": "\\u001b]0;x\\u0007", "type": "book", "title": "T"}]',
               "has no id of letters"),
    size(FORMATS, "sheet-of-no-number", "should be a valid number", sheet="[.nan, 297]"),
    size(FORMATS, "sheet-of-infinity", "should be a valid number", sheet="[.inf, 297]"),
    size(FORMATS, "sheet-of-minus-210", "should be greater than 0", sheet="[-210, 297]"),
    size(FORMATS, "sheet-of-nothing", "should be greater than 0", sheet="[0, 0]"),
    size(FORMATS, "sheet-of-a-kilometre", "less than or equal to 2000", sheet="[1000000, 297]"),
    size(FORMATS, "sheet-of-an-exponent", "should be a valid number", sheet="[1e9, 297]"),
    size(FORMATS, "sheet-of-one-number", "sheet", sheet="[210]"),
    size(FORMATS, "sheet-in-words", "sheet", sheet="a4; } @import url(x)"),
    size(FORMATS, "panels-17", "at most 16 fit", sheet="[2000, 297]",
         panels="[" + ", ".join(["{name: inside, width: 100, height: 297}"] * 17) + "]"),
    size(FORMATS, "panels-none", "is empty", panels="[]"),
    size(FORMATS, "panel-named-by-css", "is 'x; }'",
         panels="[{name: 'x; }', width: 210, height: 297}]"),
    size(FORMATS, "panel-of-no-width", "should be greater than 0",
         panels="[{name: front, width: 0, height: 297}]"),
    size(FORMATS, "panel-a-thousand-times", "stands more than once",
         sides="[[" + ", ".join(["1"] * 1_000) + "]]"),
    size(FORMATS, "panel-number-a-milliard", "names a panel that is not there",
         sides="[[1000000000]]"),
    size(FORMATS, "panel-number-minus-1", "names a panel that is not there", sides="[[-1]]"),
    size(FORMATS, "panel-number-one-and-a-half", "is no place of a panel", sides="[[1.5]]"),
    size(FORMATS, "side-without-panels", "stands on no side", sides="[[]]"),
    size(FORMATS, "sides-none", "is empty", sides="[]"),
    size(FORMATS, "body-of-no-number", "should be a valid number", more="    body: [.nan, 14]\n"),
    size(FORMATS, "body-of-a-metre", "less than or equal to 200", more="    body: [12, 3000]\n"),
    size(FORMATS, "body-too-small-to-read", "greater than or equal to 12",
         more="    body: [0, 14]\n"),
    size(FORMATS, "layout-out-of-its-folder", "is '../../etc'", layout="../../etc"),
    size(FORMATS, "format-named-con", "Windows keeps this name for itself", key="con"),
    size(FORMATS, "format-named-by-a-path", NO_NAME, key='"../../x"'),
    size(FORMATS, "format-named-on-two-lines", NO_NAME, key='"a\\nb"'),
    size(FORMATS, "format-of-300-letters", "longer than 80 characters", key="a" * 300),
    size(FORMATS, "sheet-of-one-millimetre", "is taller than a", sheet="[1, 1]",
         panels="[{name: front, width: 1, height: 1}]", at="content/leaflets/sleep/en.md"),
    size(FORMATS, "sheet-as-a-strip", "is taller than a", sheet="[2000, 1]",
         panels="[{name: front, width: 2000, height: 1}]", at="content/leaflets/sleep/en.md"),
    size(FORMATS, "sheet-of-four-square-metres", sheet="[2000, 2000]",
         panels="[{name: front, width: 2000, height: 2000}]", prints=("Good habits",)),
    size(FORMATS, "body-of-seven-centimetres", "is taller than a", more="    body: [200, 200]\n",
         at="content/leaflets/sleep/en.md"),
]
# fmt: on
