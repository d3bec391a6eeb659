"""A leaflet is tried on readers: its own points are asked, and only what was answered is told."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build.key_points import questions
from foldwell.build.trying import readers, trial
from foldwell.check.wording.doses import DoseLine
from foldwell.cli import cli
from foldwell.content.edition import make_edition
from foldwell.content.facts import Text
from foldwell.content.interface_words import LANGUAGES, shipped_catalogue
from foldwell.content.leaflet import FrontMatter
from foldwell.content.library import Library, read_library
from foldwell.content.trials import TrialQuestion, path_of

PATH = "content/leaflets/sleep/en.md"
WORDS = """\
/// key-message | The main message
Go to bed **early** [@nhs2024].
///

/// emergency | Call now
Call if somebody does not wake.
///

/// steps | At night
1. Lie down.
2. Take 2 mg of melatonin.
///

/// warning | Tablets can harm
Never take two. Do not drive.
///

## Why sleep?

Sleep heals.
"""


def asked(library: Library, text: str, language: str = "en", **facts: object) -> dict[str, str]:
    leaflet = library.leaflets["sleep"]["en"]
    front = FrontMatter.model_validate(
        {**leaflet.facts.model_dump(by_alias=True), **facts}, strict=False
    )
    leaflet = replace(leaflet, text=text, first_line=1, language=language, facts=front)
    edition = make_edition(library, leaflet, "riverside", TODAY)
    doses = [DoseLine(11, "Take 2 mg of melatonin.", ("2 mg",))]
    return {one.ask: " ".join(one.answer) for one in questions(edition, doses)}


def test_questions_are_made_of_its_own_points(library: Library) -> None:
    assert list(asked(library, WORDS).items()) == [
        ("In your own words: what is the most important thing that it says?", "Go to bed early."),
        ("When do you have to call 999, and what else do you do then?",
         "Call if somebody does not wake."),
        ("Find “At night”. What do you do first, and what comes after that?",
         "Lie down. Take 2 mg of melatonin."),
        ("Find what is missing here: “Take …… of melatonin.”", "Take 2 mg of melatonin."),
        ("Find two things that it tells you not to do. Why not?", "Never take two. Do not drive."),
        ("Find “Tablets can harm”. What does it warn you of, and what would you do?",
         "Never take two. Do not drive."),
        ("You have a question once you are home. Whom do you ask, and how?",
         "Riverside Clinic, 0113 496 0142."),
        ("A friend asks you: “Why sleep?” Find the answer, and tell them in your own words.",
         "Sleep heals."),
    ]  # fmt: skip


def test_own_questions_go_first(library: Library) -> None:
    own = (TrialQuestion(ask=Text("Wann ins Bett?"), answer=Text("Früh.")),)
    assert next(iter(asked(library, WORDS, trial_questions=own))) == "Wann ins Bett?"
    assert next(iter(asked(library, WORDS, "de", trial_questions=own).items())) == (
        "Wann ins Bett?", "Früh.",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_questions(language: str, library: Library) -> None:
    said = asked(library, WORDS, language)
    english = asked(library, WORDS)
    if language != "en":  # where no English sentence forbids anything
        english = {ask: told for ask, told in english.items() if "two things" not in ask}
    assert sorted(said.values()) == sorted(english.values())
    assert language == "en" or not {*said} & {*english}
    assert sum("999" in ask for ask in said) == 1
    assert sum("Tablets can harm" in ask for ask in said) == 1
    assert sum("……" in ask for ask in said) == 1
    assert not [ask for ask in said if "{" in ask]


FORBIDDING = {
    "cy": ("Peidiwch â gyrru. Peidiwch ag yfed.", "Mae’n helpu. Nid yw’n niweidio."),
    "de": ("Fahren Sie nicht. Trinken Sie keinen Alkohol.", "Das hilft. Sie können nicht schaden."),
    "el": ("Μην οδηγείτε. Μην πίνετε.", "Βοηθά. Δεν βλάπτει."),
    "fr": ("Ne conduisez pas. N’arrêtez pas.", "Cela aide. Il ne nuit pas."),
    "he": ("אל תנהגו. אין לשתות.", "זה עוזר. זה לא מזיק."),
    "ru": ("Не садитесь за руль. Никогда не пейте.", "Это помогает. Не вредит."),
    "uk": ("Не сідайте за кермо. Ніколи не пийте.", "Це допомагає. Не шкодить."),
    "vi": ("Đừng lái xe. Không được uống rượu.", "Nó giúp. Nó không gây hại."),
    "zh-Hans": ("请勿开车。\n\n不要喝酒。", "有帮助。\n\n没有害处。"),
}


@pytest.mark.parametrize("language", FORBIDDING)
def test_what_not_to_do_is_told_where_that_is_certain(language: str, library: Library) -> None:
    ask = shipped_catalogue(language).words["trial"]["never"]
    for text, there in zip(FORBIDDING[language], (True, False), strict=True):
        lines = text.replace(". ", ".\n\n")
        said = asked(library, f"## A\n\n{lines}\n", language)
        assert (ask in said) is there, said


def test_questions_are_no_words_of_the_leaflet(library: Library) -> None:
    leaflet = library.leaflets["sleep"]["en"]
    own = (TrialQuestion(ask=Text("When to bed?"), answer=Text("Early.")),)
    facts = leaflet.facts.model_copy(update={"trial_questions": own})
    pair = (leaflet, replace(leaflet, facts=facts))
    assert len({make_edition(library, one, "riverside", TODAY).id for one in pair}) == 1


def test_the_sheet_is_one_page_however_many_points_there_are(library: Library) -> None:
    sections = "\n".join(f"## Part {n}\n\n{'Many words stand here. ' * 9}\n" for n in range(12))
    leaflet = replace(library.leaflets["sleep"]["en"], text=sections)
    made = trial(replace(library, leaflets={"sleep": {"en": leaflet}}), leaflet, "", TODAY)
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        (page,) = pdf
        said = " ".join(page.get_textpage().get_text_range().split())
    rows = list(csv.reader(io.StringIO(made.form.decode("utf-8-sig"))))
    assert len(rows) + len(made.left_out) == 11
    assert all(row[1] in said and row[0] in said and not any(row[2:]) for row in rows[1:])
    assert not any(ask in said for ask in made.left_out)


@pytest.fixture
def tried(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")
    monkeypatch.chdir(project.parent)
    (project / PATH).write_text((project / PATH).read_text() + f"\n{WORDS}")
    return project


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    return str(done.exception) if done.exception else done.output


def fill(form: Path, answers: dict[str, tuple[str, str]], separator: str = ",") -> None:
    """Give questions that start so the answers of some people, a pair of letters each."""
    rows = list(csv.reader(io.StringIO(form.read_bytes().decode("utf-8-sig"))))
    for row in rows[1:]:
        for start, (found, right) in answers.items():
            if row[1].startswith(start):
                for n, pair in enumerate(zip(found, right, strict=True)):
                    row[2 + 2 * n : 4 + 2 * n] = pair
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    form.write_text(out.getvalue(), encoding="utf-8")


def test_answers_are_recorded_and_status_tells_what_fails(tried: Path) -> None:
    assert "readers" not in run("status", "sleep")
    assert "Wrote sleep-en-try.pdf" in run("try", "sleep")
    form = Path("sleep-en-try.csv")
    empty = form.read_text(encoding="utf-8-sig")
    assert "Nobody's answers stand in it" in run(
        "try", "sleep", "--answers", str(form), "--by", "A"
    )
    assert not (tried / path_of("sleep", "en")).exists()

    fill(form, {"When do you have": ("yyyyy", "yyynn"), "In your own": ("yyyyy", "yyyyn")}, ";")
    assert "may be filled in" in run("try", "sleep")
    assert "--by says" in run("try", "sleep", "--answers", str(form))
    day = ("--by", "A", "--on", "2026-01-30")
    assert "10 answers of 5 people" in run("try", "sleep", "--answers", str(form), *day)
    assert "recorded already" in run("try", "sleep", "--answers", str(form), *day)
    said = run("status", "sleep")
    assert "  readers: 5 of 20 people asked, 1 of 2 questions fail; ask 15 more\n" in said
    assert "'When do you have to call 999, and what else do you do then?' fails: 3 of 5" in said
    assert "In your own words" not in said

    for n in range(3):  # three rounds more, in which all goes well
        form.write_text(empty, encoding="utf-8")
        fill(form, {"When do you have": ("yyyyy", "yyyyy")})
        run("try", "sleep", "--answers", str(form), "--by", "B", "--on", f"2026-01-0{n + 1}")
    said = run("status", "sleep")
    assert "  readers: 20 of 20 people asked, 0 of 2 questions fail\n" in said


def test_sixteen_of_twenty_are_enough(tried: Path) -> None:
    """The border itself: 16 of 20 pass, 15 do not."""
    run("try", "sleep")
    form = Path("sleep-en-try.csv")
    empty = form.read_text(encoding="utf-8-sig")
    for n, right in enumerate(("yyyyy", "yyyyy", "yyyyy", "ynnnn")):
        form.write_text(empty, encoding="utf-8")
        fill(form, {"In your own": ("yyyyy", right)})
        run("try", "sleep", "--answers", str(form), "--by", "B", "--on", f"2026-01-0{n + 1}")
    assert "0 of 1 questions fail" in run("status", "sleep")
    record = tried / path_of("sleep", "en")
    record.write_text(record.read_text().replace(",yes,yes,", ",no,yes,", 1))
    assert "fails: 15 of 20 found it" in run("status", "sleep")


def test_answers_to_other_words_count_no_more(tried: Path) -> None:
    run("try", "sleep")
    form = Path("sleep-en-try.csv")
    fill(form, {"In your own": ("yyyyy", "nnnnn")})
    run("try", "sleep", "--answers", str(form), "--by", "A")
    text = (tried / PATH).read_text()
    (tried / PATH).write_text(text.replace("Go to bed **early**", "Go to bed **late**"))
    said = run("status", "sleep")
    assert "5 answers were to other words, and count no more" in said and "fails" not in said
    assert "asks it otherwise now" in run("try", "sleep", "--answers", str(form), "--by", "B")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("yyyy?", "'?' is no answer"),
        (("y", "y", "y", "y", ""), "one of the two answers is missing"),
    ],
)
def test_no_answer_is_guessed(tried: Path, found: tuple[str, ...], said: str) -> None:
    run("try", "sleep")
    form = Path("sleep-en-try.csv")
    fill(form, {"In your own": (found, "yyyyy")})  # type: ignore[dict-item]
    told = run("try", "sleep", "--answers", str(form), "--by", "A")
    assert said in told and "Person 5" in told
    assert not (tried / path_of("sleep", "en")).exists()
    assert "is not the form" in run("try", "sleep", "--answers", str(tried / PATH), "--by", "A")
    assert "no such file" in run("try", "sleep", "--answers", "none.csv", "--by", "A")


def test_a_record_that_was_spoilt_is_told_by_line(tried: Path) -> None:
    record = tried / path_of("sleep", "en")
    record.parent.mkdir()
    record.write_text(
        "day,by,person,question,found,right,ask\n2026-01-01,A,1,ABCD,yes,maybe,Why?\n"
    )
    assert f"{path_of('sleep', 'en')}:2: This row is no answer" in run("status", "sleep")
    record.write_text("who,what\n")
    assert f"{path_of('sleep', 'en')}:1: These are no answers" in run("status", "sleep")


def test_nobody_was_asked_nothing_is_told(tried: Path) -> None:
    library = read_library(tried, TODAY)
    assert readers(library, library.leaflets["sleep"]["en"], TODAY).told() == []
