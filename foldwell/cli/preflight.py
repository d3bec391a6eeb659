"""``preflight``: checks finished PDF files, of Foldwell's or of anyone."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError, did_you_mean


@click.command("preflight")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option("--proof", is_flag=True, help="Write a proof with notes beside each file.")
@click.option(
    "--medium",
    metavar="NAME",
    default="",
    help="What the files are for: press, office or screen; told from each otherwise.",
)
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    default="",
    help="Their format, such as a4 or letter-fold.",
)
def command(
    files: tuple[str, ...], as_json: bool, proof: bool, medium: str, format_name: str
) -> int:
    """Check finished PDF files, of Foldwell's or of anyone."""
    from foldwell.build.preflight import formats_of, preflight_files, write_proofs
    from foldwell.check.report import json_report, text_report
    from foldwell.check.standard import PURPOSES, Expected

    formats = formats_of(arguments.project_folder())
    purpose = next((known for known in PURPOSES if known == medium), None)
    if medium and purpose is None:
        raise UsageError(f"--medium cannot be '{medium}'.", None, did_you_mean(medium, PURPOSES))
    if format_name and format_name not in formats:
        hint = did_you_mean(format_name, formats)
        raise UsageError(f"There is no format '{format_name}'.", None, hint)
    expected = Expected(medium=purpose, format=format_name or None, formats=formats)
    outcomes = preflight_files(files, expected, proof=proof)
    reported = [outcome.checked for outcome in outcomes]
    click.echo(json_report(reported) if as_json else text_report(reported))
    for outcome in outcomes:
        for path in write_proofs(outcome):
            click.echo(f"Wrote {path}.", err=as_json)
    return BUILT if all(checked.passed for checked in reported) else FAILED
