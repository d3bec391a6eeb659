"""Attacks in templates and style sheets of the project's own.

They are trusted code, so they may do what their writer may do; but what they fetch is refused, and
what takes for ever is ended. Each is active in the leaflet of its name only.
"""

from __future__ import annotations

from hostile.attack import SOUND, TIME_LIMIT, Attack, alone, front_matter
from hostile.rows import CODE, LAYOUT, NETWORK, PATHS, WORKERS
from hostile.sandbox import REPOSITORY, Sandbox

ASKS = "The page asks for"
ABOUT = "content/templates/parts/about.html"
BLOCKS = "content/templates/css/blocks.css"
GLOBALS = "cycler.__init__.__globals__.os"


def _override(sandbox: Sandbox, path: str, more: str) -> None:
    """Add to a template or style sheet of the project's own, a copy of the shipped one."""
    target = sandbox.project / path
    if not target.exists():
        shipped = REPOSITORY / "templates" / path.removeprefix("content/templates/")
        sandbox.write(path, shipped.read_text())
    target.write_text(target.read_text() + "\n" + sandbox.filled(more))


def template(
    row: str, name: str, code: str, says: str = ASKS, *, at: str = "", **more: object
) -> Attack:
    """Code at the end of the shipped part that says about a leaflet."""

    def spoil(sandbox: Sandbox) -> None:
        facts = front_matter(publisher=name)
        sandbox.write(f"content/leaflets/{name}/en.md", f"{facts}\nWords.\n")
        _override(sandbox, ABOUT, f'{{% if leaflet.publisher == "{name}" %}}{code}{{% endif %}}')

    at = at or f"{name}, riverside"
    made = f"riverside/en/{name}-a4-screen.pdf"
    facts = {"shares": "templates", "trusted": True, **more}
    return Attack(name, row, spoil, says, at, made, ("Words.",), **facts)  # type: ignore[arg-type]


def style(row: str, name: str, rule: str, says: str = ASKS, **more: object) -> Attack:
    """A rule for an element that stands in the leaflet of this name only."""
    element = f'<div class="{name}">Words.</div>'

    def spoil(sandbox: Sandbox) -> None:
        template(row, name, element).spoil(sandbox)
        _override(sandbox, BLOCKS, f".{name} {{ {rule} }}")

    made = f"riverside/en/{name}-a4-screen.pdf"
    facts = {"shares": "templates", **more}
    return Attack(name, row, spoil, says, f"{name}, riverside", made, ("Words.",), **facts)  # type: ignore[arg-type]


def _sheet(rule: str, path: str = BLOCKS, first: bool = False):  # type: ignore[no-untyped-def]
    def spoil(sandbox: Sandbox) -> None:
        _override(sandbox, path, rule)
        if first:
            target = sandbox.project / path
            target.write_text(sandbox.filled(rule) + target.read_text())

    return spoil


def _template(text: str, path: str = "content/templates/leaflet.html"):  # type: ignore[no-untyped-def]
    return lambda sandbox: sandbox.write(path, sandbox.filled(text)) and None


_WAYS = {
    "template-img": '<img src="@HTTP@/a.png" alt="x">',
    "template-img-of-a-file": '<img src="file://@OUTSIDE@/canary.svg" alt="x">',
    "template-img-of-a-path": '<img src="@OUTSIDE@/canary.svg" alt="x">',
    "template-img-up-the-folders": '<img src="../../../outside/canary.svg" alt="x">',
    "template-img-of-an-asset-that-is-not": '<img src="asset:../../canary.svg" alt="x">',
    "template-link-to-a-style-sheet": '<link rel="stylesheet" href="@HTTP@/a.css">',
    "template-style-that-imports": "<style>@import url(@HTTP@/a.css);</style>",
    "template-style-of-an-element": '<p style="background: url(@HTTP@/a.png)">Words.</p>',
    "template-object": '<object data="@HTTP@/a.svg"></object>',
    "template-embed": '<embed src="@HTTP@/a.svg">',
    "template-attachment": '<a rel="attachment" href="file:///etc/passwd">x</a>',
}

