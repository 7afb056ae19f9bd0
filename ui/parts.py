"""What the pages share: the one open book, words for the product's values, and the two ways untrusted text is shown.

Notes, names, mails and model output are untrusted: Streamlit reads Markdown in labels, captions and messages, and a
picture in it is fetched without a click. This module must never hand such text to anything but `say` (plain text) or,
for a message, through `escape`; it decides nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

import streamlit as st

from assistant.app import Assistant, Progress
from assistant.domain import (
    Channel,
    Contact,
    DraftKind,
    Evidence,
    Fact,
    Finding,
    ImportReport,
    Outcome,
    Severity,
)
from assistant.errors import GivefirstError
from assistant.launch import load_world, world_day
from assistant.settings import read_settings
from assistant.text import fold, strip_hidden
from ui.pictures.picture import Picture, with_ink

KINDS = {
    DraftKind.GIVE_FIRST: "Give first: offer something",
    DraftKind.COLD: "Cold: a first message",
    DraftKind.CHECK_IN: "Check in: how are they",
    DraftKind.FOLLOW_UP: "Follow up: after you met",
    DraftKind.THANK_YOU: "Thank you",
    DraftKind.RECONNECT: "Reconnect: after a long silence",
    DraftKind.ASK: "Ask: one request",
    DraftKind.INTRO_ASK: "Ask them: may I introduce you?",
    DraftKind.INTRO: "Introduce two people who agreed",
    DraftKind.BLURB: "Blurb: lines they can forward",
    DraftKind.NEWS_SHARE: "Share news",
    DraftKind.EVENT_INVITE: "Invite to an event",
}
EXAMPLE = "example_world"
MOST_OFFERED = 1_000
WITH_OTHER = (DraftKind.INTRO_ASK, DraftKind.INTRO, DraftKind.BLURB)
CHANNELS = {
    Channel.EMAIL: "Mail",
    Channel.MESSAGE: "Short message (300 characters)",
    Channel.CALL: "Call (a script)",
}
OUTCOMES = {Outcome.READY: "Ready", Outcome.NEEDS_INPUT: "Needs your input", Outcome.REFUSED: "Refused"}
ASKS = {"offer": "whether they would like that", "exchange": "for a short exchange"}
SEVERITIES = {Severity.BLOCK: "Must change", Severity.WARN: "Please look"}

# A backslash stops Markdown, HTML and LaTeX. It does not stop what Streamlit replaces after parsing (bare web
# addresses, `:streamlit:`, `--` and `->`): an invisible word joiner before the mark does.
_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>$:&=@^]")
_JOINER = "\u2060"


# What a terminal's user would type, in the words of the screens.
_TERMINAL = (
    (
        r"import a Markdown file with `me: true` and `name: …` at its head",
        "tell a little about yourself on the page Draft",
    ),
    (r"import a note about yourself with `me: true`.* first$", "tell about yourself on the page Draft first"),
    (r": `givefirst draft cold`", ""),
    (r"`givefirst mark DRAFT replied`", "mark the draft as answered"),
    (r"import a note about yourself with `me: true` in its front matter", "tell about yourself on the page Draft"),
    (r"`givefirst digest` in cron would remind you", "the page Today shows the same"),
    (r"run `givefirst digest`, and look", "look"),
    (r", then `doctor`", ", then look here again"),
    (r"`givefirst people` lists everybody", "the page People lists everybody"),
    (r"`givefirst model find` looks for one", "the page Settings looks for one"),
    (r"`givefirst forget '[^`]*' --allow-again` lets", "on the command line `givefirst forget … --allow-again` lets"),
    (r"use --channel (\w+)", r"choose “\1” above"),
    (r"give --happened, --promised, --needs, --gave, --received or --asked", "write a line in one of the boxes"),
    (r"say who was there: --came WHO, --taught WHO; and --missed WHO for who could not", "say who was there"),
    (r" Say it with --who, or --new for somebody new", ""),
    (r"\b(?:with|in) --about\b", "in your own words"),
    (r"Name the other (?:person|one) with --with|name the other one with --with", "choose the other person above"),
    (r"(?:use |with )?--insist\b", "tick “Go on although the plan advises against it”"),
    (r"add an \[offer\] to your own note", "note it as something you offer"),
    (r"note it as \[received\]", "note it as a favour on their page"),
    *((rf"\b{kind}\b", said.split(":")[0].lower()) for kind, said in KINDS.items() if "_" in kind),
)


class StillReckoned(Exception):
    """Nothing was reckoned of the whole book today so far."""


class Upload(Protocol):
    """A file the user gave through the browser."""

    name: str

    def getvalue(self) -> bytes: ...


def get_assistant() -> Assistant:
    """The book, open once for all sessions; opened anew when the day turns, since everything is reckoned from today."""
    return open_example() if st.session_state.get(EXAMPLE) else _open(dt.date.today())


@st.cache_resource(max_entries=1, show_spinner="Opening your book", on_release=Assistant.close)
def _open(day: dt.date) -> Assistant:
    return Assistant.open(own_index=True)


def open_anew() -> None:
    """Has the next run open the book again, with the settings as they are then."""
    _open.clear()
    open_example.clear()


@st.cache_resource(max_entries=1, show_spinner="Opening the example world", on_release=Assistant.close)
def open_example() -> Assistant:
    """The example world, in a folder of its own inside the home, on the day it is written for."""
    known = read_settings()
    place = {"home": known.home / "example-world", "database": "", "chroma": "", "today": world_day()}
    example = Assistant.open(settings=known.model_copy(update=place))
    if not example.people():
        load_world(example)
    return example


@contextmanager
def told() -> Iterator[None]:
    """Shows a failure of the product as its one line instead of a crash."""
    try:
        yield
    except GivefirstError as error:
        st.error(escape(in_screen_words(str(error))))
    except StillReckoned:
        st.info(
            "Your book is large, and this is read out of all of it: a minute or two, once a day. The page fills itself."
        )


def one_line(text: str) -> str:
    """Text for places that show plain text on one line, such as the options of a selectbox."""
    return " ".join(_shown(text).split())


def escape(text: str) -> str:
    """Text for places that read Markdown: comes out on the screen as the very characters that went in, on one line."""
    return _SPECIAL.sub(lambda mark: f"{_JOINER}\\{mark.group()}", one_line(text))


def say(text: str) -> None:
    """The way to show untrusted text: as plain text, line breaks kept, nothing in it read as Markdown or HTML."""
    st.text(_shown(text))


def say_plan(line: str) -> None:
    """A line of a plan, without what only a terminal's user would type."""
    say(in_screen_words(line))


