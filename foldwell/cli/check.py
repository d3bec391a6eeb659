"""``check``: holds the words of leaflets to the rules."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED

FORMS = ("text", "json", "sarif", "junit", "html")


@click.command("check")
@click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--form", type=click.Choice(FORMS), default="text", help="What to report as.")
@click.option("--to", metavar="FILE", default="", help="Write the report to a file.")
@click.option("--today", metavar="DATE", default="", help="Check as of another day: 2027-01-31.")
@click.option("--doses", is_flag=True, help="List every sentence with a dose, for who signs.")
@click.option("--hints", is_flag=True, help="Propose plainer words, beside each hard sentence.")
@arguments.listed
def command(
    leaflets: tuple[str, ...],
    clinic: str,
    form: str,
    to: str,
    today: str,
    doses: bool,
    hints: bool,
    as_json: bool,
) -> int:
    """Hold the words of leaflets to the rules: who stands behind them, and can people read them."""
    from foldwell.build.check_leaflets import check_leaflets
    from foldwell.check import wording_report as report
    from foldwell.check.wording_page import html_report

    day = arguments.day(today) if today else arguments.today()
    root = arguments.project_folder()
    checked = check_leaflets(root, day, leaflets, clinic, with_hints=hints)
    made = {
        "text": lambda: report.text_report(checked, doses=doses),
        "json": lambda: report.json_report(checked),
        "sarif": lambda: report.sarif_report(checked),
        "junit": lambda: report.junit_report(checked),
        "html": lambda: html_report(checked),
    }["json" if as_json else form]()
    if to:
        Path(to).write_text(made, encoding="utf-8")
        click.echo(f"Wrote {to}: {report.summary(checked)}.")
    else:
        click.echo(made)
    return BUILT if all(leaflet.passed for leaflet in checked) else FAILED
