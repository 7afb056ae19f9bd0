"""The command line: reads arguments, makes one `Assistant` call, prints. A thin face of `app`.

Exit 0 done (an outcome `needs_input` is an answer: it asks you one question), 1 refused or not possible with one line
on standard error, 2 wrong usage. With `--json` standard output holds one JSON value and nothing else. It must never
decide anything, and `--help` must not pay for a vendor.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import render, render_network
from assistant.domain import Channel, Direction, Draft, DraftKind, DraftState, FavourKind, Outcome, Plan, Value
from assistant.errors import GivefirstError, UsageError

if TYPE_CHECKING:
    from assistant.app import Assistant

app = typer.Typer(
    name="givefirst",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Finds common ground and ways to help in your own notes, and drafts the message. You read it, you send it.",
)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder of all data (default: GIVEFIRST_HOME or ~/.givefirst).")
]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="The day to reckon from, as 2026-11-20.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
Who = Annotated[str, typer.Argument(help="A name, an email address or an id.")]
Kind = Annotated[str, typer.Argument(help=f"What to write: {', '.join(DraftKind)}.")]
About = Annotated[str, typer.Option("--about", help="Your own words: a reason or a purpose. They count as evidence.")]
With = Annotated[
    str | None, typer.Option("--with", help="The other person of an introduction, a blurb or an ask for consent.")
]
OnChannel = Annotated[str, typer.Option("--channel", help="email, message (300 characters) or call (a script).")]
Insist = Annotated[bool, typer.Option("--insist", help="Go on although the plan advises against it.")]
Use = Annotated[
    list[str] | None, typer.Option("--use", help="Id of evidence to use; may be given often. Default: all of the plan.")
]


def main() -> None:
    """The entry point of the command `givefirst`."""
    app()


@contextmanager
def _failing_in_one_line() -> Iterator[None]:
    """Turns an expected failure into one line on standard error and its exit code."""
    try:
        yield
    except UsageError as error:
        typer.echo(f"givefirst: {error}", err=True)
        raise typer.Exit(2) from None
    except GivefirstError as error:
        typer.echo(f"givefirst: {error}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def _opened(home: Path | None, today: str | None) -> Iterator[Assistant]:
    """The assistant on this home, closed again."""
    with _failing_in_one_line():
        from assistant.app import Assistant

        with Assistant.open(home=home, today=_read_day(today)) as assistant:
            yield assistant


def _read_day(text: str | None, option: str = "--today") -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date; write it as 2026-11-20") from None


def _read_kind(text: str) -> DraftKind:
    try:
        return DraftKind(text.replace("-", "_"))
    except ValueError:
        raise UsageError(f"{text!r} is no kind of message; known kinds: {', '.join(DraftKind)}") from None


def _read_channel(text: str) -> Channel:
    try:
        return Channel(text)
    except ValueError:
        raise UsageError(f"--channel {text!r} is unknown; choose {', '.join(Channel)}") from None


def _print(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    if as_json:
        typer.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2))
    else:
        typer.echo(text())


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


@app.command("init")
def init_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Make the data folder, or check that it opens."""
    with _opened(home, today) as assistant:
        _print({"home": str(assistant.home)}, as_json, lambda: f"Ready: {assistant.home}")


