"""Web pages, Markdown of other programs and plain text."""

from pathlib import Path

import pytest
from leaflet_made import Make, maker
from word_files import png

from foldwell.errors import FoldwellError, UsageError
from foldwell.importing.bringing import bring_all
from foldwell.importing.placing import Imported


@pytest.fixture
def make(project: Path, tmp_path: Path) -> Make:
    return maker(project, tmp_path)


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Sleep &amp; rest | Site</title>
<style>.c2{font-weight:700}</style><script>alert("x")</script></head><body>
<nav><a href="/">Home</a></nav><main><h1>Sleep well</h1>
<p>Go to <b>bed</b> at <span class="c2">ten</span>.<br>Not <del>nine</del> later.</p>
<h2 id="help">More help</h2><p>See
<a href="/conditions/snoring/">snoring</a>, <a href="#help">help</a> and
<a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D">a page</a>.</p>
<ol start="3"><li>three<ul><li>a</li></ul></li><li>four</li></ol>
<figure><img src="data:image/png;base64,%s" alt="A bed"><figcaption>The bed</figcaption></figure>
<img src="https://127.0.0.1/a.png" alt="far">
<details><summary>Why?</summary><p>Because.</p></details>
<pre>Dr Ann
1 Street</pre>
<dl><dt>Nap</dt><dd>A short sleep.</dd></dl>
<iframe src="https://127.0.0.1/"></iframe><form><input value="x"></form>
</main><footer>Copyright</footer></body></html>"""


def test_a_web_page(make: Make) -> None:
    import base64

    made = make("page.html", PAGE % base64.b64encode(png()).decode(), site="https://example.net")
    assert made.whole.startswith('---\ntitle: "Sleep well"\n---\n')
    for piece in (
        "Go to **bed** at **ten**.  \nNot later.",
        "## More help {#help}",
        "[snoring](https://example.net/conditions/snoring/)",
        "[help](#help)",
        "[a page](https://example.org/a)",
        "3. three\n   - a\n4. four",
        "/// figure\n![A bed](picture-1.png)\n\nThe bed\n///",
        "<!-- Left behind: a picture of 'far' -->",
        "Why?\n\nBecause.",
        "Dr Ann  \n1 Street",
        "Nap\n:   A short sleep.",
    ):
        assert piece in made.text, made.text
    for words in ("struck through", "not fetched", "a script", "a frame", "a form", "Copyright"):
        assert words in made.told, made.told
    assert "alert" not in made.whole


MARKDOWN = """---
title: "Sleep: how to"
layout: page
---
# Sleep: how to

Setext
------

See [the clinic](../clinic/ "Sleep clinic"), [the other][o] or <b>ring</b> us.{.lead}

{: .wide }
* one
* two
    1. deep
    2. deeper

+ other

![A bed](bed.png)

[o]: https://example.org/o?utm_source=x 'Other'

Ring 5&nbsp;mg.[^n]

[^n]: A *note*.

{% include x.html %}

##### Far down
<div class="box">In <em>a</em> box</div>
"""


def test_markdown_of_a_site(make: Make, tmp_path: Path, project: Path) -> None:
    (tmp_path / "bed.png").write_bytes(png())
    made = make("sleep-how.md", MARKDOWN, site="https://example.net/health")
    assert made.whole.startswith('---\ntitle: "Sleep: how to"\n---\n')
    for piece in (
        "## Setext",
        "[the clinic](https://example.net/health/clinic/)",
        "(Sleep clinic)",
        "[the other](https://example.org/o) or **ring** us.",
        "- one\n- two\n  1. deep\n  2. deeper\n\n* other",
        "![A bed](picture-1.png)",
        "Ring 5\u00a0mg.[^1]",
        "[^1]: A *note*.",
        "### Far down",
        "In *a* box",
        "<!-- Left out of the front matter: layout: page -->",
    ):
        assert piece in made.text, made.text
    assert "include x.html" in made.told
    assert (project / "content/leaflets/sleep-how/picture-1.png").exists()


TEXT = """\ufeffLooking after your knee\r
\r
Rest for two days. This line is wrapped by the mail program that wrote it here, and\r
goes on.\r
\r
WHAT TO DO\r
==========\r
\r
- rest\r
- ice\r
1. wash\r
2. dry\r
\r
Ward 7\r
1 High Street\r
"""


def test_plain_text(make: Make) -> None:
    made = make("knee.txt", TEXT)
    assert made.whole.startswith('---\ntitle: "Looking after your knee"\n---\n')
    assert made.text == (
        "Rest for two days. This line is wrapped by the mail program that wrote it here, and goes"
        " on.\n\n## WHAT TO DO\n\n- rest\n- ice\n\n1. wash\n2. dry\n\nWard 7  \n1 High Street"
    )


def test_nothing_is_written_over(make: Make, project: Path) -> None:
    make("a.txt", "Title\n\nFirst words.")
    with pytest.raises(UsageError, match="already; nothing is written over it"):
        make("a.txt", "Title\n\nOther words.")
    assert "First words." in (project / "content/leaflets/a/en.md").read_text()
    assert make("a.txt", "Title\n\nOther words.", name="b").path == "content/leaflets/b/en.md"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF", "Files of the kind '.pdf' cannot be imported"),
        ("a.txt", b"\x81\x00\x90" * 9, "This file is no text"),
        ("a.txt", b"   \n\n", "holds no words"),
        ("a.txt", b"a" * (5 * 2**20 + 1), "larger than 5 MB"),
        ("a.html", b"<div>" * 5_000, "nested too deep"),
        ("a.md", b"> " * 5_000 + b"x", "nested too deep"),
        ("a.md", b"---\ntitle: A\n---\n/// tip\nx\n///\n", "is a leaflet already"),
    ],
)
def test_hostile_files(make: Make, name: str, content: bytes, says: str) -> None:
    with pytest.raises(FoldwellError, match=says) as raised:
        make(name, content)
    assert str(raised.value).startswith("/") and raised.value.hint


def test_a_folder(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for name, text in {
        "napping/index.md": "# Naps\n\nSee [rest](../rest.md) and [far](/far/).",
        "rest.md": "# Rest\n\nSee [naps](napping/) and [gone](gone.pdf).",
        "bad.html": "<i></i>",
        "notes.zip": "x",
        ".hidden/x.md": "x",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "loop.md").symlink_to(folder / "rest.md")
    done = list(bring_all(folder, project, site="https://example.net"))
    made = {one.path.split("/")[2]: one for one in done if isinstance(one, Imported)}
    assert set(made) == {"napping", "rest"}
    errors = "\n".join(str(one) for one in done if isinstance(one, FoldwellError))
    assert "bad.html: This file holds no words" in errors
    [passed] = [one for one in done if isinstance(one, str)]
    assert "notes.zip" in passed
    text = (project / made["napping"].path).read_text()
    assert "See [rest](../rest/) and [far](https://example.net/far/)." in text
    text = (project / made["rest"].path).read_text()
    assert "See [naps](../napping/) and [gone](https://example.net/gone.pdf)." in text
