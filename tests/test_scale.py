"""What many files cost: the simulator of builds, a ledger of many rows, the page of figures."""

from pathlib import Path

import pytest

from benchmarks.costs import Costs, FileCost, kept_costs
from benchmarks.forecast import file_table, table
from benchmarks.ledger_rows import ledger_cost
from benchmarks.simulator import Service, forecast
from benchmarks.typst_page import typst_source
from foldwell.build.ledger import Ledger
from foldwell.build.records import Record, Written

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scale.md"
SCREEN = FileCost(0.1, 1.0, 2.0, 1.0, 5000, 1.0)
WEB = FileCost(0.1, 0.0, 0.0, 0.0, 1000, 1.0)


def costs(**files: FileCost) -> Costs:
    return Costs(files, 0.5, 0.0, 0.0, 0.01, 1200, 0.0, 0.0)


def test_files_cost_what_their_kinds_cost() -> None:
    both = {"a4 screen": SCREEN, "web": WEB}
    found = forecast(Costs(both, 0.5, 0.0, 0.25, 0.01, 1200, 1e-6, 1e-6), Service(10, 2))
    assert (found.files, found.store_bytes, found.ledger_bytes) == (40, 120_000, 48_000)
    assert found.cpu_s == pytest.approx(0.5 + 2 * 0.25 + 40 * 0.01 + 40 * 0.1 + 20 * 1.0)
    assert found.idle_s == pytest.approx(80e-6)


def test_a_build_takes_as_long_as_its_slowest_part() -> None:
    service, own = Service(50, 1), costs(screen=SCREEN)
    by_cores = [forecast(own, service, count).wall_s for count in (1, 2, 4)]
    assert by_cores == pytest.approx([56, 28, 14], abs=1e-9)  # which do nothing else
    # With cores enough, the one composer is what the others wait for.
    assert forecast(own, service, 50).wall_s == pytest.approx(5 + 0.5, abs=1.2)
    assert forecast(own, service, 50, composers=5).wall_s < 3


def test_what_is_proven_is_printed_beside_its_composer_and_loads_no_engine() -> None:
    own = Costs({"screen": FileCost(0.2, 0.3, 2.0, 9.0, 5000, 1.0)}, 0.5, 2.0, 7.0, 0, 0, 0, 0)
    known = Service(1, 30, known=True)
    by_cores = [forecast(own, known, count) for count in (1, 2, 50)]
    assert [found.cpu_s for found in by_cores] == pytest.approx([0.5 + 2 + 30 * 0.5] * 3)
    # On two cores both begin at once; then each file waits for the one printer, however many cores.
    assert by_cores[0].wall_s == pytest.approx(0.5 + 2 + 30 * 0.5)
    assert [found.wall_s for found in by_cores[1:]] == pytest.approx([0.5 + 1 + 0.2 + 30 * 0.3] * 2)
    assert forecast(own, known, 50, composers=5).wall_s < 0.5 + 1 + 0.2 + 6 * 0.3 + 0.2


def test_the_first_files_of_a_kind_and_brand_cost_more() -> None:
    own = {"a4 screen": FileCost(0.0, 1.0, 2.0, 2.5, 5000, 1.0)}
    spent = [
        forecast(Costs(own, 0, 0, 0, 0, 0, 0, 0), Service(count, 1), 2).cpu_s for count in (3, 6, 9)
    ]
    assert spent == pytest.approx([7.5, 15, 18])


def test_kinds_are_learned_again_where_typesetters_share_them() -> None:
    own = {"a4 screen": FileCost(0.0, 1.0, 1.0, 3.0, 5000, 1.0)}
    spent = [
        forecast(Costs(own, 0, 0, 0, 0, 0, 0, 0), Service(90, 1), count).cpu_s for count in (3, 6)
    ]
    assert spent == pytest.approx([96, 102])


def test_a_paper_that_some_clinics_use_counts_for_those() -> None:
    own = costs(screen=FileCost(0.0, 1.0, 1.0, 1.0, 5000, 0.25))
    assert forecast(own, Service(100, 1)).files == 25


def test_a_ledger_of_many_rows_holds_each_of_them(tmp_path: Path) -> None:
    written = Written("one/en/one.pdf", "0" * 64, (1, 2, 3, 4), 5)
    model = Record({"leaflet": "a"}, "0" * 64, (written,), "draft")
    found = ledger_cost(model, 50, tmp_path)
    ledger = Ledger(tmp_path)
    records = ledger.jobs()
    ledger.close()
    assert (found.rows, len(records)) == (50, 50)
    # Each is a file of its own, and one of them was changed.
    assert len({record.key for record in records.values()}) == 50
    assert [one.key for one in records.values()].count("0" * 64) == 1
    assert found.size >= sum(len(one.as_json()) for one in records.values())


def test_typst_gets_every_word_once_and_none_of_its_signs() -> None:
    source = typst_source("<h1>#1 *drug*</h1><ul><li><p>Take_it [now]</p></li></ul><p>End</p>")
    assert source.endswith("= \\#1 \\*drug\\*\n\nTake\\_it \\[now\\]\n\nEnd\n")


def test_the_page_of_figures_says_what_the_simulator_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table(kept_costs()) in page
    assert file_table(kept_costs()) in page
