"""The command line: arguments in, events out as lines, exit code. The only place that prints.

Each command is a module of its own, which is found by its being here and loaded when it is called.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from foldwell import __version__
from foldwell.cli.exit_codes import BUILT, FAILED, USAGE
from foldwell.commands import COMMANDS, USUAL
from foldwell.errors import FoldwellError, Mistakes, UsageError, refused_by_the_system

if TYPE_CHECKING:
    from foldwell.build.workers import Workers


class _Commands(click.Group):
    """A group whose usual command, ``build``, need not be named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command, loaded now."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"foldwell.cli.{COMMANDS[name]}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``build`` before words that name no command."""
        asks_for_group = {"--help", "-h", "--version"} & set(args[:1])
        if not asks_for_group and (not args or args[0] not in COMMANDS):
            args = [USUAL, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the usual command's arguments."""
        formatter.write_usage(_program(), "[LEAFLET…] [OPTIONS]   or   COMMAND [OPTIONS]")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of ``build`` too, then the commands."""
        build = self.get_command(ctx, "build")
        params = build.get_params(ctx) if build else []
        records = [record for p in params if (record := p.get_help_record(ctx)) is not None]
        with formatter.section("Options"):
            formatter.write_dl([*records, ("--version", "Show the version and stop.")])
        self.format_commands(ctx, formatter)


def _program() -> str:
    return "python3 build.py" if "FOLDWELL_PROJECT" in os.environ else "foldwell"


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 96}


# \b keeps click from running the lines of the examples together.
_HELP = """Builds printable patient leaflets from Markdown and a clinic's facts.

Without a command it builds: all leaflets of the project, or those named. A name may be a
pattern: 'kratom-*' means every leaflet whose name starts with kratom-.

\b
Examples:
  {program}                                    builds everything
  {program} kratom-opioid-withdrawal           one leaflet, for every clinic
  {program} --clinic river-bend --format a4    one clinic, one format
"""


@click.group(cls=_Commands, context_settings=_SETTINGS, help=_HELP.format(program=_program()))
@click.version_option(__version__, prog_name="Foldwell")
def cli() -> None:
    """The command line."""


def main(arguments: Sequence[str] | None = None, workers: Workers | None = None) -> None:
    """Run the command line and exit.

    Args:
        arguments: What was typed; by default, what this process was started with.
        workers: Some of this machine that may be warming up already.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name=_program(),
            standalone_mode=False,
            obj=workers,
        )
        sys.exit(code if isinstance(code, int) else BUILT)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except UsageError as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(USAGE)
    except (FoldwellError, Mistakes) as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(FAILED)
    except OSError as error:
        click.secho(str(refused_by_the_system(error)), fg="red", err=True)
        sys.exit(FAILED)
    except (KeyboardInterrupt, click.Abort):
        click.secho("Stopped. Files that were finished are kept.", fg="red", err=True)
        sys.exit(130)
