"""``python -m benchmarks.forecast``: what a service of any size would take, by the simulator.

``--measure`` measures the costs anew on this machine (some minutes); ``--check 10`` builds a
service of ten clinics for real and holds it against its forecast.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.costs import BRANDS, KEPT, Costs, file_costs, kept_costs
from benchmarks.measure import cpu_of_build
from benchmarks.service import LEAFLETS, make_service
from benchmarks.simulator import Forecast, Service, forecast
from benchmarks.stubs import build_stubs
from foldwell.typeset.fonts import isolate

MEASURED_CLINICS = 30
PHONE_CLINICS = 24
"""Enough for files of each kind to be proven."""
STUBBED_CLINICS = 40
_ONE_FILE = (LEAFLETS[0], "--format", "large-print", "-q", "--jobs", "1")
PHONE = "one phone of a clinic with 5 leaflets"
SIZES = {
    PHONE: Service(1, 5, brands=1, known=True),
    "one word of a leaflet, 300 clinics": Service(300, 1),
    "a brand of 100 clinics, 5 leaflets": Service(100, 5, brands=1),
    "300 clinics, 5 leaflets": Service(300, 5),
    "3,000 clinics, 5 leaflets": Service(3_000, 5),
    "one phone of a clinic, 400 leaflets in 20 languages": Service(
        1, 400, 20, brands=1, known=True
    ),
    "one word of a leaflet in 20 languages, 10,000 clinics": Service(10_000, 1, 20),
    "10,000 clinics that hand out 40 leaflets in 3 languages": Service(10_000, 40, 3),
    "10,000 clinics, 400 leaflets, 20 languages: all there could be": Service(10_000, 400, 20),
}
"""What is built, in words; all brands are of clinics that need both papers."""
CORES = 64


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.forecast", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="measure the costs anew")
    parser.add_argument("--check", type=int, metavar="CLINICS", help="build for real, and compare")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the measured ledger")
    asked = parser.parse_args()
    isolate()
    if asked.measure:
        measured(asked.rows).save()
        print(f"Written to {KEPT}.")
    costs = kept_costs()
    print(f"{file_table(costs)}\n\n{table(costs)}")
    if asked.check:
        print(checked(costs, asked.check))


def measured(rows: int) -> Costs:
    """The costs of this machine."""
    from benchmarks.ledger_rows import ledger_cost
    from foldwell.build.ledger import Ledger

    with tempfile.TemporaryDirectory(prefix="foldwell-forecast-") as folder:
        work = Path(folder)
        files = file_costs(make_service(work / "service", MEASURED_CLINICS))
        small = make_service(work / "small", 1)
        one = cpu_of_build(small, *_ONE_FILE)
        cpu_of_build(small, "-q", "--jobs", "1")  # whose processes may end later than the command
        idle = cpu_of_build(small, "-q")
        first = max(cost.learn_s + cost.compose_s for cost in files.values())
        many = make_service(work / "phone", PHONE_CLINICS)
        cpu_of_build(many, "-q", "--jobs", "2")
        ledger = Ledger(many / "output")
        records = sorted(ledger.jobs().values(), key=lambda record: len(record.as_json()))
        ledger.close()
        row_bytes = ledger.path.stat().st_size / len(records)  # with its share of the plan
        phone = _one_phone(many)
        held = ledger_cost(records[len(records) // 2], rows, work / "ledger")
        own = build_stubs(make_service(work / "stubs", STUBBED_CLINICS))
        nothing = Costs(files, idle, 0, 0, own, 0, 0, 0)
        composer = max(0.0, phone - forecast(nothing, SIZES[PHONE]).cpu_s)
        worker = max(0.0, one - idle - composer - first)
        return Costs(
            files, idle, composer, worker, own, row_bytes, held.open_s / rows,
            held.read_s / rows,
        )  # fmt: skip


def _one_phone(project: Path) -> float:
    """CPU seconds of a build after one phone of a clinic was changed in what was built."""
    roster = project / "content/clinics.csv"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(text.replace("0113 496 0000", "0113 496 0999", 1), encoding="utf-8")
    return cpu_of_build(project, "-q")


def file_table(costs: Costs) -> str:
    """What a file of each kind costs, as lines of Markdown, as ``docs/scale.md`` has them."""
    lines = [
        "| file | one more clinic | learned from, a leaflet and brand | each of these | bytes |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind, cost in costs.files.items():
        learned = f"{cost.learned:.1f} files | {1000 * cost.learn_s:.0f} ms"
        lines.append(
            f"| `{kind}` | {1000 * (cost.compose_s + cost.print_s):.1f} ms"
            f" | {learned if cost.learned else '– | –'} | {_size(cost.size)} |"
        )
    return "\n".join(lines)


def table(costs: Costs) -> str:
    """The forecasts as lines of Markdown, as ``docs/scale.md`` has them."""
    lines = [
        f"| what is built | files | on two cores | on {CORES} cores | files take | ledger |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, service in SIZES.items():
        two, many = (_rate(costs, service, cores) for cores in (2, CORES))
        lines.append(
            f"| {name} | {two.files:,.0f} | {_time(two.wall_s)} | {_time(many.wall_s)}"
            f" | {_size(two.store_bytes)} | {_size(two.ledger_bytes)} |"
        )
    return "\n".join(lines)


MOST_SIMULATED = 20_000
"""Editions that are simulated one by one; more of them take as long again."""


def _rate(costs: Costs, service: Service, cores: int) -> Forecast:
    """A forecast; of very many editions, from how fast the line runs once it runs."""
    composers = 1 + cores // 4 // 2
    if service.editions <= MOST_SIMULATED:
        return forecast(costs, service, cores, composers)
    part = Service(MOST_SIMULATED // 5, 5, 1, service.brands, service.kinds)
    found, times = forecast(costs, part, cores, composers), service.editions / part.editions
    return Forecast(
        found.files * times, found.cpu_s * times, found.wall_s * times,
        found.store_bytes * times, found.ledger_bytes * times, found.idle_s * times,
    )  # fmt: skip


def checked(costs: Costs, clinics: int) -> str:
    """A real build against its forecast, in CPU seconds, which others disturb less."""
    expected = forecast(costs, Service(clinics, len(LEAFLETS), brands=min(BRANDS, clinics)))
    with tempfile.TemporaryDirectory(prefix="foldwell-forecast-") as folder:
        spent = cpu_of_build(make_service(Path(folder) / "real", clinics), "-q", "--jobs", "2")
    return (
        f"{expected.files:.0f} files: {expected.cpu_s:.0f} s of CPU forecast, {spent:.0f} s spent;"
        f" the forecast is {100 * (expected.cpu_s / spent - 1):+.0f} % off."
    )


def _time(seconds: float) -> str:
    for unit, length in (("years", 31_557_600), ("days", 86_400), ("hours", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"


def _size(size: float) -> str:
    for unit, bytes_ in (("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= bytes_:
            return f"{size / bytes_:.3g} {unit}"
    return f"{size / 1e3:.0f} kB"


if __name__ == "__main__":
    main()
