import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from foldwell.build.job import Options, Selection
from foldwell.build.media import MEDIA
from foldwell.build.plan import make_plan
from foldwell.build.request import Jobs
from foldwell.content.library import read_library
from foldwell.errors import UsageError
from foldwell.paper.formats import FORMATS


@pytest.fixture
def root(project: Path) -> Path:
    """A project of two clinics, on A4 and on Letter, and all formats."""
    content = project / "content"
    uk = (content / "regions/uk.yml").read_text()
    (content / "regions/us.yml").write_text(uk.replace("a4", "letter"))
    clinic = (content / "clinics/riverside.yml").read_text()
    (content / "clinics/bayside.yml").write_text(clinic.replace("uk", "us"))
    (content / "build.yml").write_text(
        "runs:\n  - formats: {a4: [screen, office], letter: [screen], letter-fold: [office]}\n"
    )
    return project


def plan(root: Path, options: Options | None = None, **asked: tuple[str, ...]) -> Jobs:
    return make_plan(read_library(root, TODAY), Selection(**asked), TODAY, options)


def paths(root: Path, **asked: Any) -> list[str]:
    return [job.path for job in plan(root, **asked).jobs]


def test_everything(root: Path) -> None:
    assert paths(root) == [
        "bayside/en/sleep-letter-fold-office.pdf",
        "bayside/en/sleep-letter-screen.pdf",
        "bayside/en/sleep.html",
        "riverside/en/sleep-a4-office.pdf",
        "riverside/en/sleep-a4-screen.pdf",
        "riverside/en/sleep-letter-fold-office.pdf",
        "riverside/en/sleep.html",
    ]


