"""Assistant: the use cases. The only place that builds things, opens things, and knows the clock.

Each method is one row of the command line. It must never let a writer see what the recipient may not be told, and
never call a draft `ready` that a check blocks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.domain import Channel, ImportReport, IndexReport, Profile, make_id
from assistant.errors import EmbedderError, GivefirstError, UsageError, VectorIndexError
from assistant.settings import Settings, read_settings
from assistant.store import readings, records
from assistant.store.database import Store, open_store

# What a use case needs is imported by its method: whoever asks who is due does not wait for writers, checks and numpy.
if TYPE_CHECKING:
    from sqlalchemy import Connection

    from assistant.domain import (
        CommonGround,
        Contact,
        Diagnosis,
        Direction,
        Draft,
        DraftKind,
        DraftState,
        Evidence,
        Favour,
        FavourKind,
        Finding,
        Interaction,
        Material,
        Note,
        PacketState,
        Plan,
        SearchHit,
        VoiceReport,
    )
    from assistant.find.acquaintances import Acquaintance
    from assistant.find.advisors import Advisor
    from assistant.find.balance import ContactBalance
    from assistant.find.briefing import Briefing
    from assistant.find.capture import Capture
    from assistant.find.digest import Digest
    from assistant.find.due import DueContact
    from assistant.find.events import EventPlan
    from assistant.find.introduction_search import IntroductionSearch
    from assistant.find.introductions import Introduction
    from assistant.find.meetings import Meeting
    from assistant.find.network import Network
    from assistant.find.news import NewsMatches
    from assistant.find.passages import PassageSearch
    from assistant.find.suggestions import Candidate, Dismissed, Suggestion
    from assistant.forgetting import Forgetting, Forgotten
    from assistant.held_event import HeldEvent
    from assistant.llm import ChatModel, OnText
    from assistant.model_record import UseSummary
    from assistant.noting import Debrief, Debriefed
    from assistant.packets import PacketView
    from assistant.reminding import Snoozed
    from assistant.shortening import Shortened
    from assistant.store.embedder import Embedder
    from assistant.store.index import VectorIndex
    from assistant.suggesting import SuggestionSearch
    from assistant.writing import Writer

Progress = Callable[[int, int | None], None]
_NEAR = 400  # passages that get a score for meaning


class Assistant:
    """One open book. `today` is the day everything is reckoned from."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        today: dt.date,
        embedder: Embedder | None,
        model: ChatModel | None,
        own_index: bool,
    ) -> None:
        self.settings = settings
        self.today = today
        self._store = store
        self._given_embedder = embedder
        self._given_model = model
        self._own_index = own_index or bool(settings.chroma)

    @classmethod
    def open(
        cls,
        home: Path | str | None = None,
        today: dt.date | None = None,
        *,
        settings: Settings | None = None,
        model: ChatModel | None = None,
        embedder: Embedder | None = None,
        own_index: bool = False,
    ) -> Self:
        """Opens, and on first use makes, the data folder. Raises a `GivefirstError` that says what to do.

        A long-running process may take the vector index with `own_index`; everybody else searches exactly.
        """
        known = settings or read_settings(home)
        store = open_store(known.home, known.database)
        _finish_forgetting(store)
        opened = cls(known, store, today or known.today or dt.date.today(), embedder, model, own_index)
        if own_index:
            opened._index  # noqa: B018 - it notes from the start whether anybody is forgotten while it may be written
        return opened

    def close(self) -> None:
        """Gives the index back and closes the records."""
        if "_index" in self.__dict__ and self._index is not None:
            self._index.release()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def home(self) -> Path:
        return self.settings.home

    @cached_property
    def _embedder(self) -> Embedder | None:
        if self._given_embedder or self.settings.embeddings != "minilm":
            return self._given_embedder
        from assistant.store.embedder import shared_minilm

        return shared_minilm()

    @cached_property
    def _search(self) -> PassageSearch:
        from assistant.find.passages import PassageSearch

        return PassageSearch()

    @cached_property
    def _index(self) -> VectorIndex | None:
        from assistant.store.index import VectorIndex

        return VectorIndex(self._store, self._embedder, self.settings.chroma) if self._embedder else None

    @cached_property
    def _model(self) -> ChatModel | None:
        from assistant.model_record import RecordedModel

        if self._given_model or not self.settings.model:
            return self._given_model
        return RecordedModel(self.settings)

    @property
    def revision(self) -> str | None:
        """Changes with every change of the records; None where that cannot be told."""
        from assistant.store.revision import read_revision

        return read_revision(self._store)

    @property
    def is_large(self) -> bool:
        """Whether the book is so large that what is asked of all of it takes longer than somebody should wait."""
        with self._store.read() as connection:
            return readings.is_large(connection)

    @property
    def has_model(self) -> bool:
        return self._model is not None

    # --- bringing in ------------------------------------------------------------------------------------------

    def import_(
        self,
        paths: Sequence[Path | str],
        progress: Progress | None = None,
        *,
        add_people: bool = False,
        bodies: bool = False,
        imap_days: int | None = None,
    ) -> ImportReport:
        """Reads files and folders. What was saved before a fault stays saved; importing again changes nothing.

        Mails and events count for people of the book; who is not in it is proposed, and added only with `add_people`.
        `bodies` counts the words of mails too. `imap_days` reads that many days of the user's own mailbox as well.
        """
        from assistant.importing import import_files

        return import_files(
            self._store,
            self.settings,
            self.today,
            [Path(path) for path in paths],
            lambda: self._embed(progress),
            progress,
            add_people,
            bodies,
            imap_days,
        )

    def log(
        self,
        who: str,
        text: str = "",
        channel: str = "meeting",
        direction: Direction | None = None,
        date: dt.date | None = None,
    ) -> Interaction:
        """Keeps that the user and a person were in touch, today unless said otherwise. `text` becomes a note."""
        from assistant.find.book import find_person
        from assistant.intake import CHANNELS, log_interaction

        day = self._past(date)
        if channel not in CHANNELS:
            raise UsageError(f"channel {channel!r} is unknown; choose {', '.join(CHANNELS)}")
        with self._store.write() as connection:
            kept = log_interaction(connection, find_person(connection, who), text, channel, direction, day)
        self._embed()
        return kept

    def favour(self, who: str, kind: FavourKind, text: str, date: dt.date | None = None) -> Favour:
        """Keeps what the user gave to, received from or asked of a person, today unless said otherwise."""
        from assistant.find.book import find_person
        from assistant.intake import keep_favour

        day = self._past(date)
        if not text.strip():
            raise GivefirstError("the favour is empty; write what it was")
        with self._store.write() as connection:
            kept = keep_favour(connection, find_person(connection, who), kind, text, day)
        self._embed()
        return kept

    def _past(self, date: dt.date | None) -> dt.date:
        if date and date > self.today:
            raise GivefirstError(f"{date} is still to come; keep it when it has happened")
        return date or self.today

    def _embed(self, progress: Progress | None = None) -> int:
        """Vectors for new passages; without an embedder search goes by words, and `doctor` says so."""
        from assistant.store.vectors import embed_missing

        if self._embedder is None:
            return 0
        try:
            return embed_missing(self._store, self._embedder, progress)
        except EmbedderError:
            return 0

    def note(self, who: str, text: str, title: str = "", date: dt.date | None = None) -> Note:
        """Adds what the user typed about a person, dated today unless said otherwise."""
        from assistant.find.book import find_person
        from assistant.intake import keep_note

        if not text.strip():
            raise GivefirstError("the note is empty; write what you want to remember")
        with self._store.write() as connection:
            note = keep_note(connection, find_person(connection, who), text, title, date or self.today)
        self._embed()
        return note

    def add_details(self, who: str, email: str = "", org: str = "") -> Contact:
        """Adds an address to a person, and sets where they work. Raises where the address is somebody else's."""
        from assistant.find.book import find_person
        from assistant.intake import keep_details

        with self._store.write() as connection:
            return keep_details(connection, find_person(connection, who), email, org)

    def capture(self, text: str, who: str = "", is_new: bool = False) -> Capture:
        """What a hurried line tells, to say yes to; nothing is kept. `who` and `is_new` answer its question."""
        from assistant.find.book import find_person
        from assistant.find.capture import read_capture

        with self._store.read() as connection:
            named = find_person(connection, who) if who else None
            return read_capture(text, records.load_contacts(connection), self.today, named, is_new)

    def keep_capture(self, capture: Capture) -> tuple[Note, ...]:
        """Keeps a proposal the user said yes to, new people included. Raises `GivefirstError` while it asks."""
        from assistant.noting import keep_capture

        with self._store.write() as connection:
            kept = keep_capture(connection, capture)
        self._embed()
        return kept

    def debrief(self, who: str, debrief: Debrief, date: dt.date | None = None) -> Debriefed:
        """Keeps what came of a meeting, today unless said otherwise: a note, a time in touch, favours; once."""
        from assistant.find.book import find_person
        from assistant.noting import keep_debrief

        day = self._past(date)
        with self._store.write() as connection:
            kept = keep_debrief(connection, find_person(connection, who), debrief, day)
        self._embed()
        return kept

    def hold_event(
        self,
        topic: str,
        held: dt.date,
        *,
        came: Sequence[str] = (),
        taught: Sequence[str] = (),
        missed: Sequence[str] = (),
    ) -> HeldEvent:
        """Keeps who came to an event of the user's own, once, and gives the next message for each."""
        from assistant.held_event import follow_event, keep_event

        topic, day = " ".join(topic.split()).rstrip(". "), self._past(held)
        with self._store.write() as connection:
            kept = keep_event(connection, topic, day, taught, came, missed)
        self._embed()
        with self._store.read() as connection:
            return follow_event(connection, self._embedder, topic, day, kept, self.today)

    def voice(self, paths: Sequence[Path | str] = (), text: str = "") -> VoiceReport:
        """Learns how the user writes from their sent mail, in files or pasted; with neither, what is known of it."""
        from assistant.voice import learn_voice, show_voice

        if not paths and not text:
            return show_voice(self._store)
        return learn_voice(self._store, [Path(path) for path in paths], text)

    def forget_voice(self) -> bool:
        """Drops what was learnt of the user's way of writing; whether there was any."""
        from assistant.voice import forget_voice

        return forget_voice(self._store)

    # --- looking ----------------------------------------------------------------------------------------------

    def people(self, query: str = "") -> tuple[Contact, ...]:
        """Everybody but the user, by name; `query` is any part of a name, address, organisation, place or tag."""
        from assistant.find.book import list_people

        with self._store.read() as connection:
            return list_people(connection, query)

    def me(self) -> Contact | None:
        """The user themselves; None while their own note is missing."""
        with self._store.read() as connection:
            return records.load_me(connection)

    def show(self, who: str) -> Profile:
        """One person on one page, everything the user ever noted, private things included."""
        from assistant.find.book import find_person

        with self._store.read() as connection:
            contact = find_person(connection, who)
            ids = [contact.id]
            return Profile(
                contact=contact,
                facts=readings.load_facts(connection, ids),
                notes=records.load_notes(connection, ids),
                interactions=readings.load_interactions(connection, ids),
                favours=readings.load_favours(connection, ids),
            )

    def search(self, text: str, k: int = 10) -> tuple[SearchHit, ...]:
        """The `k` passages that answer best, by words and by meaning."""
        if not text.strip():
            raise GivefirstError("nothing to search for; give a few words")
        near = self._near(text)
        with self._store.read() as connection:
            return self._search.find(connection, text, k, near)

    def _near(self, text: str) -> dict[str, float]:
        if self._index is None or self._embedder is None:
            return {}
        try:
            if self._own_index:
                self._index.own(build=not self.is_large)
            vector = self._embedder.embed([text])[0]
            return {hit.passage_id: hit.score for hit in self._index.near(vector, _NEAR)}
        except (EmbedderError, VectorIndexError):
            return {}

    def ground(self, who: str) -> tuple[CommonGround, ...]:
        """What the user and a person share, strongest first."""
        from assistant.find.book import find_person, find_user, load_ground

        with self._store.read() as connection:
            return load_ground(connection, find_user(connection), find_person(connection, who), self.today)

    def brief(self, whos: Sequence[str]) -> tuple[Briefing, ...]:
        """What to know before meeting these people, a page each; private lines are marked."""
        from assistant.find.book import find_person
        from assistant.find.briefing import load_briefings

        with self._store.read() as connection:
            people = [find_person(connection, who) for who in whos]
            return load_briefings(connection, people, records.load_me(connection), self.today)

    def shorten(self, pages: Sequence[Briefing]) -> Shortened:
        """The pages with lines the model shortened, in their own words. Raises `GivefirstError` without a model."""
        from assistant.shortening import shorten_briefings

        if self._model is None:
            raise GivefirstError("no model is set, so nothing can be shortened; `givefirst model find` looks for one")
        return shorten_briefings(pages, self._model, self.settings.model_seconds)

    def meetings(self, days: int = 14) -> tuple[Meeting, ...]:
        """Meetings with people of the book, from today to `days` days on, as your calendars had them at import."""
        from assistant.find.meetings import load_meetings

        with self._store.read() as connection:
            return load_meetings(connection, self.today, days)

    def network(self) -> Network:
        """Who is in touch over a year and how strongly, what the active part is made of, and where it is thin."""
        from assistant.find.cadence import Thresholds
        from assistant.find.network import load_network

        known = self.settings
        least = Thresholds(known.daily_days, known.weekly_weeks, known.monthly_months, known.quarterly_quarters)
        with self._store.read() as connection:
            return load_network(connection, self.today, least)

    def balance(self, who: str = "") -> tuple[ContactBalance, ...]:
        """Favours gave, received and asked by contact, or with one; whom you owe comes first."""
        from assistant.find.balance import load_balance
        from assistant.find.book import find_person

        with self._store.read() as connection:
            return load_balance(connection, find_person(connection, who) if who else None)

    def acquaintances(self, ids: Collection[str]) -> tuple[Acquaintance, ...]:
        """Who knows whom among these contacts, as far as records, notes and conversations tell."""
        from assistant.find.acquaintances import load_acquaintances

        with self._store.read() as connection:
            return load_acquaintances(connection, ids, self.today)

    def ask(self, question: str, k: int = 5) -> tuple[Advisor, ...]:
        """At most `k` people who could advise by their own evidence, a panel that differs; empty where nobody can."""
        from assistant.asking import ask_network

        with self._store.read() as connection:
            return ask_network(connection, self._embedder, question, k, self.today)

    def news(self, source: str) -> NewsMatches:
        """Who would care about what stands in a text, a file, or at a web address (where fetching is switched on)."""
        from assistant.asking import keep_news, match_news
        from assistant.sources.articles import find_articles

        articles = find_articles(source, self.settings.fetch == "on")
        with self._store.read() as connection:
            found = match_news(connection, self._embedder, articles, self.today)
        keep_news(self._store, found, self.today)
        return found

    def event(self, topic: str = "") -> tuple[EventPlan, ...]:
        """A small event on a topic: who could teach, who wants to learn; without a topic the best ones of your book."""
        from assistant.asking import propose_events

        with self._store.read() as connection:
            return propose_events(connection, self._embedder, topic, self.today)

    @cached_property
    def _introductions(self) -> IntroductionSearch:
        from assistant.find.introduction_search import IntroductionSearch

        return IntroductionSearch()

    def introduce(self, who: str = "", k: int = 10) -> tuple[Introduction, ...]:
        """Pairs of people who should meet, most gained first; with `who`, only whom that person should meet."""
        from assistant.find.book import find_person
        from assistant.suggesting import keep_pairs

        with self._store.read() as connection:
            only = find_person(connection, who) if who else None
            found = self._introductions.find(connection, self.today, k, only, self._embedder)
        if only is None:
            keep_pairs(self._store, found, self.today)
        return found

    def packet(
        self,
        who: str,
        other: str,
        mark: PacketState | None = None,
        *,
        open_to: Collection[str] = (),
        clear: Collection[str] = (),
        outcome: str = "",
    ) -> PacketView:
        """Where the introduction of two people stands, after the step `mark` if there is one, and what comes next.

        `open_to` names who need not be asked, `clear` the ids of facts that one side agreed the other may read.
        """
        from assistant.packets import move_packet, show_packet

        if mark is None and not (open_to or clear or outcome):
            with self._store.read() as connection:
                return show_packet(connection, who, other, self.today)
        with self._store.write() as connection:
            return move_packet(connection, who, other, self.today, mark, open_to, clear, outcome)

    def packets(self) -> tuple[PacketView, ...]:
        """Every introduction on its way, what waits longest first."""
        from assistant.packets import list_packets

        with self._store.read() as connection:
            return list_packets(connection, self.today)

    def due(self, within: int = 0, most: int | None = None) -> tuple[DueContact, ...]:
        """With whom it is time to be in touch, today or `within` so many days; the most urgent first.

        In a large book `most` spares looking closely at everybody: so many who waited longest.
        """
        from assistant.find.due import load_due

        with self._store.read() as connection:
            return load_due(connection, self.today, self.settings.cadence_rules, within, most)

    def snooze(self, who: str, until: dt.date | None) -> Snoozed:
        """Puts a person off until a day to come; None ends it. Raises `GivefirstError` where the day is past."""
        from assistant.find.book import find_person
        from assistant.reminding import snooze_person

        with self._store.write() as connection:
            return snooze_person(connection, find_person(connection, who), until, self.today)

    def put_off(self) -> frozenset[str]:
        """The ids of those who are put off until a day to come."""
        from assistant.store.snoozes import load_snoozes

        with self._store.read() as connection:
            return frozenset(one for one, until in load_snoozes(connection).items() if until > self.today)

    def digest(self) -> Digest:
        """Who is overdue and due, birthdays of the week and promises that wait; everybody once. Keeps nothing."""
        from assistant.find.digest import load_digest

        with self._store.read() as connection:
            return load_digest(connection, self.today, self.settings.cadence_rules)

    def keep_digest(self, mail: Path | None = None, subject: str = "", text: str = "") -> None:
        """Writes a digest's `text` as a mail file to the user, at once, and keeps that it ran today, for `doctor`."""
        from assistant.reminding import keep_digest

        keep_digest(self._store, self.today, mail, subject, text)

    def calendar_feed(self, out: Path | None = None) -> str:
        """The due days of a year as a calendar (RFC 5545), written to `out` at once too; nothing private is in it."""
        from assistant.reminding import FEED_DAYS, make_feed

        return make_feed(self.due(FEED_DAYS), self.today, dt.datetime.now(dt.UTC), out)

    @cached_property
    def _suggestions(self) -> SuggestionSearch:
        from assistant.suggesting import SuggestionSearch

        return SuggestionSearch(self.settings.cadence_rules)

    def suggestions(
        self, k: int = 5, *, thorough: bool = False, given: tuple[Candidate, ...] | None = None
    ) -> tuple[Suggestion, ...]:
        """At most `k` things worth doing today, of several kinds, everybody once; the same all day, and remembered.

        In a large book pairs are those that `introduce` last found; `thorough` looks for them now. `given` are
        candidates that were gathered before.
        """
        from assistant.suggesting import MOST_PAIRS, keep_shown

        def find_pairs(connection: Connection) -> tuple[Introduction, ...]:
            return self._introductions.find(connection, self.today, MOST_PAIRS, None, self._embedder)

        with self._store.read() as connection:
            found = self._suggestions.find(connection, self.today, k, find_pairs, thorough, given)
        keep_shown(self._store, found, self.today)
        return found

    def candidates_today(self) -> tuple[Candidate, ...]:
        """Everything that could be suggested today, to choose from while the day goes on."""
        from assistant.suggesting import gather_candidates

        with self._store.read() as connection:
            return gather_candidates(connection, self.today, self.settings.cadence_rules)

    def dismiss(self, key: str, for_days: int | None = 30) -> Dismissed:
        """Sends a suggestion away for so many days; None for good, as long as its ground is the same."""
        from assistant.suggesting import dismiss

        with self._store.write() as connection:
            return dismiss(connection, key, for_days, self.today)

    def dismissed(self) -> tuple[Dismissed, ...]:
        """The suggestions that are away, the latest sent away first."""
        from assistant.suggesting import list_dismissed

        with self._store.read() as connection:
            return list_dismissed(connection, self.today)

    def bring_back(self, key: str) -> Dismissed:
        """Takes a dismissal back. Raises `GivefirstError` where nothing of that key is away."""
        from assistant.suggesting import bring_back

        with self._store.write() as connection:
            return bring_back(connection, key, self.today)

    # --- writing ----------------------------------------------------------------------------------------------

    def plan(
        self,
        kind: DraftKind,
        who: str,
        about: str = "",
        use: Collection[str] | None = None,
        *,
        other: str | None = None,
        channel: Channel = Channel.EMAIL,
        insist: bool = False,
    ) -> Plan:
        """What a message would rest on. `use` keeps to these evidence ids; `other` is whom an introduction is with."""
        from assistant.draft import plan_message

        with self._store.read() as connection:
            return plan_message(self._gather(connection, kind, who, about, other, channel, insist), use)

    def candidates(
        self, kind: DraftKind, who: str, about: str = "", *, other: str | None = None
    ) -> tuple[Evidence, ...]:
        """All evidence the recipient may be told, for the user to choose from."""
        with self._store.read() as connection:
            return self._gather(connection, kind, who, about, other).evidence

    def draft(
        self,
        kind: DraftKind,
        who: str,
        about: str = "",
        use: Collection[str] | None = None,
        writer: Writer = "auto",
        *,
        other: str | None = None,
        channel: Channel = Channel.EMAIL,
        insist: bool = False,
        language: str = "",
        on_text: OnText | None = None,
    ) -> Draft:
        """A checked draft, kept under its id. With a model that fails, the plain writer's, and the reason.

        `language` (BCP 47) is the one to write in; else the contact's, else that of `about`. `on_text` is told what
        the model has written so far, unchecked and whole each time; what it raises ends the writing, and nothing is
        kept. Raises `ModelError` only where `writer` is `model` and the model cannot be asked.
        """
        from assistant.draft import plan_message
        from assistant.writing import write_draft

        if writer == "model" and self._model is None:
            raise GivefirstError("no model is set; set GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL, or use --writer plain")
        with self._store.read() as connection:
            material = self._gather(connection, kind, who, about, other, channel, insist, language)
        plan = plan_message(material, use)
        model = None if writer == "plain" else self._model
        draft = write_draft(self._store, self.settings, plan, material, model, writer == "model", on_text)
        stamp = dt.datetime.now(dt.UTC)
        draft = draft.model_copy(update={"id": make_id("d", stamp.isoformat(), draft.body, draft.to)})
        with self._store.write() as connection:
            readings.save_draft(connection, draft, stamp)
        return draft

    def preview(
        self,
        kind: DraftKind,
        who: str,
        about: str = "",
        use: Collection[str] | None = None,
        *,
        other: str | None = None,
        channel: Channel = Channel.EMAIL,
        insist: bool = False,
        language: str = "",
        streamed: bool = False,
    ) -> bytes:
        """What `draft` would send to the model first, byte for byte; nothing is sent. `streamed`: with `on_text`.

        Raises `GivefirstError` where no model is set, or the plan is not ready and so nothing would be sent.
        """
        from assistant.draft import plan_message
        from assistant.model_record import RecordedModel
        from assistant.writing import preview_request

        if not isinstance(self._model, RecordedModel):
            raise GivefirstError("no model is set, so nothing is sent; `givefirst model find` looks for one")
        with self._store.read() as connection:
            material = self._gather(connection, kind, who, about, other, channel, insist, language)
        return preview_request(plan_message(material, use), material, self._model, streamed)

    def last_prompt(self) -> bytes | None:
        """The body of the last request to a model, byte for byte as it went; None where there is none."""
        from assistant.model_record import read_last_prompt

        return read_last_prompt(self.home)

    def model_use(self) -> UseSummary:
        """What models used: the last request, today, this month, ever; money only at prices the user stated."""
        from assistant.model_record import summarize_use

        return summarize_use(self.settings, self.today)

    def check(
        self,
        text: str,
        kind: DraftKind,
        to: str,
        own: str = "",
        subject: str = "",
        use: Collection[str] | None = None,
        *,
        other: str | None = None,
        channel: Channel = Channel.EMAIL,
    ) -> tuple[Finding, ...]:
        """Findings in any text, whoever wrote it, with spans counted in that text."""
        from assistant.writing import check_text

        with self._store.read() as connection:
            material = self._gather(connection, kind, to, own, other, channel)
        return check_text(self._store, material, text, subject, use)

    def _gather(
        self,
        connection: Connection,
        kind: DraftKind,
        who: str,
        about: str,
        other: str | None = None,
        channel: Channel = Channel.EMAIL,
        insist: bool = False,
        language: str = "",
    ) -> Material:
        from assistant.find.book import find_person
        from assistant.writing import gather

        to = find_person(connection, who)
        third = find_person(connection, other) if other else None
        return gather(connection, self.today, kind, to, about, third, channel, insist, language)

    # --- handing over -----------------------------------------------------------------------------------------

    def eml(self, draft_id: str, subject: str | None = None, body: str | None = None) -> bytes:
        """A kept draft, or the user's edited text of it, as a mail file. Raises `GivefirstError` where checks block."""
        from assistant.handover import make_outgoing
        from assistant.outbox.eml import render_eml

        one = make_outgoing(self._store, self.today, draft_id, subject, body)
        other = one.people[1] if len(one.people) > 1 else None
        message_id = make_id("m", one.draft.id, one.subject, one.body)
        return render_eml(one.me, one.people[0], one.subject, one.body, dt.datetime.now(dt.UTC), other, message_id)

    def text(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """A kept draft as plain text to copy: the subject if it has one, then the body."""
        from assistant.handover import make_outgoing

        one = make_outgoing(self._store, self.today, draft_id, subject, body)
        return f"{one.subject}\n\n{one.body}".strip()

    def mailto(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """A kept draft as a link that opens the user's own mail program."""
        from assistant.handover import make_outgoing
        from assistant.outbox.mailto import render_mailto

        one = make_outgoing(self._store, self.today, draft_id, subject, body)
        return render_mailto(one.people, one.subject, one.body)

    def imap(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """Puts a kept draft into the user's own Drafts folder, once; gives the folder's name.

        Raises `MailboxError` where no mailbox is set, `OutboxError` where it cannot be used.
        """
        from assistant.mailbox import own_mailbox
        from assistant.outbox.imap import append_draft

        return append_draft(self.eml(draft_id, subject, body), own_mailbox(self.settings))

    def out(self, draft_id: str, eml: Path) -> Path:
        """Writes the draft's mail file; never over a file that is there already."""
        data = self.eml(draft_id)
        try:
            with eml.open("xb") as file:
                file.write(data)
        except FileExistsError:
            raise GivefirstError(f"{eml}: exists already; choose another name") from None
        except OSError as error:
            raise GivefirstError(f"{eml}: cannot be written: {error.strerror}; choose another place") from None
        return eml

    def drafts(self) -> tuple[Draft, ...]:
        """All kept drafts, newest first."""
        with self._store.read() as connection:
            return readings.load_drafts(connection)

    def mark(self, draft_id: str, state: DraftState) -> Draft:
        """Keeps what became of a draft. A sent one is a time in touch, and so is its answer."""
        from assistant.handover import keep_state
        from assistant.packets import follow_draft

        with self._store.write() as connection:
            draft = keep_state(connection, draft_id, state, self.today)
            follow_draft(connection, draft, self.today)
            return draft

    def build_index(self) -> None:
        """Builds the search index where nobody holds it and gives it back: for a process that has the time."""
        if self._index is not None and self._index.own():
            self._index.release()

    def keep_answer(self, name: str, reckon: Callable[[], bytes]) -> None:
        """Keeps what `reckon` gives of the whole book beside the records, for today; not if somebody was forgotten."""
        from assistant.store.forgotten import load_forgotten
        from assistant.store.kept import KeptAnswer, save_answer

        with self._store.read() as connection:
            before = load_forgotten(connection)
        revision, data = self.revision, reckon()
        with self._store.write(derived=True) as connection:
            if revision is not None and load_forgotten(connection) == before:
                save_answer(self.home, name, self.today, KeptAnswer(revision, data))

    # --- keeping well -----------------------------------------------------------------------------------------

    def preview_forget(self, who: str) -> Forgetting:
        """What `forget` would take away, and how notes on other people will read. Changes nothing."""
        from assistant.find.book import find_person
        from assistant.forgetting import preview_forgetting

        with self._store.read() as connection:
            return preview_forgetting(connection, find_person(connection, who))

    def forget(self, who: str) -> Forgotten:
        """Takes everything about a person out of the data folder for good, and keeps a mark so that they stay out.

        Raises `GivefirstError` for the user themself. Where another process holds files, `finished` is false and the
        next open finishes it.
        """
        from assistant.find.book import find_person
        from assistant.forgetting import forget_person

        with self._store.read() as connection:
            contact = find_person(connection, who)
        if self._index is not None:
            self._index.give_up()
        self.__dict__.pop("_search", None)
        self.__dict__.pop("_introductions", None)
        gone = forget_person(self._store, contact, self.today)
        self._embed()  # what was masked in notes about others
        return gone

    def allow_again(self, who: str) -> int:
        """Lifts the mark of a forgotten person by an address or name of theirs; nothing comes back by it."""
        from assistant.forgetting import allow_again

        with self._store.write() as connection:
            return allow_again(connection, who)

    def doctor(self) -> tuple[Diagnosis, ...]:
        """What was looked at: folder, records, the user's own note, embedder, index, model, cadences, digest, marks."""
        from assistant.doctor import diagnose

        return tuple(diagnose(self._store, self._embedder, self._model.name if self._model else "", self.today))

    def reindex(self, progress: Progress | None = None) -> IndexReport:
        """Reads all notes again, embeds what has no vector, builds the index anew. Raises `VectorIndexError`."""
        from assistant.importing import read_everything_again
        from assistant.store.vectors import drop_orphans, embed_missing
        from assistant.store.words import purge_words

        read_everything_again(self._store)
        if self._embedder is None or self._index is None:
            raise VectorIndexError("embeddings are off; set GIVEFIRST_EMBEDDINGS=minilm to have an index")
        embedded = embed_missing(self._store, self._embedder, progress)
        with self._store.write() as connection:
            drop_orphans(connection)
            purge_words(connection)
        return IndexReport(passages=self._index.rebuild(), embedded=embedded)


def _finish_forgetting(store: Store) -> None:
    """What a kill or a busy file left to do when somebody was forgotten."""
    from assistant.store.forgotten import is_unfinished

    with store.read() as connection:
        unfinished = is_unfinished(connection)
    if unfinished:
        from assistant.forgetting import finish_forgetting

        finish_forgetting(store)
