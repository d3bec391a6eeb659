"""Words of another script keep their own order, and doses their numbers."""

import re

import pytest

from foldwell.typeset.foreign import direction_of, marked


def runs(text: str) -> list[str]:
    """The Latin runs of a line of Arabic, as they stand in its HTML."""
    page = marked(f"<p>{text}</p>", "ar", "GB", right_to_left=True)
    assert re.sub("</?bdi[^>]*>", "", page) == f"<p>{text}</p>"  # nothing is lost
    return re.findall('<bdi dir="ltr" lang="en">(.*?)</bdi>', page)


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("خذ 8 mg/2 mg الآن", ["8 mg/2 mg"]),
        ("خذ 2.5\u00a0mg الآن", ["2.5\u00a0mg"]),
        ("خذ 10–20 ml الآن", ["10–20 ml"]),
        ("خذ 5 µg الآن", ["5 µg"]),
        ("خذ buprenorphine/naloxone 8 mg/2 mg الآن", ["buprenorphine/naloxone 8 mg/2 mg"]),
        ("خذ &lt;8 mg الآن", ["8 mg"]),
        ("عند Smith &amp; Sons 12-34 اليوم", ["Smith &amp; Sons 12-34"]),
        ("اتصل على 111 NHS اليوم", ["NHS"]),
        ("انتظر 2 إلى 3 دقائق", []),
        ("انظر (example.org/page?id=12#s4) هنا", ["example.org/page?id=12#s4"]),
        ("انظر FDA www.example.org/~a_1?b=34\u00a0هنا", ["FDA www.example.org/~a_1?b=34"]),
        ("انظر doi.org/10.1016/S0140-6736(14)60688-8.", ["doi.org/10.1016/S0140-6736(14)60688-8"]),
        ("اكتب إلى care_1@example.org، أو 0.4 mg", ["care_1@example.org", "0.4 mg"]),
    ],
)
def test_runs_of_latin_words(text: str, isolated: list[str]) -> None:
    assert runs(text) == isolated


def test_pages_in_latin_letters_stay_as_they_are() -> None:
    page = "<p>Take 8 mg &amp; rest</p>"
    assert marked(page, "es", "US", right_to_left=False) == page


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Call <bdi>عيادة النور</bdi> on <bdi>0113 496</bdi> or Ελλάδα",
            'Call <bdi dir="rtl"><bdi dir="rtl" lang="ar">عيادة النور</bdi></bdi> on '
            '<bdi>0113 496</bdi> or <span lang="el">Ελλάδα</span>',
        ),
        # What stands behind a street stays behind it, however its line is broken.
        ("en", "at רחוב הרצל 12, B", 'at <bdi dir="rtl" lang="he">רחוב הרצל 12</bdi>, B'),
        ("hi", "नमस्ते שלום", 'नमस्ते <bdi dir="rtl" lang="he">שלום</bdi>'),
        ("es", "5 \u03bcg de TNF-\u03b1", "5 \u03bcg de TNF-\u03b1"),
        ("fr", "voir 中文 ici", 'voir <span lang="zh">中文</span> ici'),
        # What says its language already is told no other; its direction may be missing.
        ("ar", '<a lang="es" dir="ltr">Español</a>', '<a lang="es" dir="ltr">Español</a>'),
        (
            "ar",
            '<i lang="fr">Été</i> ok',
            '<i lang="fr"><bdi dir="ltr">Été</bdi></i> <bdi dir="ltr" lang="en">ok</bdi>',
        ),
        # A clinic where English is written may have another name all the same.
        (
            "ar",
            '<i lang="en">عيادة النور</i>',
            '<i lang="en"><bdi dir="rtl" lang="ar">عيادة النور</bdi></i>',
        ),
        ("hi", '<i lang="fr">Été <b>ici</b></i>', '<i lang="fr">Été <b>ici</b></i>'),
        ("en", '<a lang="ar" dir="rtl">العربية</a>', '<a lang="ar" dir="rtl">العربية</a>'),
    ],
)  # fmt: skip
def test_words_say_their_own_language(language: str, text: str, told: str) -> None:
    leftwards = language == "ar"
    page = marked(f"<p>{text}</p>", language, "GB", right_to_left=leftwards)
    assert page == f"<p>{told}</p>"


@pytest.mark.parametrize(
    ("text", "direction"), [("0113 496 0142", "ltr"), ("Hollin", "ltr"), ("عيادة 7", "rtl")]
)
def test_a_fact_has_the_direction_of_its_letters(text: str, direction: str) -> None:
    assert direction_of(text) == direction
