"""Commands and groups of commands with help pages in our words, and what wrong usage of them is called."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import click

from notat.cli.speech import said
from notat.text.errors import did_you_mean


class Option(click.Option):
    """An option with other spellings after its own, which work but are not shown: users of Quarto type them."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line of the help page."""
        shown = copy.copy(self)
        shown.opts = self.opts[:1]
        return click.Option.get_help_record(shown, ctx)

    def get_error_hint(self, ctx: click.Context | None) -> str:  # noqa: ARG002  # click calls it so
        """What a message about wrong usage calls the option."""
        return f"'{self.opts[0]}'"


chosen_formats = click.option(
    *("--til", "--to", "formats"),
    cls=Option,
    multiple=True,
    type=click.Choice(["html", "pdf", "docx"]),
    help="Bare dette formatet.",
)


def uncached(about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option to use no cached result; `about` is its help."""
    return click.option(*("--uten-mellomlager", "--no-cache", "fresh"), cls=Option, is_flag=True, help=about)


class Command(click.Command):
    """A command whose help page is in bokmål, until it is `translated`."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{said('Bruk:')} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(said("Valg")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the page."""
        option = super().get_help_option(ctx)
        if option:
            option.help = said("Vis denne hjelpen.")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words after the command's name."""
        return [piece.replace("[OPTIONS]", said("[VALG]")) for piece in super().collect_usage_pieces(ctx)]


class Group(Command, click.Group):
    """A command group, with its list of commands."""

    command_class = Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, also with the letters that the names do without: «påstand» is `paastand`."""
        found = super().get_command(ctx, cmd_name)
        return found or super().get_command(ctx, cmd_name.replace("å", "aa").replace("ø", "o"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; one that there is not is refused with those of nearly that name."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(f"Ukjent kommando «{name}». {did_you_mean(name, self.commands)}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands with one line each."""
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str(100)) for name, command in self.commands.items()]
        with formatter.section(said("Kommandoer")):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """The words after the group's name."""
        return [said("[VALG]"), said("KOMMANDO …")]


def translated(command: click.Command) -> click.Command:
    """The command with its help, its options' and that of its commands as they are said."""
    shown = copy.copy(command)
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    shown.help = "\n\n".join(said(" ".join(one.split())) for one in paragraphs)
    shown.params = [copy.copy(one) for one in command.params]
    for param in shown.params:
        param.metavar = said(param.metavar or "") or None
        if isinstance(param, click.Option):
            param.help = said(param.help or "") or None
    if isinstance(shown, click.Group):
        shown.commands = {name: translated(one) for name, one in shown.commands.items()}
    return shown


as_json = click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")


def in_json(value: Any) -> str:
    """A value as every command writes it with `--json`."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def misuse(error: click.UsageError) -> str:
    """What is wrong with how a command was called, in bokmål."""
    said = error.message
    quoted: Sequence[Any] = re.findall(r"'([^']*)'", said)
    if isinstance(error, click.NoSuchOption):
        near = " eller ".join(sorted(error.possibilities or ()))
        return f"Ukjent valg {error.option_name}." + (f" Mente du {near}?" if near else "")
    if isinstance(error, click.MissingParameter):
        param = error.param
        name = (
            param.opts[0]
            if isinstance(param, click.Option)
            else (param.make_metavar(error.ctx) if param and error.ctx else "")
        )
        return f"{'Valget' if isinstance(param, click.Option) else 'Argumentet'} {name} mangler."
    if isinstance(error, click.BadOptionUsage):
        takes = "tar ingen verdi" if "does not take" in said else "trenger en verdi"
        return f"Valget {error.option_name} {takes}."
    if isinstance(error, click.BadParameter):
        return _bad_value(error, quoted)
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", said):
        return f"«{extra[1]}» er for mye. Sett tekst med mellomrom i anførselstegn."
    if "Missing command" in said:
        return "Kommandoen mangler."
    return said


def _bad_value(error: click.BadParameter, quoted: Sequence[str]) -> str:
    param, said = error.param, error.message
    name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""
    value = f"«{quoted[0]}»" if quoted else "Verdien"
    kind = param.type if param else None
    if isinstance(kind, click.Choice) and quoted:
        return f"{value} kan ikke stå i {name}. Bruk en av: {', '.join(kind.choices)}."
    if isinstance(kind, click.types.IntParamType) and "not a valid" in said:
        return f"{value} i {name} er ikke et helt tall."
    if isinstance(kind, click.Path) and quoted:
        what = "finnes ikke" if "does not exist" in said else "kan ikke brukes"
        return f"{value} {what}."
    return f"{name}: {said.rstrip('.')}."