def in_screen_words(line: str) -> str:
    """The line with what a terminal's user would type said as one does it on the screens."""
    for pattern, said in _TERMINAL:
        line = re.sub(pattern, said, line)
    return line


def _shown(text: str) -> str:
    """Without what hides or turns text around, and without half characters, which no browser can be sent."""
    return strip_hidden(text).encode("utf-8", "replace").decode("utf-8")


def choose_person(
    people: Sequence[Contact],
    key: str,
    label: str = "Person",
    on_change: Callable[..., None] | Literal["rerun"] = "rerun",
    args: tuple[str, ...] = (),
) -> Contact | None:
    """A list to pick a person from. Options of a selectbox are plain text (a browser test holds that)."""
    by_id = {one.id: one for one in people}
    if st.session_state.get(key) not in by_id and st.session_state.pop(key, None):
        st.info("That person is not in this book. Here is everybody who is.")
    chosen = st.selectbox(
        label,
        narrow(people, key, [st.session_state[key]] if key in st.session_state else []),
        format_func=lambda one: name_person(by_id[one]),
        key=key,
        persist_state="session",
        on_change=on_change,
        args=args,
    )
    return by_id.get(chosen) if chosen else None


def narrow(people: Sequence[Contact], key: str, chosen: Sequence[str]) -> list[str]:
    """The ids that a list offers: everybody; in a book of thousands, who is looked for, and whoever is chosen.

    A browser takes half a second to draw a list of ten thousand.
    """
    if len(people) <= MOST_OFFERED:
        return [one.id for one in people]
    said = st.text_input(f"Find among {len(people):,} people", key=f"{key}-find", placeholder="A name or a firm")
    words = fold(said).split()
    found = [one.id for one in people if all(word in fold(name_person(one)) for word in words)]
    if not found:
        st.caption("Nobody is called that. Part of a name is enough.")
    here = {one.id for one in people}
    return list(dict.fromkeys((*(one for one in chosen if one in here), *found[:MOST_OFFERED])))


