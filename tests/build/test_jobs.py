"""The job of an edition: what typesetting knows of it."""

from collections.abc import Callable
from dataclasses import replace

from foldwell.build.job import Options
from foldwell.build.jobs import make_job, seal
from foldwell.build.media import MEDIA, without_sheet
from foldwell.build.pieces import HERE
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS


def right_to_left(edition: Edition) -> Edition:
    edition.__dict__["right_to_left"] = True
    return edition


def test_what_is_read_from_the_right_is_mirrored(edition: Callable[..., Edition]) -> None:
    row = FORMATS["letter-fold"]
    left = make_job(edition(), row, "screen").order
    assert (left.geometry, left.right_to_left) == (row.geometry["a4"], False)
    right = make_job(right_to_left(edition()), row, "screen").order
    assert (right.geometry, right.right_to_left) == (row.geometry["a4"].mirrored(), True)
    assert make_job(right_to_left(edition()), None, "web").order.geometry is None


def test_a_job_knows_what_was_asked_for(edition: Callable[..., Edition]) -> None:
    one, options = edition(), Options(sheet="sra3")
    job = make_job(one, FORMATS["a4"], "press", options, sealed := seal(one))
    assert job.order.medium is MEDIA["press"] and job.order.options is options
    assert job.sealed is sealed
    assert make_job(one, None, "web").order.options == Options()
    assert make_job(one, None, "web").edition == one


def test_of_two_languages_only_the_clinic_is_a_piece_of_its_own(
    edition: Callable[..., Edition],
) -> None:
    """A leaflet beside another one travels once too, not again for each clinic."""
    one = edition()
    other = replace(one.leaflet, language="es")
    for number in range(3):
        clinic = one.clinic.model_copy(update={"name": f"{one.clinic.name} {number}"})
        twins = tuple(["es"])  # an equal one, made anew
        first = replace(one, clinic=clinic, clinic_slug=f"clinic-{number}", twins=twins)
        both = replace(first, beside=replace(first, leaflet=other))
        HERE.fresh()
        job = make_job(both, FORMATS["bilingual"], "screen")
        made = HERE.fresh()
        if number:
            assert [HERE.opened(digest) for digest in made] == [clinic]
        assert job.edition == both and job.edition.beside == both.beside
        assert len(job.sealed) < 150


def test_the_path_without_a_sheet() -> None:
    assert without_sheet("a/en/sleep-a4-press-sra3.pdf") == "a/en/sleep-a4-press.pdf"
    assert without_sheet("a/en/sleep-booklet-press-spreads.pdf") == "a/en/sleep-booklet-press.pdf"
    for other in ("a/en/the-screen-sra3.html", "a/en/the-office-spreads.html"):
        assert without_sheet(other) == other