@app.command("import")
def import_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Notes, vCards, Connections.csv, .mbox, .eml, .ics, or folders of them."),
    ] = None,
    imap: Annotated[bool, typer.Option("--imap", help="Read the headers of your own mailbox too.")] = False,
    days: Annotated[int, typer.Option("--days", min=1, max=36500, help="With --imap: how many days back.")] = 365,
    add_people: Annotated[
        bool, typer.Option("--add-people", help="Add the people you write with who are not in your book.")
    ] = False,
    bodies: Annotated[bool, typer.Option("--bodies", help="Count the words of mails too; no text is kept.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Read people, notes, mail and calendars; importing again changes nothing, importing an edited file updates."""
    with _opened(home, today) as assistant, render.progress("Reading", shown=not as_json) as tick:
        if not paths and not imap:
            raise UsageError("nothing to import; give files or folders, or --imap")
        report = assistant.import_(
            paths or [], tick, add_people=add_people, bodies=bodies, imap_days=days if imap else None
        )
        _print(report, as_json, lambda: render.import_report(report))


@app.command("note")
def note_command(
    who: Who,
    text: Annotated[str, typer.Argument(help="What you want to remember, in your own words; typed bullets work too.")],
    title: Annotated[str, typer.Option("--title", help="The occasion, such as 'Coffee in Porto'.")] = "",
    date: Annotated[str | None, typer.Option("--date", help="The day it is about (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Add a note about a person."""
    with _opened(home, today) as assistant:
        note = assistant.note(who, text, title=title, date=_read_day(date, "--date"))
        _print(note, as_json, lambda: render.saved_note(note))


@app.command("voice")
def voice_command(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Your sent mail: mbox files, .eml files, folders, or - to paste some.")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Drop what was learnt.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Learn how you write from your own sent mail; with no path, show what was learnt. No mail is kept."""
    with _opened(home, today) as assistant:
        if forget and paths:
            raise UsageError("--forget takes no path; forget first, then learn again")
        if forget:
            dropped = assistant.forget_voice()
            _print({"forgotten": dropped}, as_json, lambda: "Forgotten." if dropped else "There was nothing to forget.")
            return
        text = _read_text("-") if "-" in (paths or []) else ""
        report = assistant.voice([path for path in paths or [] if path != "-"], text)
        _print(report, as_json, lambda: render.voice_report(report))


@app.command("log")
def log_command(
    who: Who,
    text: Annotated[str, typer.Argument(help="What it was about, in your own words; it is kept as a note.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="meeting, call, email or message.")] = "meeting",
    direction: Annotated[
        str | None,
        typer.Option("--direction", help="out, in or both (default: both; out for email and message)."),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="The day it was (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Keep that you were in touch with a person."""
    with _opened(home, today) as assistant:
        kept = assistant.log(who, text, channel, _read_direction(direction), _read_day(date, "--date"))
        _print(kept, as_json, lambda: render.logged(kept))


def _read_direction(text: str | None) -> Direction | None:
    known: dict[str, Direction] = {"out": "out", "in": "in", "both": "both"}
    if text is not None and text not in known:
        raise UsageError(f"--direction {text!r} is unknown; choose {', '.join(known)}")
    return known[text] if text else None


@app.command("favour")
def favour_command(
    who: Who,
    kind: Annotated[str, typer.Argument(help=f"Seen from you: {', '.join(FavourKind)}.")],
    text: Annotated[str, typer.Argument(help="What it was, in your own words.")],
    date: Annotated[str | None, typer.Option("--date", help="The day it was (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Keep what you gave to, received from or asked of a person."""
    with _opened(home, today) as assistant:
        if kind not in list(FavourKind):
            raise UsageError(f"{kind!r} is no kind of favour; choose {', '.join(FavourKind)}")
        kept = assistant.favour(who, FavourKind(kind), text, _read_day(date, "--date"))
        _print(kept, as_json, lambda: render.saved_favour(kept))


@app.command("people")
def people_command(
    query: Annotated[str, typer.Argument(help="Part of a name, address, organisation, place or tag.")] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """List the people in your book."""
    with _opened(home, today) as assistant:
        found = assistant.people(query)
        _print(found, as_json, lambda: render.people(found))


@app.command("show")
def show_command(who: Who, home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show one person: facts with their quotes, notes, favours."""
    with _opened(home, today) as assistant:
        profile = assistant.show(who)
        _print(profile, as_json, lambda: render.profile(profile))


@app.command("search")
def search_command(
    text: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages to show.")] = 10,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Search your notes by words and by meaning."""
    with _opened(home, today) as assistant:
        hits = assistant.search(text, k=k)
        _print(hits, as_json, lambda: render.hits(hits))


@app.command("ground")
def ground_command(who: Who, home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show what you and a person have in common, with quotes from both sides."""
    with _opened(home, today) as assistant:
        found = assistant.ground(who)
        _print(found, as_json, lambda: render.ground(found))


@app.command("network")
def network_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show your network as it is: who you are in touch with over a year, how strongly, and where it is thin."""
    with _opened(home, today) as assistant:
        found = assistant.network()
        _print(found, as_json, lambda: render_network.network(found))


@app.command("balance")
def balance_command(
    who: Annotated[str, typer.Argument(help="A name, an email address or an id; without it, everybody.")] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show what you gave, received and asked, and who would be glad of something from you."""
    with _opened(home, today) as assistant:
        found = assistant.balance(who)
        _print(found, as_json, lambda: render_network.balance(found))


@app.command("plan")
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
    with _opened(home, today) as assistant:
        plan = assistant.plan(
            _read_kind(kind), who, about, use=use, other=other, channel=_read_channel(channel), insist=insist
        )
        _print(plan, as_json, lambda: render.plan(plan))
        _stop_if_refused(plan)


@app.command("draft")
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
    with _opened(home, today) as assistant:
        draft = assistant.draft(
            _read_kind(kind),
            who,
            about,
            use=use,
            writer=_read_writer(writer),
            other=other,
            channel=_read_channel(channel),
            insist=insist,
            language=language,
        )
        _print(render.draft_value(draft) if as_json else draft, as_json, lambda: render.draft(draft))
        _stop_if_refused(draft)


def _read_writer(text: str) -> Any:
    if text not in ("auto", "plain", "model"):
        raise UsageError(f"--writer {text!r} is unknown; choose auto, plain or model")
    return text


def _stop_if_refused(value: Plan | Draft) -> None:
    if value.outcome is Outcome.REFUSED:
        typer.echo(f"givefirst: refused: {'; '.join(value.reasons)}", err=True)
        raise typer.Exit(1)


@app.command("check")
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
    with _opened(home, today) as assistant:
        findings = assistant.check(
            _read_text(file), _read_kind(kind), to, own=own, other=other, channel=_read_channel(channel)
        )
        _print(findings, as_json, lambda: render.findings(findings))


def _read_text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise GivefirstError(f"{file}: cannot be read: {reason}; give a text file or -") from None


DraftId = Annotated[str, typer.Argument(help="The id that `draft` printed.")]


@app.command("out")
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
    with _opened(home, today) as assistant:
        if [eml is not None, mailto, imap].count(True) != 1:
            raise UsageError("choose one way: --eml FILE, --mailto or --imap")
        if eml is not None:
            written = assistant.out(draft_id, eml)
            _print({"eml": str(written)}, as_json, lambda: f"Written: {written}. Open it, read it, send it yourself.")
        elif mailto:
            link = assistant.mailto(draft_id)
            _print({"mailto": link}, as_json, lambda: link)
        else:
            folder = assistant.imap(draft_id)
            _print({"imap": folder}, as_json, lambda: f"In your folder {folder}. Read it there, send it yourself.")


@app.command("drafts")
def drafts_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """List the drafts you have, newest first, and what became of them."""
    with _opened(home, today) as assistant:
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
        _print(found, as_json, lambda: render.drafts(found))


@app.command("mark")
def mark_command(
    draft_id: DraftId,
    state: Annotated[str, typer.Argument(help=f"What became of it: {', '.join(DraftState)}.")],
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Say what became of a draft; one you sent counts as a time in touch."""
    with _opened(home, today) as assistant:
        if state not in list(DraftState):
            raise UsageError(f"{state!r} is unknown; choose {', '.join(DraftState)}")
        draft = assistant.mark(draft_id, DraftState(state))
        _print({"id": draft.id, "state": draft.state.value}, as_json, lambda: f"{draft.id}: {draft.state}")


@app.command("doctor")
def doctor_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Check the data folder, the records, the index and the settings."""
    with _opened(home, today) as assistant:
        found = assistant.doctor()
        _print(found, as_json, lambda: render.diagnoses(found))
        if not all(one.ok for one in found):
            typer.echo("givefirst: doctor found something to mend; see above", err=True)
            raise typer.Exit(1)


@app.command("reindex")
def reindex_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Build the search index again from the records."""
    with _opened(home, today) as assistant, render.progress("Indexing", shown=not as_json) as tick:
        report = assistant.reindex(progress=tick)
        _print(report, as_json, lambda: render.index_report(report))


@app.command("ui")
def ui_command(
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port on 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    home: Home = None,
    today: Today = None,
) -> None:
    """Open the screens in your browser; only this machine can reach them."""
    with _failing_in_one_line():
        from assistant.launch import run_ui

        raise typer.Exit(run_ui(home, _read_day(today), port, browser))


@app.command("demo")
def demo_command(
    ui: Annotated[bool, typer.Option("--ui/--no-ui", help="Open the screens after the first draft.")] = True,
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port on 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Try it on a fictional network: import, a first draft with its evidence, the screens."""
    with _failing_in_one_line():
        from assistant.launch import load_world, run_ui, world_day

        place = home or Path.home() / ".givefirst-demo"
        day = world_day()
        with _opened(place, day.isoformat()) as assistant:
            report = load_world(assistant)
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            value = {"home": str(place), "import": _plain(report), "draft": render.draft_value(draft)}
            _print(value, as_json, lambda: render.demo(report, draft))
        if ui:
            raise typer.Exit(run_ui(place, day, port, browser))


@app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def eval_command(
    context: typer.Context,
    question: Annotated[
        str,
        typer.Argument(
            help="retrieval, claims, drafts, hostile, ties, speed or network_speed; more arguments go to it."
        ),
    ],
) -> None:
    """Measure the product on one question (needs the source checkout with the extra `evals`)."""
    with _failing_in_one_line():
        from assistant.launch import run_eval

        raise typer.Exit(run_eval(question, context.args))


if __name__ == "__main__":
    main()