def name_person(one: Contact) -> str:
    return _name(one.name, one.org)


@lru_cache(maxsize=20_000)
def _name(name: str, org: str) -> str:
    """Asked for of everybody with every look at a page that has a list of people."""
    return one_line(f"{name} — {org}" if org else name)


def source_of(one: Evidence) -> str:
    """Where a piece of evidence stands, in words."""
    where = "your own words" if one.source == "own" else one.occasion or one.field.replace("_", " ") or "a note"
    return f"{where}, {in_words(one.date)}" if one.date else where


def in_words(day: dt.date) -> str:
    """ "8 September 2026"."""
    return f"{day.day} {day:%B %Y}"


def cite(quote: str, day: dt.date | None) -> str:
    """A quote as evidence under a reason: without the tags of the note it stands in, and with its day."""
    bare = re.sub(r"\s*(?<!\w)#[\w-]+", "", " ".join(quote.split()))
    return f"“{bare}”, {in_words(day)}" if day else f"“{bare}”"


def marks_of(one: Evidence | Fact) -> str:
    """What keeps a fact from being used as it stands; empty where nothing does."""
    old = one.superseded if isinstance(one, Evidence) else bool(one.superseded_by)
    marks = {"out of date": old, "not so": one.negated, "hearsay": one.hearsay}
    return ", ".join(mark for mark, on in marks.items() if on)


def show_table(rows: Iterable[dict[str, str]]) -> None:
    """Rows as a table of plain text; addresses in it stay text."""
    listed = [{name: one_line(value) for name, value in row.items()} for row in rows]
    columns = {name: st.column_config.TextColumn() for name in (listed[0] if listed else {})}
    st.dataframe(listed, hide_index=True, column_config=columns)


def show_picture(picture: Picture, name: str, width: int | Literal["stretch"] = "stretch") -> None:
    """The sentence, the chart where there is something to draw, and the same as a table."""
    say(picture.said)
    if picture.spec:
        spec = with_ink(picture.spec, st.context.theme.type == "dark")
        st.vega_lite_chart(None, spec, width=width, key=f"picture-{name}", alt=one_line(picture.said))
    if picture.rows:
        unfold("The same as a table", lambda: show_table(picture.rows), f"table-{name}")


@st.fragment
def unfold(label: str, show: Callable[[], None], key: str, icon: str | None = None) -> None:
    """An expander that draws what it holds only while it is open: what nobody sees costs no page its time."""
    one = st.expander(label, key=f"unfold-{key}", icon=icon, on_change="rerun")
    if one.open:
        with one, told():
            show()


def show_findings(found: Sequence[Finding]) -> None:
    """Each finding: how grave, where, the words it is about, what is wrong, what to do."""
    for one in found:
        with st.container(border=True):
            about = f": “{one_line(one.text)}”" if one.text.strip() else ""
            say(f"{SEVERITIES[one.severity]} ({one.field}){about}")
            say(f"{one.message}; {one.fix}")


@contextmanager
def put_uploads(files: Sequence[Upload]) -> Iterator[list[Path]]:
    """Uploaded files in a temporary folder, gone at the end.

    The folder the files lie in always has the same name: notes are known again by folder and file name.
    """
    with tempfile.TemporaryDirectory(prefix="givefirst-") as root:
        yield [_put(Path(root), one) for one in files]


def import_uploads(
    assistant: Assistant, files: Sequence[Upload], progress: Progress | None = None, *, add_people: bool = False
) -> ImportReport:
    """Imports uploaded files; places in the report are file names, not the temporary folder's."""
    with put_uploads(files) as paths:
        report = assistant.import_(paths, progress, add_people=add_people)
    rejected = tuple(bad.model_copy(update={"where": Path(bad.where).name}) for bad in report.rejected)
    return report.model_copy(update={"rejected": rejected})


def _put(root: Path, file: Upload) -> Path:
    name = Path(file.name.replace("\\", "/")).name or "file"
    folder, count = root / "uploaded", 1
    while (folder / name).exists():
        count += 1
        folder = root / f"uploaded-{count}"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(file.getvalue())
    return folder / name