def test_what_the_paper_cannot_carry_is_told(root: Path) -> None:
    assert plan(root).left_out == (
        ("sleep, bayside, en, a4 screen", "this clinic prints on Letter"),
        ("sleep, bayside, en, a4 office", "this clinic prints on Letter"),
        ("sleep, riverside, en, letter screen", "this clinic prints on A4"),
    )


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"leaflets": ("sl*",)}, 7),
        ({"clinics": ("riverside",)}, 4),
        ({"clinics": ("*side",), "media": ("office",)}, 3),
        ({"formats": ("letter*",)}, 3),
        ({"formats": ("a4",), "media": ("screen",)}, 1),
        ({"media": ("web",)}, 2),
        ({"languages": ("en",), "formats": ("a4", "letter")}, 3),
    ],
)
def test_a_selection(asked: dict[str, tuple[str, ...]], count: int, root: Path) -> None:
    assert len(paths(root, **asked)) == count


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"leaflets": ("slep",)}, "There is no leaflet 'slep'. Did you mean 'sleep'?"),
        ({"clinics": ("x*",)}, "There is no clinic 'x*'. Known here: bayside, riverside."),
        ({"languages": ("es",)}, "There is no language 'es'. Known here: en."),
        (
            {"formats": ("b5",)},
            f"There is no format 'b5'. Known here: {', '.join(sorted(FORMATS))}",
        ),
        (
            {"media": ("print",)},
            f"There is no medium 'print'. Known here: {', '.join(sorted(MEDIA))}.",
        ),
    ],
)
def test_what_matches_nothing(asked: dict[str, Any], message: str, root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        plan(root, **asked)
    assert str(caught.value).startswith(message)


def test_two_runs_of_one_job_make_it_once(root: Path) -> None:
    build = root / "content/build.yml"
    build.write_text(build.read_text() + "  - formats: {a4: [screen]}\n")
    assert len(paths(root)) == len(set(paths(root))) == 7


def test_a_broken_file_matters_only_where_it_is_needed(root: Path) -> None:
    (root / "content/regions/us.yml").write_text("name: [\n")
    assert plan(root, clinics=("riverside",)).broken == ()
    broken = plan(root)
    (error,) = broken.broken
    assert error.place and error.place.path == "content/regions/us.yml"
    assert len(broken.jobs) == 4


def test_a_broken_region_leaves_the_editions_of_others_alone(root: Path) -> None:
    from conftest import job_messages

    leaflet = root / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\n/// only | region: us\nHowdy.\n///\n")
    (root / "content/regions/us.yml").write_text("name: [\n")
    job = plan(root, clinics=("riverside",), formats=("a4",)).jobs[0]
    assert job_messages(job) == []


def test_a_folder_that_may_not_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    usual = os.listdir

    def refuse(path: Path) -> list[str]:
        if str(path).endswith("clinics"):
            raise PermissionError(13, "Permission denied")
        return usual(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert plan(root).broken != ()


# What a print shop may have (rule F3).

NOT_REVIEWED = "This leaflet is not made for a print shop, because no clinician has reviewed it."
PAST = "This leaflet is not made for a print shop, because it is past its review date."
HINT = "Have it reviewed, or ask for a marked proof with --draft."
LEAFLET = "content/leaflets/sleep/en.md"


@pytest.fixture
def press(root: Path) -> Path:
    """The same project, with press files in its plan."""
    (root / "content/build.yml").write_text(
        "runs:\n  - clinics: [riverside]\n    web: false\n"
        "    formats: {a4: [office, press], letter-fold: [press]}\n"
    )
    return root


def review(root: Path) -> None:
    """Let a clinician review the leaflet."""
    leaflet = root / LEAFLET
    leaflet.write_text(
        leaflet.read_text().replace(
            "clinical_reviewers: []",
            "reviewed: 2026-01-09\nclinical_reviewers: [{name: Dr A, role: GP, date: 2026-01-09}]",
        )
    )


def test_nobody_reviewed_it_so_a_print_shop_does_not_get_it(press: Path) -> None:
    made = plan(press)
    assert made.broken == ()
    assert [job.path for job in made.jobs] == ["riverside/en/sleep-a4-office.pdf"]
    reason = NOT_REVIEWED.rstrip(".") + ": --draft makes marked proofs"
    assert made.left_out == (
        ("sleep, riverside, en, a4 press", reason),
        ("sleep, riverside, en, letter-fold press", reason),
    )


def test_who_asks_for_press_is_told_why_it_is_refused(press: Path) -> None:
    made = plan(press, media=("press",))
    assert made.jobs == () and made.left_out == ()
    assert {str(error) for error in made.broken} == {f"{LEAFLET}: {NOT_REVIEWED} {HINT}"}


def test_a_pattern_that_takes_press_along_is_told_too(press: Path) -> None:
    made = plan(press, media=("*",), formats=("a4",))
    assert [job.path for job in made.jobs] == ["riverside/en/sleep-a4-office.pdf"]
    assert [str(error) for error in made.broken] == [f"{LEAFLET}: {NOT_REVIEWED} {HINT}"]


def test_marked_proofs_are_made_on_demand(press: Path) -> None:
    made = plan(press, Options(draft=True))
    assert (made.left_out, made.broken) == ((), ())
    assert [job.path for job in made.jobs] == [
        "riverside/en/sleep-a4-office.pdf",
        "riverside/en/sleep-a4-press-draft.pdf",
        "riverside/en/sleep-letter-fold-press-draft.pdf",
    ]
    asked = plan(press, Options(draft=True), media=("press",))
    assert [job.path for job in asked.jobs] == [job.path for job in made.jobs[1:]]
    assert asked.broken == ()


@pytest.mark.parametrize("draft", [False, True])
def test_a_reviewed_leaflet_goes_to_press(draft: bool, press: Path) -> None:
    review(press)
    made = plan(press, Options(draft=draft))
    assert (made.left_out, made.broken) == ((), ())
    assert [job.path for job in made.jobs] == [
        "riverside/en/sleep-a4-office.pdf",
        "riverside/en/sleep-a4-press.pdf",
        "riverside/en/sleep-letter-fold-press.pdf",
    ]


def test_a_leaflet_past_its_review_date_does_not_go_to_press(press: Path) -> None:
    review(press)
    library, late = read_library(press, TODAY), datetime.date(2027, 1, 11)
    made = make_plan(library, Selection(media=("press",)), late)
    assert made.jobs == ()
    assert {str(error) for error in made.broken} == {f"{LEAFLET}: {PAST} {HINT}"}
    made = make_plan(library, Selection(), late)
    assert [reason for _, reason in made.left_out] == [
        PAST.rstrip(".") + ": --draft makes marked proofs"
    ] * 2
    proofs = make_plan(library, Selection(media=("press",)), late, Options(draft=True))
    assert {job.path.rpartition("-")[2] for job in proofs.jobs} == {"draft.pdf"}
    on_the_day = make_plan(library, Selection(media=("press",)), datetime.date(2027, 1, 10))
    assert len(on_the_day.jobs) == 2


def test_paper_counts_before_review(press: Path) -> None:
    """What the clinic's paper cannot carry is skipped for that reason, and is no mistake."""
    (press / "content/build.yml").write_text(
        "runs:\n  - clinics: [bayside]\n    web: false\n    formats: {a4: [press]}\n"
    )
    made = plan(press, media=("press",))
    assert (made.jobs, made.broken) == ((), ())
    assert made.left_out == (("sleep, bayside, en, a4 press", "this clinic prints on Letter"),)


def test_options_reach_their_jobs(press: Path) -> None:
    options = Options(draft=True, condition="uncoated", sheet="sra3", instructions=True)
    jobs = plan(press, options).jobs
    assert {job.order.options for job in jobs} == {options}
    assert jobs[1].path == "riverside/en/sleep-a4-press-sra3-draft.pdf"


# Formats of the project's own.


def test_a_format_of_the_project_is_planned_by_its_name(root: Path) -> None:
    (root / "content/build.yml").write_text(
        """\
runs:
  - formats: {strip: [screen, office]}
    web: false
formats:
  strip:
    on:
      a4:
        sheet: [200, 210]
        panels:
          - {name: cover, width: 100, height: 210}
          - {name: inside, width: 100, height: 210}
          - {name: inside, width: 100, height: 210}
          - {name: back, width: 100, height: 210}
        sides: [[4, 1], [2, 3]]
"""
    )
    made = plan(root)
    assert [job.path for job in made.jobs] == [
        "riverside/en/sleep-strip-office.pdf",
        "riverside/en/sleep-strip-screen.pdf",
    ]
    assert [name for name, _ in made.left_out] == [
        "sleep, bayside, en, strip screen",
        "sleep, bayside, en, strip office",
    ]
    assert len(plan(root, formats=("strip",)).jobs) == 2
    with pytest.raises(UsageError, match="Did you mean 'strip'"):
        plan(root, formats=("stripe",))


def test_a_fact_that_nobody_checked_in_time_stops_the_press(root: Path) -> None:
    region = root / "content/regions/uk.yml"
    region.write_text(
        region.read_text()
        + "texts:\n  tea: {text: Tea is good., reviewed: 2025-12-01, review_due: 2026-01-31}\n"
    )
    leaflet = root / "content/leaflets/sleep/en.md"
    text = leaflet.read_text().replace(
        "clinical_reviewers: []",
        "reviewed: 2026-01-20\nclinical_reviewers:\n"
        "  - {name: Dr A. Reader, role: physician, date: 2026-01-20}",
    )
    leaflet.write_text(text)
    (root / "content/build.yml").write_text("runs:\n  - formats: {a4: [screen, press]}\n")
    assert "riverside/en/sleep-a4-press.pdf" in paths(root)
    leaflet.write_text(text + "\n{{ region.texts.tea.text }}\n")
    made = plan(root)
    assert [job.order.status for job in made.jobs if job.order.clinic == "riverside"] == [
        "expired", "expired",
    ]  # fmt: skip
    assert [
        reason for name, reason in made.left_out if name == "sleep, riverside, en, a4 press"
    ] == [
        "This leaflet is not made for a print shop, because it uses facts of its region that nobody"
        " has checked in time ('texts.tea'): --draft makes marked proofs"
    ]


@pytest.mark.parametrize(
    ("days", "status"),
    [("written: 2026-01-02", "draft"), ("written: 2026-01-02, reviewed: 2026-01-03", "")],
)
def test_a_fact_that_was_only_written_stops_the_press(days: str, status: str, root: Path) -> None:
    region = root / "content/regions/uk.yml"
    region.write_text(region.read_text() + f"texts:\n  tea: {{text: Tea is good., {days}}}\n")
    leaflet = root / "content/leaflets/sleep/en.md"
    text = leaflet.read_text().replace(
        "clinical_reviewers: []",
        "reviewed: 2026-01-20\nclinical_reviewers:\n"
        "  - {name: Dr A. Reader, role: physician, date: 2026-01-20}",
    )
    leaflet.write_text(text + "\n{{ region.texts.tea.text }}\n")
    (root / "content/build.yml").write_text("runs:\n  - formats: {a4: [screen, press]}\n")
    made = plan(root)
    here = [job.order for job in made.jobs if job.order.clinic == "riverside"]
    assert {order.status for order in here} == {status}
    assert ("riverside/en/sleep-a4-press.pdf" in [job.path for job in made.jobs]) is (not status)
    refused = dict(made.left_out).get("sleep, riverside, en, a4 press", "")
    assert ("'texts.tea'" in refused) is bool(status)


def test_a_leaflet_waits_for_a_fact_that_its_clinic_lacks(project: Path) -> None:
    """Only the files that would print it are kept back, and each fact is told once."""
    leaflet = project / "content/leaflets/sleep/en.md"
    leaflet.write_text(
        leaflet.read_text() + "\n/// only | format: a4\nFax us: {{ clinic.fax }}.\n///\n"
    )
    settings = project / "content/build.yml"
    settings.write_text("runs:\n  - formats: {a4: [screen], a5: [screen]}\n")
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    kept_back = {path for path, _ in plan.lacking}
    assert kept_back and all("-a4-" in path for path in kept_back)
    assert plan.jobs and not kept_back & {job.path for job in plan.jobs}
    (error,) = plan.broken
    assert "'clinic.fax', which the clinic 'riverside' does not give" in error.message
    assert error.place and error.place.line == leaflet.read_text().count("\n") - 1


def test_a_template_that_prints_a_fact_unasked(project: Path) -> None:
    folder = project / "content/templates/parts"
    folder.mkdir(parents=True)
    text = "<p>{{ clinic.fax | fact }}{% if clinic.email %}{{ clinic.email }}{% endif %}</p>"
    (folder / "about.html").write_text(text)
    (project / "content/build.yml").write_text("runs:\n  - formats: {a4: [screen]}\n")
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert {str(error.place) for error in plan.broken} == {"content/templates/parts/about.html:1"}
    assert {job.order.medium.name for job in plan.jobs} == {"web"}


def test_tags_choose_leaflets_and_runs(project: Path) -> None:
    def clinics(run: str = "", front: str = "") -> set[str]:
        settings = project / "content/build.yml"
        settings.write_text(f"runs:\n  - formats: {{a4: [screen]}}\n{run}")
        leaflet = project / "content/leaflets/sleep/en.md"
        text = leaflet.read_text()
        leaflet.write_text(text.replace("---\n", f"---\n{front}", 1))
        plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
        leaflet.write_text(text)
        assert not plan.broken, plan.broken
        return {job.order.clinic for job in plan.jobs}

    clinic = (project / "content/clinics/riverside.yml").read_text().split("tags:")[0]
    (project / "content/clinics/tagged.yml").write_text(clinic + "tags: [methadone]\n")
    assert clinics() == {"riverside", "tagged"}
    assert clinics(run="    for: [methadone]\n") == {"tagged"}
    assert clinics(front="for: [methadone]\n") == {"tagged"}
    (project / "content/build.yml").write_text("runs:\n  - for: [methadon]\n")
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert "No clinic has the tag 'methadon'. Did you mean 'methadone'?" in str(plan.broken[0])
