"""Commands and groups of commands whose help pages are in bokmål."""

from __future__ import annotations

import copy

import click


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


class Command(click.Command):
    """A command whose help page is in bokmål."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Bruk: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("Valg"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the page."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Vis denne hjelpen."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words after the command's name."""
        return [piece.replace("[OPTIONS]", "[VALG]") for piece in super().collect_usage_pieces(ctx)]


class Group(Command, click.Group):
    """A command group, with its list of commands in bokmål."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands with one line each."""
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str(100)) for name, command in self.commands.items()]
        with formatter.section("Kommandoer"):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """The words after the group's name."""
        return ["[VALG]", "KOMMANDO …"]
