"""Commands that write, check and hand over: `plan`, `draft`, `check`, `out`, `drafts`, `mark`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.base import (
    About,
    AsJson,
    DraftId,
    Home,
    Insist,
    Kind,
    OnChannel,
    Today,
    Use,
    Who,
    With,
    opened,
    print_value,
    read_channel,
    read_kind,
    read_text,
)
from assistant.domain import Draft, DraftKind, DraftState, Outcome, Plan
from assistant.errors import UsageError
from assistant.render.drafts import draft_value, render_draft, render_drafts, render_findings, render_plan

commands = typer.Typer()
_PANEL = "Write and hand over"


@commands.command("plan", rich_help_panel=_PANEL)
def plan_command(
    kind: Kind,
    who: Who,
    about: About = "",
    other: With = None,
    channel: OnChannel = "email",
    insist: Insist = False,
    use: Use = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show what a message would rest on, before it is written."""
    with opened(home, today) as assistant:
        plan = assistant.plan(
            read_kind(kind), who, about, use=use, other=other, channel=read_channel(channel), insist=insist
        )
        print_value(plan, as_json, lambda: render_plan(plan))
        _stop_if_refused(plan)


@commands.command("draft", rich_help_panel=_PANEL)
def draft_command(
    kind: Kind,
    who: Who,
    about: About = "",
    other: With = None,
    channel: OnChannel = "email",
    insist: Insist = False,
    use: Use = None,
    writer: Annotated[str, typer.Option("--writer", help="auto, plain or model.")] = "auto",
    language: Annotated[
        str, typer.Option("--language", metavar="TAG", help="The language to write in, as pt or pt-BR (needs a model).")
    ] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Draft a message; every sentence that states a fact shows what it rests on."""
    with opened(home, today) as assistant:
        draft = assistant.draft(
            read_kind(kind),
            who,
            about,
            use=use,
            writer=_read_writer(writer),
            other=other,
            channel=read_channel(channel),
            insist=insist,
            language=language,
        )
        print_value(draft_value(draft) if as_json else draft, as_json, lambda: render_draft(draft))
        _stop_if_refused(draft)


def _read_writer(text: str) -> Any:
    if text not in ("auto", "plain", "model"):
        raise UsageError(f"--writer {text!r} is unknown; choose auto, plain or model")
    return text


def _stop_if_refused(value: Plan | Draft) -> None:
    if value.outcome is Outcome.REFUSED:
        typer.echo(f"givefirst: refused: {'; '.join(value.reasons)}", err=True)
        raise typer.Exit(1)


@commands.command("check", rich_help_panel=_PANEL)
def check_command(
    file: Annotated[str, typer.Argument(help="A text file with the message, or - for standard input.")],
    kind: Annotated[str, typer.Option("--kind", help=f"What it is: {', '.join(DraftKind)}.")],
    to: Annotated[str, typer.Option("--to", help="Who it is for: a name, an email address or an id.")],
    own: Annotated[str, typer.Option("--own", help="Your own words that count as evidence.")] = "",
    other: With = None,
    channel: OnChannel = "email",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Check any message, whoever wrote it, against your notes."""
    with opened(home, today) as assistant:
        findings = assistant.check(
            read_text(file), read_kind(kind), to, own=own, other=other, channel=read_channel(channel)
        )
        print_value(findings, as_json, lambda: render_findings(findings))


@commands.command("out", rich_help_panel=_PANEL)
def out_command(
    draft_id: DraftId,
    eml: Annotated[Path | None, typer.Option("--eml", help="Write a mail file that mail programs open.")] = None,
    mailto: Annotated[bool, typer.Option("--mailto", help="Print a link that opens your mail program.")] = False,
    imap: Annotated[bool, typer.Option("--imap", help="Put it into your own Drafts folder.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Hand a draft over to yourself: you open it, read it and send it. Nothing here sends."""
    with opened(home, today) as assistant:
        if [eml is not None, mailto, imap].count(True) != 1:
            raise UsageError("choose one way: --eml FILE, --mailto or --imap")
        if eml is not None:
            written = assistant.out(draft_id, eml)
            print_value(
                {"eml": str(written)}, as_json, lambda: f"Written: {written}. Open it, read it, send it yourself."
            )
        elif mailto:
            link = assistant.mailto(draft_id)
            print_value({"mailto": link}, as_json, lambda: link)
        else:
            folder = assistant.imap(draft_id)
            print_value({"imap": folder}, as_json, lambda: f"In your folder {folder}. Read it there, send it yourself.")


@commands.command("drafts", rich_help_panel=_PANEL)
def drafts_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """List the drafts you have, newest first, and what became of them."""
    with opened(home, today) as assistant:
        names = {one.id: one.name for one in assistant.people()}
        found = [
            {
                "id": one.id,
                "kind": one.kind.value,
                "to": names.get(one.to, one.to),
                "subject": one.subject,
                "outcome": one.outcome.value,
                "state": one.state.value,
            }
            for one in assistant.drafts()
        ]
        print_value(found, as_json, lambda: render_drafts(found))


@commands.command("mark", rich_help_panel=_PANEL)
def mark_command(
    draft_id: DraftId,
    state: Annotated[str, typer.Argument(help=f"What became of it: {', '.join(DraftState)}.")],
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Say what became of a draft; one you sent counts as a time in touch."""
    with opened(home, today) as assistant:
        if state not in list(DraftState):
            raise UsageError(f"{state!r} is unknown; choose {', '.join(DraftState)}")
        draft = assistant.mark(draft_id, DraftState(state))
        print_value({"id": draft.id, "state": draft.state.value}, as_json, lambda: f"{draft.id}: {draft.state}")
