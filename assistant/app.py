"""Assistant: the use cases. The only place that builds things, opens things, and knows the clock.

Each method is one row of the command line. It must never let a writer see what the recipient may not be told, and
never call a draft `ready` that a check blocks.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection

from assistant.check import check_message, is_blocked, place_in_text, read_message
from assistant.check.style import band_of
from assistant.doctor import diagnose
from assistant.domain import (
    BadRecord,
    Channel,
    CommonGround,
    Contact,
    Diagnosis,
    Draft,
    DraftKind,
    DraftRequest,
    DraftState,
    Evidence,
    Finding,
    ImportReport,
    IndexReport,
    Interaction,
    Material,
    Message,
    Note,
    Outcome,
    Plan,
    Profile,
    Record,
    SearchHit,
    make_id,
)
from assistant.draft import plan_message, write_plain
from assistant.draft.model import write_with_model
from assistant.errors import EmbedderError, GivefirstError, ModelError, NotFound, OutboxError, VectorIndexError
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
from assistant.llm import ChatModel, LangChainModel
from assistant.outbox.eml import render_eml
from assistant.outbox.imap import ImapSettings, append_draft
from assistant.outbox.mailto import render_mailto
from assistant.settings import Settings, read_settings
from assistant.sources.facts import read_facts
from assistant.sources.files import read_files
from assistant.store import readings, records
from assistant.store.database import Store, open_store
from assistant.store.embedder import Embedder, MiniLM
from assistant.store.index import VectorIndex
from assistant.store.vectors import drop_orphans, embed_missing
from assistant.store.words import purge_words

Writer = Literal["auto", "plain", "model"]
Progress = Callable[[int, int | None], None]
_BATCH = 200  # records a transaction: small enough to stop anywhere, large enough to be fast
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

    def import_(self, paths: Sequence[Path | str], progress: Progress | None = None) -> ImportReport:
        """Reads files and folders. What was saved before a fault stays saved; importing again changes nothing."""
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

    def _save(self, found: Iterable[Record]) -> list[str]:
        """Records and what is read out of their notes, in one transaction."""
        with self._store.write() as connection:
            saved = [records.save_record(connection, one) for one in found]
            changed = dict.fromkeys(one.contact_id for one in saved if one.change != "unchanged")
            for contact_id in changed:
                _read_again(connection, contact_id)
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
            contact = find_person(connection, who)
            count = len(records.load_notes(connection, [contact.id]))
            key = f"{title} {dt.datetime.now(dt.UTC).isoformat()} {count}"
            note = Note(
                id=make_id("n", contact.id, key, text),
                contact_id=contact.id,
                source=records.TYPED,
                key=key,
                text=text,
                title=title,
                date=date or self.today,
            )
            records.add_note(connection, note)
            _read_again(connection, contact.id)
        self._embed()
        return note

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
    ) -> Draft:
        """A checked draft, kept under its id. With a model that fails, the plain writer's, and the reason.

        Raises `ModelError` only where `writer` is `model` and the model cannot be asked.
        """
        if writer == "model" and self._model is None:
            raise GivefirstError("no model is set; set GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL, or use --writer plain")
        with self._store.read() as connection:
            material = self._gather(connection, kind, who, about, other, channel, insist)
        plan = plan_message(material, use)
        draft = self._write(plan, material, writer) if plan.outcome is Outcome.READY else _empty_draft(plan)
        stamp = dt.datetime.now(dt.UTC)
        draft = draft.model_copy(update={"id": make_id("d", stamp.isoformat(), draft.body, draft.to)})
        with self._store.write() as connection:
            readings.save_draft(connection, draft, stamp)
        return draft

    def _write(self, plan: Plan, material: Material, writer: Writer) -> Draft:
        reasons = list(plan.reasons)
        if self._model is not None and writer != "plain" and plan.channel is Channel.EMAIL:
            try:
                band = band_of(plan.kind, plan.channel)
                written = write_with_model(
                    plan,
                    material,
                    self._model,
                    lambda message: self._check(message, material),
                    (band.low, band.high),
                    self.settings.model_seconds,
                )
                if written.message is not None and not is_blocked(written.findings):
                    return _draft(plan, material, written.message, written.findings, written.model, written.prompt)
                reasons.append(f"the model's text was not used: {'; '.join(dict.fromkeys(written.faults))}")
            except ModelError as error:
                if writer == "model":
                    raise
                reasons.append(f"the model could not be used: {error}")
        message = write_plain(plan, material)
        findings = self._check(message, material)
        draft = _draft(plan, material, message, findings, "plain", "")
        return draft.model_copy(update={"reasons": tuple(reasons)})

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
    ) -> Material:
        to, me = find_person(connection, who), find_user(connection)
        third = find_person(connection, other) if other else None
        request = DraftRequest(
            kind=kind, to=to.id, other=third.id if third else None, about=about, channel=channel, insist=insist
        )
        return load_material(connection, request, me, to, self.today, third)

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
        """Puts a kept draft into the user's own Drafts folder, once; gives the folder's name. Raises `OutboxError`."""
        known = self.settings
        if not known.imap_host or not known.imap_user:
            raise OutboxError(
                "no mailbox is set; set GIVEFIRST_IMAP_HOST, GIVEFIRST_IMAP_USER, GIVEFIRST_IMAP_PASSWORD"
            )
        place = ImapSettings(
            host=known.imap_host,
            user=known.imap_user,
            password=known.imap_password,
            port=known.imap_port,
            folder=known.imap_folder,
            security=known.imap_security,
        )
        return append_draft(self.eml(draft_id, subject, body), place)

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
                    _read_again(connection, contact_id)
        if self._embedder is None or self._index is None:
            raise VectorIndexError("embeddings are off; set GIVEFIRST_EMBEDDINGS=minilm to have an index")
        embedded = embed_missing(self._store, self._embedder, progress)
        with self._store.write() as connection:
            drop_orphans(connection)
            purge_words(connection)
        return IndexReport(passages=self._index.rebuild(), embedded=embedded)


# --- reading notes again ---------------------------------------------------------------------------------------------


def _read_again(connection: Connection, contact_id: str) -> None:
    """What is read out of a contact's notes, replaced by a fresh reading."""
    contact = records.load_contact(connection, contact_id)
    if contact is None:
        return
    reading = read_facts(contact, records.load_notes(connection, [contact_id]))
    readings.save_reading(connection, contact_id, reading.passages, reading.facts, reading.favours)


def _find_draft(connection: Connection, draft_id: str) -> Draft:
    draft = readings.load_draft(connection, draft_id)
    if draft is None:
        raise NotFound(f"no draft has the id {draft_id!r}; write one with `givefirst draft`")
    return draft


# --- drafts -----------------------------------------------------------------------------------------------------


def _draft(
    plan: Plan, material: Material, message: Message, findings: tuple[Finding, ...], model: str, prompt: str
) -> Draft:
    """`ready` only where nothing blocks; else the user is asked to mend it."""
    blocked = is_blocked(findings)
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
        questions=("Mend what the findings name, or say it in your own words with --about.",) if blocked else (),
        model=model,
        prompt=prompt,
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
