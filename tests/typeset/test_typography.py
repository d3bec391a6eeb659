import pytest

from foldwell.typeset.templates import strings
from foldwell.typeset.typography import polish

EN = strings("en")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p>She said "it\'s" so.</p>', "<p>She said “it’s”\u00a0so.</p>"),
        ("<p>&quot;My start&quot;</p>", "<p>“My start”</p>"),
        ("<b>('no')</b>", "<b>(‘no’)</b>"),
        ("<b>from -5 to 5</b>", "<b>from −5 to 5</b>"),
        ("<b>« oui », non ? 2 : 5</b>", "<b>«\u00a0oui\u00a0», non\u00a0? 2\u00a0: 5</b>"),
        ("<b>wait -- then go---on, 5--10 --x</b>", "<b>wait – then go—on, 5--10 --x</b>"),
        ("<b>name ---- end</b>", "<b>name ---- end</b>"),
        ("<b>2 x 5</b>", "<b>2\u00a0×\u00a05</b>"),
        ("<b>take 5 mg or 12 hours on</b>", "<b>take 5\u00a0mg or 12\u00a0hours on</b>"),
        ("<b>7-OH, 10-20, 3*4</b>", '<b><span class="whole">7-OH</span>, 10-20, 3*4</b>'),
        (
            '<a class="fact fact-phone" href="tel:1">1-800 - 2</a>',
            '<a class="fact fact-phone" href="tel:1">1-800 - 2</a>',
        ),
        ('<img alt="a &quot;b&quot;">', '<img alt="a &quot;b&quot;">'),
        (
            "<p>one two three <strong>four.</strong></p>",
            "<p>one two three\u00a0<strong>four.</strong></p>",
        ),
        (
            '<li>one, call <a class="fact fact-phone" href="tel:1"><bdi>999</bdi></a>.</li>',
            '<li>one, call\u00a0<a class="fact fact-phone" href="tel:1"><bdi>999</bdi></a>.</li>',
        ),
        (
            '<p>call on <a class="fact fact-phone" href="tel:1"><bdi>01 23 45</bdi></a></p>',
            '<p>call on <a class="fact fact-phone" href="tel:1"><bdi>01 23 45</bdi></a></p>',
        ),
        ("<h2>What opioids feel like</h2>", "<h2>What opioids feel\u00a0like</h2>"),
        (
            "<h2>Took some? Call "
            '<a class="fact fact-phone" href="tel:1"><bdi>999</bdi></a> now</h2>',
            "<h2>Took some? Call\u00a0"
            '<a class="fact fact-phone" href="tel:1"><bdi>999</bdi></a>\u00a0now</h2>',
        ),
        ("<p>Who? Me</p><h3>Not I</h3>", "<p>Who? Me</p><h3>Not I</h3>"),
        ("<p><strong>one two three.</strong></p>", "<p><strong>one two\u00a0three.</strong></p>"),
    ],
)
def test_signs(before: str, after: str) -> None:
    assert polish(before, EN) == after