_RULES = {
    "style-background": "background: url(@HTTP@/a.png)",
    "style-background-of-a-file": "background: url(file://@OUTSIDE@/canary.svg)",
    "style-list-image": "display: list-item; list-style-image: url(@HTTP@/a.png)",
    "style-border-image": "border: 1px solid; border-image: url(@HTTP@/a.png) 1",
}

_ENDLESS = {
    "template-loop-without-end": "{% for x in range(10**15) %}{% endfor %}",
    "template-loop-that-ends-late": f"{{% for x in range(10**9) %}}{{{{ {GLOBALS}.getpid() }}}}"
    "{% endfor %}",
    "template-that-sleeps": f"{{{{ {GLOBALS}.sys.modules['time'].sleep(3600) }}}}",
    "template-that-stops-itself": f"{{{{ {GLOBALS}.kill({GLOBALS}.getpid(), 19) }}}}",
    "template-that-ignores-the-end": f"{{% set s = {GLOBALS}.sys.modules['signal'] %}}"
    "{{ s.signal(15, s.SIG_IGN) }}{% for x in range(10**15) %}{% endfor %}",
}

_ENDED = {
    "template-that-ends-its-process": (f"{{{{ {GLOBALS}._exit(7) }}}}", "ended by itself, twice"),
    "template-that-kills-its-process": (
        f"{{{{ {GLOBALS}.kill({GLOBALS}.getpid(), 9) }}}}",
        "ended by itself, twice (signal SIGKILL)",
    ),
    "template-that-aborts-its-process": (f"{{{{ {GLOBALS}.abort() }}}}", "ended by itself, twice"),
}

