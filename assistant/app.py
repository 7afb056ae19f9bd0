"""Assistant: the use cases. The only place that builds things, opens things, and knows the clock.

Each method is one row of the command line. It must never let a writer see what the recipient may not be told, and
never call a draft `ready` that a check blocks.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection

from assistant.check import check_echo, check_message, is_blocked, place_in_text, read_message
from assistant.check.style import band_of
from assistant.doctor import diagnose
from assistant.domain import (
    UNCHECKED_LANGUAGE,
    BadRecord,
    Channel,
    CommonGround,
    Contact,
    Diagnosis,
    Direction,
    Draft,
    DraftKind,
    DraftRequest,
    DraftState,
    Encounter,
    Evidence,
    Favour,
    FavourKind,
    Finding,
    ImportReport,
    IndexReport,
    Interaction,
    Material,
    Message,
    Note,
    Outcome,
    PassedOver,
    Plan,
    Profile,
    Record,
    SearchHit,
    Series,
    VoiceReport,
    make_id,
)
from assistant.draft import plan_message, write_plain
from assistant.draft.manner import example_texts
from assistant.draft.model import Written, write_with_model
from assistant.errors import (
    EmbedderError,
    GivefirstError,
    MailboxError,
    ModelError,
    NotFound,
    UsageError,
    VectorIndexError,
)
from assistant.find.balance import ContactBalance, load_balance
from assistant.find.book import (
    find_person,
    find_user,
    list_people,
    load_ground,
    load_material,
    load_withheld_of_named,
)
from assistant.find.cadence import Thresholds
from assistant.find.network import Network, load_network
from assistant.find.passages import PassageSearch
from assistant.intake import (
    CHANNELS,
    bring_in,
    joined,
    keep_favour,
    keep_note,
    load_viewpoint,
    log_interaction,
    read_again,
)
from assistant.languages import ENGLISH, base_of, find_language, name_of
from assistant.llm import ChatModel, LangChainModel, MeteredModel, OnText
from assistant.mailbox import ImapSettings
from assistant.outbox.eml import render_eml
from assistant.outbox.imap import append_draft
from assistant.outbox.mailto import render_mailto
from assistant.settings import Settings, read_settings
from assistant.sources.files import SourceFile, find_files, read_encounters, read_files
from assistant.sources.imap import read_mailbox
from assistant.store import readings, records
from assistant.store.database import Store, open_store
from assistant.store.embedder import Embedder, MiniLM
from assistant.store.index import VectorIndex
from assistant.store.vectors import drop_orphans, embed_missing
from assistant.store.words import purge_words
from assistant.voice import forget_voice, learn_voice, load_voice, show_voice

Writer = Literal["auto", "plain", "model"]
Progress = Callable[[int, int | None], None]
_BATCH = 200  # records a transaction: small enough to stop anywhere, large enough to be fast
_ENGLISH_ONLY = "the plain writer writes English only"
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
        self._embedder = embedder
        self._given_model = model
        self._own_index = own_index or bool(settings.chroma)
        self._search = PassageSearch()

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
        chosen = embedder or (MiniLM() if known.embeddings == "minilm" else None)
        store = open_store(known.home, known.database)
        return cls(known, store, today or known.today or dt.date.today(), chosen, model, own_index)

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
    def _index(self) -> VectorIndex | None:
        return VectorIndex(self._store, self._embedder, self.settings.chroma) if self._embedder else None

    @cached_property
    def _model(self) -> ChatModel | None:
        if self._given_model or not self.settings.model:
            return self._given_model
        return LangChainModel(self.settings.model, self.settings.model_url, self.settings.model_key)

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
        files = find_files([Path(path) for path in paths])
        report = self._import_people(paths, progress)
        told = [one for one in files if one.kind in ("mail", "calendar")]
        if not told and imap_days is None:
            return report
        return joined(report, self._import_encounters(told, progress, add_people, bodies, imap_days))

    def _import_people(self, paths: Sequence[Path | str], progress: Progress | None) -> ImportReport:
        counts = {"added": 0, "updated": 0, "unchanged": 0}
        rejected: list[BadRecord] = []
        found = read_files([Path(path) for path in paths])
        done = 0
        while batch := list(itertools.islice(found, _BATCH)):
            rejected += [one for one in batch if isinstance(one, BadRecord)]
            for change in self._save([one for one in batch if isinstance(one, Record)]):
                counts[change] += 1
            done += len(batch)
            if progress:
                progress(done, None)
        self._embed(progress)
        if counts["updated"]:
            with self._store.write() as connection:
                purge_words(connection)
        return ImportReport(read=sum(counts.values()), rejected=tuple(rejected), **counts)

    def _import_encounters(
        self,
        files: Sequence[SourceFile],
        progress: Progress | None,
        add_people: bool,
        bodies: bool,
        imap_days: int | None,
    ) -> ImportReport:
        place = self._mailbox() if imap_days is not None else None
        with self._store.read() as connection:
            seen = load_viewpoint(connection, self.settings.zone, self.today, bodies)
        if isinstance(seen, str):
            if place:
                raise NotFound(seen)
            return ImportReport(rejected=tuple(BadRecord(where=f"{one.path}:0", reason=seen) for one in files))
        since = self.today - dt.timedelta(days=imap_days or 0)

        def read() -> Iterator[Encounter | Series | PassedOver | BadRecord]:
            yield from read_encounters(files, seen)
            if place:
                yield from read_mailbox(place, since, seen)

        return bring_in(self._store, read, self.today, add_people, progress)

    def log(
        self,
        who: str,
        text: str = "",
        channel: str = "meeting",
        direction: Direction | None = None,
        date: dt.date | None = None,
    ) -> Interaction:
        """Keeps that the user and a person were in touch, today unless said otherwise. `text` becomes a note."""
        day = self._past(date)
        if channel not in CHANNELS:
            raise UsageError(f"channel {channel!r} is unknown; choose {', '.join(CHANNELS)}")
        with self._store.write() as connection:
            kept = log_interaction(connection, find_person(connection, who), text, channel, direction, day)
        self._embed()
        return kept

    def favour(self, who: str, kind: FavourKind, text: str, date: dt.date | None = None) -> Favour:
        """Keeps what the user gave to, received from or asked of a person, today unless said otherwise."""
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

    def _save(self, found: Iterable[Record]) -> list[str]:
        """Records and what is read out of their notes, in one transaction."""
        with self._store.write() as connection:
            saved = [records.save_record(connection, one) for one in found]
            changed = dict.fromkeys(one.contact_id for one in saved if one.change != "unchanged")
            for contact_id in changed:
                read_again(connection, contact_id)
        return [one.change for one in saved]

    def _embed(self, progress: Progress | None = None) -> int:
        """Vectors for new passages; without an embedder search goes by words, and `doctor` says so."""
        if self._embedder is None:
            return 0
        try:
            return embed_missing(self._store, self._embedder, progress)
        except EmbedderError:
            return 0

    def note(self, who: str, text: str, title: str = "", date: dt.date | None = None) -> Note:
        """Adds what the user typed about a person, dated today unless said otherwise."""
        if not text.strip():
            raise GivefirstError("the note is empty; write what you want to remember")
        with self._store.write() as connection:
            note = keep_note(connection, find_person(connection, who), text, title, date or self.today)
        self._embed()
        return note

    def voice(self, paths: Sequence[Path | str] = (), text: str = "") -> VoiceReport:
        """Learns how the user writes from their sent mail, in files or pasted; with neither, what is known of it."""
        if not paths and not text:
            return show_voice(self._store)
        return learn_voice(self._store, [Path(path) for path in paths], text)

    def forget_voice(self) -> bool:
        """Drops what was learnt of the user's way of writing; whether there was any."""
        return forget_voice(self._store)

    # --- looking ----------------------------------------------------------------------------------------------

    def people(self, query: str = "") -> tuple[Contact, ...]:
        """Everybody but the user, by name; `query` is any part of a name, address, organisation, place or tag."""
        with self._store.read() as connection:
            return list_people(connection, query)

    def show(self, who: str) -> Profile:
        """One person on one page, everything the user ever noted, private things included."""
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
                self._index.own()
            vector = self._embedder.embed([text])[0]
            return {hit.passage_id: hit.score for hit in self._index.near(vector, _NEAR)}
        except (EmbedderError, VectorIndexError):
            return {}

    def ground(self, who: str) -> tuple[CommonGround, ...]:
        """What the user and a person share, strongest first."""
        with self._store.read() as connection:
            return load_ground(connection, find_user(connection), find_person(connection, who), self.today)

    def network(self) -> Network:
        """Who is in touch over a year and how strongly, what the active part is made of, and where it is thin."""
        known = self.settings
        least = Thresholds(known.daily_days, known.weekly_weeks, known.monthly_months, known.quarterly_quarters)
        with self._store.read() as connection:
            return load_network(connection, self.today, least)

    def balance(self, who: str = "") -> tuple[ContactBalance, ...]:
        """Favours gave, received and asked by contact, or with one; whom you owe comes first."""
        with self._store.read() as connection:
            return load_balance(connection, find_person(connection, who) if who else None)

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
        if writer == "model" and self._model is None:
            raise GivefirstError("no model is set; set GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL, or use --writer plain")
        with self._store.read() as connection:
            material = self._gather(connection, kind, who, about, other, channel, insist, language)
        plan = plan_message(material, use)
        draft = self._write(plan, material, writer, on_text) if plan.outcome is Outcome.READY else _empty_draft(plan)
        stamp = dt.datetime.now(dt.UTC)
        draft = draft.model_copy(update={"id": make_id("d", stamp.isoformat(), draft.body, draft.to)})
        with self._store.write() as connection:
            readings.save_draft(connection, draft, stamp)
        return draft

    def _write(self, plan: Plan, material: Material, writer: Writer, on_text: OnText | None) -> Draft:
        """The model's text where it stands, else the plain writer's; either with what the model used."""
        if self._model is None or writer == "plain":
            return self._write_plain(plan, material, plan.reasons)
        model = MeteredModel(self._model)
        try:
            written = self._ask_model(plan, material, model, on_text)
            faults = "; ".join(dict.fromkeys(written.faults))
            failure = f"the model's text was not used: {faults}"
        except ModelError as error:
            if writer == "model":
                raise
            written, failure = None, f"the model could not be used: {error}"
        if written is not None and written.message is not None and written.is_usable:
            draft = _draft(plan, material, written.message, written.findings, written.model, written.prompt)
        else:
            used = f"it used {model.input_tokens + model.output_tokens} tokens in {model.seconds:.1f} seconds"
            draft = self._write_plain(plan, material, (*plan.reasons, f"{failure} ({used})"))
        return draft.model_copy(
            update={
                "input_tokens": model.input_tokens,
                "output_tokens": model.output_tokens,
                "seconds": round(model.seconds, 2),
                "cost": self._cost_of(model),
            }
        )

    def _ask_model(self, plan: Plan, material: Material, model: MeteredModel, on_text: OnText | None) -> Written:
        band = band_of(plan.kind, plan.channel)
        return write_with_model(
            plan,
            material,
            model,
            lambda message: (
                *self._check(message, material),
                *check_echo(message, material, example_texts(material)),
            ),
            (band.low, band.high),
            self.settings.model_seconds,
            on_text,
        )

    def _cost_of(self, model: MeteredModel) -> float | None:
        """In whatever money the user's prices are; None without prices, or where the server counts no tokens."""
        price_in, price_out = self.settings.model_price_in, self.settings.model_price_out
        if (price_in is None and price_out is None) or not model.input_tokens + model.output_tokens:
            return None
        return ((price_in or 0) * model.input_tokens + (price_out or 0) * model.output_tokens) / 1_000_000

    def _write_plain(self, plan: Plan, material: Material, reasons: Sequence[str]) -> Draft:
        message = write_plain(plan, material)
        findings = self._check(message, material)
        if material.voice and is_blocked(findings):  # the user's manner must never cost them a draft
            message = write_plain(plan, material.model_copy(update={"voice": None}))
            findings = self._check(message, material)
        wanted = material.request.language
        english_only = () if base_of(wanted) in ("", ENGLISH) else (f"not in {name_of(wanted)}: {_ENGLISH_ONLY}",)
        draft = _draft(plan, material, message, findings, "plain", "")
        return draft.model_copy(update={"reasons": (*reasons, *english_only)})

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
        with self._store.read() as connection:
            material = self._gather(connection, kind, to, own, other, channel)
        if use is not None:
            kept = tuple(one for one in material.evidence if one.id in use or one.source == "own")
            material = material.model_copy(update={"evidence": kept})
        reading = read_message(text, kind, subject, channel)
        return tuple(place_in_text(one, reading) for one in self._check(reading.message, material))

    def _check(self, message: Message, material: Material) -> tuple[Finding, ...]:
        """All checks, with what is known of anybody the text names held against it too."""
        with self._store.read() as connection:
            others = load_withheld_of_named(connection, f"{message.subject}\n{message.body}", material)
        wider = material.model_copy(update={"withheld": (*material.withheld, *others)}) if others else material
        return check_message(message, wider)

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
        to, me = find_person(connection, who), find_user(connection)
        third = find_person(connection, other) if other else None
        request = DraftRequest(
            kind=kind,
            to=to.id,
            other=third.id if third else None,
            about=about,
            channel=channel,
            insist=insist,
            language=language or to.language or find_language(about),
        )
        material = load_material(connection, request, me, to, self.today, third)
        return material.model_copy(update={"voice": load_voice(connection)})

    # --- handing over -----------------------------------------------------------------------------------------

    def eml(self, draft_id: str, subject: str | None = None, body: str | None = None) -> bytes:
        """A kept draft, or the user's edited text of it, as a mail file. Raises `GivefirstError` where checks block."""
        draft, me, people, subject, body = self._ready_to_go(draft_id, subject, body)
        other = people[1] if len(people) > 1 else None
        message_id = make_id("m", draft.id, subject, body)
        return render_eml(me, people[0], subject, body, dt.datetime.now(dt.UTC), other, message_id)

    def text(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """A kept draft as plain text to copy: the subject if it has one, then the body."""
        _, _, _, subject, body = self._ready_to_go(draft_id, subject, body)
        return f"{subject}\n\n{body}".strip()

    def mailto(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """A kept draft as a link that opens the user's own mail program."""
        _, _, people, subject, body = self._ready_to_go(draft_id, subject, body)
        return render_mailto(people, subject, body)

    def imap(self, draft_id: str, subject: str | None = None, body: str | None = None) -> str:
        """Puts a kept draft into the user's own Drafts folder, once; gives the folder's name.

        Raises `MailboxError` where no mailbox is set, `OutboxError` where it cannot be used.
        """
        return append_draft(self.eml(draft_id, subject, body), self._mailbox())

    def _mailbox(self) -> ImapSettings:
        """The user's own mailbox. Raises `MailboxError` where none is set."""
        known = self.settings
        if not known.imap_host or not known.imap_user:
            raise MailboxError(
                "no mailbox is set; set GIVEFIRST_IMAP_HOST, GIVEFIRST_IMAP_USER, GIVEFIRST_IMAP_PASSWORD"
            )
        return ImapSettings(
            host=known.imap_host,
            user=known.imap_user,
            password=known.imap_password,
            port=known.imap_port,
            folder=known.imap_folder,
            security=known.imap_security,
        )

    def _ready_to_go(
        self, draft_id: str, subject: str | None, body: str | None
    ) -> tuple[Draft, Contact, list[Contact], str, str]:
        """The draft, the user, the recipients and the text, once nothing stands against handing it over."""
        with self._store.read() as connection:
            draft = _find_draft(connection, draft_id)
            ids = [draft.to, *([draft.plan.other] if draft.kind is DraftKind.INTRO and draft.plan.other else [])]
            people = [one for item in ids if (one := records.load_contact(connection, item))]
            me = find_user(connection)
        if len(people) < len(ids):
            raise NotFound("a recipient of this draft is no longer in your book")
        barred = next((one for one in people if one.do_not_contact), None)
        if draft.outcome is Outcome.REFUSED or barred:
            name = (barred or people[0]).name
            raise GivefirstError(f"{name}: this draft was refused: {'; '.join(draft.reasons) or 'do-not-contact'}")
        subject, body = draft.subject if subject is None else subject, draft.body if body is None else body
        is_edited = (subject, body) != (draft.subject, draft.body)
        if draft.outcome is not Outcome.READY or is_edited:
            self._stop_if_blocked(draft, subject, body)
        if is_edited:
            with self._store.write() as connection:
                edited = draft.model_copy(update={"edited": (subject, body)})
                readings.save_draft(connection, edited, dt.datetime.now(dt.UTC))
        return draft, me, people, subject, body

    def _stop_if_blocked(self, draft: Draft, subject: str, body: str) -> None:
        findings = self.check(
            body,
            draft.kind,
            draft.to,
            own=draft.plan.about,
            subject=subject,
            other=draft.plan.other,
            channel=draft.plan.channel,
        )
        blocking = next((one for one in findings if is_blocked([one])), None)
        if not body.strip() or blocking:
            why = f"“{blocking.text[:60]}”: {blocking.message}; {blocking.fix}" if blocking else "it has no text"
            raise GivefirstError(f"this draft cannot be handed over yet: {why}")

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
        with self._store.write() as connection:
            draft = _find_draft(connection, draft_id).model_copy(update={"state": state})
            readings.save_draft(connection, draft, dt.datetime.now(dt.UTC))
            ways: tuple[Literal["out", "in"], ...] = ("out", "in")
            touches = [
                Interaction(
                    id=make_id("i", draft.id, way),
                    contact_id=draft.to,
                    when=self.today,
                    channel="email" if draft.plan.channel is Channel.EMAIL else draft.plan.channel.value,
                    direction=way,
                )
                for way in ways
            ]
            kept = {DraftState.SENT: touches[:1], DraftState.REPLIED: touches}.get(state, [])
            readings.drop_interactions(connection, [one.id for one in touches if one not in kept])
            for one in kept:
                readings.save_interaction(connection, one)
        return draft

    # --- keeping well -----------------------------------------------------------------------------------------

    def doctor(self) -> tuple[Diagnosis, ...]:
        """What was looked at: folder, records, the user's own note, embedder, index, model."""
        return tuple(diagnose(self._store, self._embedder, self._model.name if self._model else ""))

    def reindex(self, progress: Progress | None = None) -> IndexReport:
        """Reads all notes again, embeds what has no vector, builds the index anew. Raises `VectorIndexError`."""
        with self._store.read() as connection:
            ids = [one.id for one in records.load_contacts(connection)]
        for start in range(0, len(ids), _BATCH):
            with self._store.write() as connection:
                for contact_id in ids[start : start + _BATCH]:
                    read_again(connection, contact_id)
        if self._embedder is None or self._index is None:
            raise VectorIndexError("embeddings are off; set GIVEFIRST_EMBEDDINGS=minilm to have an index")
        embedded = embed_missing(self._store, self._embedder, progress)
        with self._store.write() as connection:
            drop_orphans(connection)
            purge_words(connection)
        return IndexReport(passages=self._index.rebuild(), embedded=embedded)


def _find_draft(connection: Connection, draft_id: str) -> Draft:
    draft = readings.load_draft(connection, draft_id)
    if draft is None:
        raise NotFound(f"no draft has the id {draft_id!r}; write one with `givefirst draft`")
    return draft


# --- drafts -----------------------------------------------------------------------------------------------------


_MEND_IT = "Mend what the findings name, or say it in your own words with --about."
_READ_IT = "No check can read this language: read every sentence against its evidence before you copy it."


def _draft(
    plan: Plan, material: Material, message: Message, findings: tuple[Finding, ...], model: str, prompt: str
) -> Draft:
    """`ready` only where nothing blocks; else the user is asked to mend it, or to read what no check can."""
    blocked = is_blocked(findings)
    unread = any(one.rule == UNCHECKED_LANGUAGE for one in findings)
    return Draft(
        id="",
        kind=plan.kind,
        to=plan.to,
        subject=message.subject,
        body=message.body,
        sentences=message.sentences,
        findings=findings,
        outcome=Outcome.NEEDS_INPUT if blocked else Outcome.READY,
        plan=plan,
        evidence=material.evidence,
        questions=((_READ_IT if unread else _MEND_IT),) if blocked else (),
        model=model,
        prompt=prompt,
        language=find_language(message.body, material.request.language),
    )


def _empty_draft(plan: Plan) -> Draft:
    return Draft(
        id="",
        kind=plan.kind,
        to=plan.to,
        subject="",
        body="",
        sentences=(),
        findings=(),
        outcome=plan.outcome,
        plan=plan,
        questions=plan.questions,
        reasons=plan.reasons,
    )