# fmt: off
TEMPLATES: list[Attack] = [
    *(template(NETWORK if "@HTTP@" in code else PATHS, name, code) for name, code in _WAYS.items()),
    *(style(NETWORK if "@HTTP@" in rule else PATHS, name, rule) for name, rule in _RULES.items()),
    template(NETWORK, "template-drawing",
             '<svg viewBox="0 0 9 9"><image href="@HTTP@/a.png" width="9"/></svg>',
             "Failed to render SVG image"),
    template(NETWORK, "template-drawing-that-uses",
             '<svg viewBox="0 0 9 9"><use href="@HTTP@/a.svg#a"/></svg>Words.',
             "text (Alt)"),
    style(NETWORK, "style-content", "content: url(@HTTP@/a.png)", ""),
    template(NETWORK, "template-iframe", '<iframe src="@HTTP@/"></iframe>Words.', ""),
    template(NETWORK, "template-script", "<script src='@HTTP@/a.js'></script>Words.", ""),
    template(NETWORK, "template-video", '<video poster="@HTTP@/a.png"></video>Words.', ""),
    template(NETWORK, "template-refresh", '<meta http-equiv="refresh" content="0;url=@HTTP@/">',
             ""),
    template(CODE, "template-that-calls-itself",
             "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nested too deep"),
    template(CODE, "template-that-includes-itself", '{% include "parts/about.html" %}',
             "nested too deep"),
    template(CODE, "template-that-includes-a-file", '{% include "/etc/passwd" %}',
             "which is not there", at="content/templates"),
    template(CODE, "template-that-includes-a-file-by-steps", '{% include "../../LICENSE" %}',
             "which is not there", at="content/templates"),
    template(CODE, "template-that-includes-ours", '{% include "../foldwell/cli.py" %}',
             "which is not there", at="content/templates"),
    template(CODE, "template-that-names-nothing", "{{ nothing }}", "'nothing' is undefined",
             at=ABOUT),
    template(CODE, "template-that-divides-by-nothing", "{{ 1 / 0 }}", "cannot be filled", at=ABOUT),
    template(CODE, "template-of-a-wrong-type", "{{ 1 + 'a' }}", "cannot be filled", at=ABOUT),
    template(WORKERS, "template-that-takes-all-memory", "{{ 'a' * 10**10 }}",
             "GB of memory"),
    template(WORKERS, "template-that-takes-memory-bit-by-bit",
             "{% set ns = namespace(a='a') %}{% for x in range(60) %}{% set ns.a = ns.a ~ ns.a %}"
             "{% endfor %}", "GB of memory"),
    template(WORKERS, "template-that-raises-the-end",
             f"{{{{ {GLOBALS}.sys.exit(3) }}}}", "cannot be filled"),
    *(
        template(WORKERS, name, code, "took longer than 2 seconds",
                 at=f"content/leaflets/{name}/en.md", limits={TIME_LIMIT: 2})
        for name, code in _ENDLESS.items()
    ),
    *(
        template(WORKERS, name, code, says, at=f"content/leaflets/{name}/en.md")
        for name, (code, says) in _ENDED.items()
    ),
    template(LAYOUT, "template-300-deep", "<div>" * 300 + "x" + "</div>" * 300, "nested too deep"),
    template(LAYOUT, "template-of-columns-in-columns",
             '<div style="columns: 2">' * 6 + "word " * 200 + "</div>" * 6,
             "took longer than 2 seconds", limits={TIME_LIMIT: 2},
             at="content/leaflets/template-of-columns-in-columns/en.md"),
    template(LAYOUT, "template-of-boxes-in-boxes",
             '<div style="display: flex">' * 14 + "word " * 20 + "</div>" * 14,
             "took longer than 2 seconds", limits={TIME_LIMIT: 2},
             at="content/leaflets/template-of-boxes-in-boxes/en.md"),
    style(LAYOUT, "style-of-words-outside-the-page", "margin-left: 500mm",
          "stands outside the page"),
    style(LAYOUT, "style-that-hides-words", "display: none", "of the text is not on the"),
    style(LAYOUT, "style-of-a-font-of-the-machine", "font-family: DejaVu Sans", ""),
    alone(NETWORK, "style-sheet-that-imports", _sheet("@import url(@HTTP@/a.css);", first=True),
          ASKS, "sleep, riverside"),
    alone(PATHS, "style-sheet-that-imports-a-file",
          _sheet("@import url(file://@OUTSIDE@/canary.css);", first=True), ASKS,
          "sleep, riverside"),
    alone(NETWORK, "style-sheet-with-a-font",
          _sheet("@font-face { font-family: x; src: url(@HTTP@/a.ttf) } body { font-family: x }"),
          "font", "sleep, riverside"),
    alone(PATHS, "style-sheet-with-a-font-of-the-machine",
          _sheet("@font-face { font-family: x; src: local('Sans') } body { font-family: x }"),
          "font", "sleep, riverside"),
    alone(NETWORK, "style-sheet-with-a-page-background",
          _sheet("@page { background: url(@HTTP@/a.png) }"), made=SOUND, prints=("Good habits",)),
    alone(NETWORK, "style-sheet-with-a-foot",
          _sheet("@page { @bottom-center { content: url(@HTTP@/a.png) } }"), ASKS,
          "sleep, riverside"),
    alone(LAYOUT, "style-sheet-without-sense", _sheet("} { ; @x url( '"), "Typesetting warned",
          "sleep, riverside"),
    alone(LAYOUT, "style-sheet-of-257-kilobytes", _sheet("/*" + " " * 262_144 + "*/"),
          "larger than 256 KB", BLOCKS, part="templates"),
    alone(CODE, "template-never-closed", _template("{% if x %}"), "The template is broken",
          "content/templates/leaflet.html:1"),
    alone(CODE, "template-of-statements-deep", _template("{% if 1 %}" * 3_000),
          "nested too deep", "sleep, riverside"),
    alone(CODE, "template-of-nothing", _template(""), "The template makes no page",
          "content/templates"),
    alone(CODE, "template-that-is-binary", _template("\0\1\2"), "U+0000",
          "content/templates/leaflet.html", part="templates"),
    alone(LAYOUT, "template-of-no-page", _template("<html><body></body></html>"),
          "The template makes no page", "content/templates"),
]
# fmt: on
