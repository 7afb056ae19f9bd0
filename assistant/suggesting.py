"""The few suggestions of a day: gathers what could be suggested, looks closely at what would be shown, remembers it.

No model and no network takes part. It must never suggest a message that the plan would refuse, and never wait for all
pairs of a large book: there the introductions that were last found are taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from assistant.asking import draft_command, find_names
from assistant.domain import (
    Channel,
    Contact,
    DraftKind,
    DraftRequest,
    DraftState,
    Evidence,
    FactKind,
    Favour,
    FavourKind,
    Material,
    Outcome,
)
from assistant.draft.gates import find_gate
from assistant.errors import GivefirstError
from assistant.find.balance import load_ledger
from assistant.find.book import load_evidence, load_told_by_both
from assistant.find.bring import has_met
from assistant.find.due import load_due
from assistant.find.evidence import fact_evidence
from assistant.find.grouping import by_contact
from assistant.find.introductions import Introduction
from assistant.find.material import gather_material
from assistant.find.pairing import find_standing
from assistant.find.shareable import is_standing, load_shareable
from assistant.find.suggestions import (
    Candidate,
    Dismissed,
    Person,
    Suggestion,
    choose,
    count_shown,
    suggest_due,
    suggest_gives,
    suggest_introduction,
    suggest_news,
)
from assistant.find.touches import find_touches
from assistant.find.touches import has_met as have_met
from assistant.intervals import CadenceRules
from assistant.sources.acquaintance import count_first_names
from assistant.store import readings, records
from assistant.store.database import Store
from assistant.store.packets import load_packet, load_packets
from assistant.store.snoozes import load_snoozes
from assistant.store.suggestions import (
    FoundPair,
    ShownSuggestion,
    load_found_pairs,
    load_shown,
    save_dismissal,
    save_found_pairs,
    save_shown,
)

MOST_DUE = 40  # looked at: the longest waited for
MOST_NEEDS = 3000  # the freshest of the book
MOST_PAIRS = 10
PAIRS_DAYS = 14  # so long introductions that were found once may be shown
_SENT = (DraftState.SENT, DraftState.REPLIED)
_CHANNELS = (Channel.EMAIL, Channel.CALL, Channel.MESSAGE)

FindPairs = Callable[[Connection], Sequence[Introduction]]


class _State(NamedTuple):
    """What changes whenever other things could be suggested; not what was shown or sent away."""

    today: dt.date
    people: tuple[Contact, ...]
    rest: tuple[object, ...]


class SuggestionSearch:
    """What could be suggested out of one open book, held while the records do not change."""

    def __init__(self, rules: CadenceRules) -> None:
        self._rules = rules
        self._state: _State | None = None
        self._candidates: tuple[Candidate, ...] = ()
        self._looked_at: dict[str, Suggestion | None] = {}

    def find(
        self,
        connection: Connection,
        today: dt.date,
        k: int,
        find_pairs: FindPairs,
        thorough: bool,
        given: tuple[Candidate, ...] | None = None,
    ) -> tuple[Suggestion, ...]:
        """The `k` best for today. Raises `GivefirstError` for less than one. `thorough` waits for `find_pairs`.

        `given` are candidates reckoned before: each that is shown is still looked at closely.
        """
        if k < 1:
            raise GivefirstError(f"{k} suggestions are none; ask for one at least")
        people = records.load_contacts(connection)
        pairs = () if given is not None else _take_pairs(connection, today, find_pairs, thorough)
        state = _State(today, people, (_read_state(connection), pairs, given))
        if self._state != state:
            away = {one for one, until in load_snoozes(connection).items() if until > today}
            found = load_candidates(connection, people, today, self._rules, pairs) if given is None else given
            self._candidates = tuple(
                one for one in found if away.isdisjoint(person.id for person in one.suggestion.people)
            )
            self._state, self._looked_at = state, {}
        closely = _Closely(connection, people, today)
        memory = {one.key: one for one in load_shown(connection)}

        def complete(one: Candidate) -> Suggestion | None:
            key = one.suggestion.key
            if key not in self._looked_at:
                self._looked_at[key] = closely.complete(one)
            return self._looked_at[key]

        return choose(self._candidates, memory, k, today, complete)


def _read_state(connection: Connection) -> tuple[object, ...]:
    return (
        readings.read_state(connection),
        readings.read_touch_state(connection),
        load_packets(connection),
        tuple(load_snoozes(connection).items()),
        readings.count_drafts_in(connection, _SENT),
    )


# --- what could be suggested --------------------------------------------------------------------------------------


def load_candidates(
    connection: Connection,
    people: Sequence[Contact],
    today: dt.date,
    rules: CadenceRules,
    pairs: Iterable[Introduction],
) -> Iterator[Candidate]:
    """Everything of all four kinds. Nobody marked do-not-contact, and nobody who is put off for now."""
    away = {one for one, until in load_snoozes(connection).items() if until > today}
    open_to = {one.id: one for one in people if not (one.me or one.do_not_contact or one.id in away)}
    me = next((one for one in people if one.me), None)
    rows = load_due(connection, today, rules, most=MOST_DUE)
    ids = [one.contact_id for one in rows]
    facts = fact_evidence(readings.load_facts(connection, [*ids, *([me.id] if me else [])]))
    known: dict[str, Evidence | Favour] = {one.id: one for one in facts}
    known |= {one.id: one for one in readings.load_favours(connection, ids)}
    for row in rows:
        yield suggest_due(row, open_to[row.contact_id], known, me.id if me else "", today)
    mine = [one for one in facts if me and one.about == me.id]
    needs = readings.load_newest_facts(connection, FactKind.NEED, MOST_NEEDS) if mine else ()
    for contact_id, theirs in by_contact(needs).items():
        if contact_id in open_to:
            yield from suggest_gives(open_to[contact_id], fact_evidence(theirs), mine, today)
    for pair in pairs:
        if (found := suggest_introduction(pair)) and {pair.a_id, pair.b_id} <= open_to.keys():
            yield found
    for one in load_shareable(connection, open_to.values(), today):
        yield suggest_news(one, open_to[one.reader.contact_id], today)


def gather_candidates(connection: Connection, today: dt.date, rules: CadenceRules) -> tuple[Candidate, ...]:
    """Everything that could be suggested today, with the introductions that were last found."""
    people = records.load_contacts(connection)
    return tuple(load_candidates(connection, people, today, rules, _load_pairs(connection, today)))


def _take_pairs(
    connection: Connection, today: dt.date, find_pairs: FindPairs, thorough: bool
) -> tuple[Introduction, ...]:
    """Found now, or in a large book as they were last found; whether they still stand is seen when one is shown."""
    if thorough or not readings.is_large(connection):
        return tuple(find_pairs(connection))
    return _load_pairs(connection, today)


def _load_pairs(connection: Connection, today: dt.date) -> tuple[Introduction, ...]:
    kept = load_found_pairs(connection, today - dt.timedelta(days=PAIRS_DAYS))
    return tuple(Introduction.model_validate_json(one.data) for one in kept)


def keep_pairs(store: Store, found: Sequence[Introduction], today: dt.date) -> None:
    """Keeps what was found in the whole book, for the days to come. Writes nothing where it is kept already."""
    pairs = [FoundPair(one.a_id, one.b_id, today, one.model_dump_json()) for one in found[:MOST_PAIRS]]
    with store.read() as connection:
        is_kept = sorted(load_found_pairs(connection, today)) == sorted(pairs)
    if pairs and not is_kept:
        with store.write(derived=True) as connection:
            save_found_pairs(connection, pairs)


# --- a closer look ------------------------------------------------------------------------------------------------


class _Closely:
    """Sees whether a suggestion can be made now: its evidence stands, no gate of its draft is closed."""

    def __init__(self, connection: Connection, people: Sequence[Contact], today: dt.date) -> None:
        self._connection, self._today = connection, today
        self._people = {one.id: one for one in people}
        self._me = next((one for one in people if one.me), None)

    def complete(self, one: Candidate) -> Suggestion | None:
        """The suggestion with the way to go on; None where it cannot be made."""
        if one.suggestion.kind == "introduction":
            return self._complete_pair(one.suggestion)
        contact = self._people[one.suggestion.people[0].id]
        if self._me is None or (one.suggestion.kind != "due" and self._is_done(one.suggestion, contact)):
            return None
        for kind in one.kinds or (DraftKind(one.suggestion.action.kind),):
            for channel in _CHANNELS:
                gate = find_gate(self._material(contact, kind, channel, one.suggestion.action.about))
                if gate is None:
                    return self._with_action(one.suggestion, contact, kind, channel)
                if gate.outcome is Outcome.REFUSED:
                    continue
                if one.suggestion.kind == "due" and kind is one.kinds[-1] and channel is _CHANNELS[-1]:
                    return self._with_action(one.suggestion, contact, one.kinds[0], Channel.EMAIL)
        return None

    def _with_action(self, one: Suggestion, contact: Contact, kind: DraftKind, channel: Channel) -> Suggestion:
        name = find_names(self._connection)[contact.id]
        command = draft_command(kind, name, one.action.about, channel)
        if not one.action.about:
            command = command.replace(" --about ''", "")
        action = one.action.model_copy(update={"kind": kind.value, "channel": channel, "command": command})
        return one.model_copy(update={"action": action})

    def _material(self, contact: Contact, kind: DraftKind, channel: Channel, about: str) -> Material:
        assert self._me is not None
        request = DraftRequest(kind=kind, to=contact.id, about=about, channel=channel)
        notes = records.load_notes(self._connection, [contact.id])
        kept = [one for one in readings.load_interactions(self._connection, [contact.id]) if one.when <= self._today]
        return gather_material(
            request,
            self._me,
            contact,
            self._told(contact),
            self._today,
            favours=readings.load_favours(self._connection, [contact.id]),
            touches=find_touches(contact, notes, kept),
            met=have_met(contact, notes),
        )

    def _told(self, one: Contact) -> tuple[Evidence, ...]:
        facts = readings.load_facts(self._connection, [one.id])
        return load_evidence(self._connection, [one], facts, records.load_notes(self._connection, [one.id]))

    def _is_done(self, one: Suggestion, contact: Contact) -> bool:
        """Whether the user has met the need since, or offered to in a message they sent, or wrote to them today."""
        touches = readings.load_interactions(self._connection, [contact.id])
        if any(touch.when == self._today and touch.direction != "in" for touch in touches):
            return True
        if one.kind != "give":
            return False
        sent = readings.load_drafts_in(self._connection, _SENT, [contact.id])
        offered = {id for draft in sent if draft.to == contact.id for text in draft.sentences for id in text.evidence}
        needs = [told for told in self._told(contact) if told.id == one.evidence[0].id]
        given = [g for g in load_ledger(self._connection, [contact.id]) if g.kind is FavourKind.GAVE]
        return one.evidence[0].id in offered or any(has_met(need, favour) for need in needs for favour in given)

    def _complete_pair(self, one: Suggestion) -> Suggestion | None:
        """The pair if its evidence stands, nothing was begun, and neither notes nor wishes are against it."""
        a, b = (self._people.get(person.id) for person in one.people)
        if a is None or b is None or self._is_begun(a, b):
            return None
        told = {a.id: self._told(a), b.id: self._told(b)}
        if not all(is_standing(quote.id, told[quote.about]) for quote in one.evidence):
            return None
        both = (*told[a.id], *told[b.id], *load_told_by_both(self._connection, a, b, [a.id, b.id]))
        first_names = count_first_names(person.name for person in self._people.values())
        if find_standing(a, b, both, first_names, self._today).closed:
            return None
        command = f"givefirst packet {_handle(a)} {_handle(b)}"
        return one.model_copy(update={"action": one.action.model_copy(update={"command": command})})

    def _is_begun(self, a: Contact, b: Contact) -> bool:
        packet = load_packet(self._connection, a.id, b.id)
        sent = readings.load_drafts_in(self._connection, _SENT, [a.id, b.id])
        pair = {a.id, b.id}
        return bool(packet and packet.steps) or any({one.to, one.plan.other or ""} == pair for one in sent)


def _handle(one: Contact) -> str:
    return one.emails[0] if one.emails else one.id


# --- what is remembered -------------------------------------------------------------------------------------------


def keep_shown(store: Store, found: Sequence[Suggestion], today: dt.date) -> None:
    """Remembers that these were shown today; writes once a day for each."""
    with store.read() as connection:
        counted = count_shown(found, {one.key: one for one in load_shown(connection)}, today)
    if counted:
        with store.write(derived=True) as connection:
            save_shown(connection, counted, today)


def dismiss(connection: Connection, key: str, for_days: int | None, today: dt.date) -> Dismissed:
    """Sends a suggestion away for so many days, for good with None. Raises `GivefirstError` for an unknown key."""
    if for_days is not None and for_days < 1:
        raise GivefirstError(f"{for_days} days are none; give one at least")
    until = today + dt.timedelta(days=for_days) if for_days is not None else None
    if not save_dismissal(connection, key, today, until):
        raise GivefirstError(f"no suggestion has the key {key!r}; `givefirst today --json` shows the keys")
    return next(one for one in list_dismissed(connection, today) if one.key == key)


def bring_back(connection: Connection, key: str, today: dt.date) -> Dismissed:
    """Takes a dismissal back, and gives what it was. Raises `GivefirstError` where nothing of that key is away."""
    found = next((one for one in list_dismissed(connection, today) if one.key == key), None)
    if found is None:
        raise GivefirstError(f"nothing of the key {key!r} was sent away; `givefirst today --dismissed` lists what was")
    save_dismissal(connection, key, None, None)
    return found


def list_dismissed(connection: Connection, today: dt.date) -> tuple[Dismissed, ...]:
    """What is away on that day, the latest first."""
    names = {one.id: one.name for one in records.load_contacts(connection)}
    away = sorted((one for one in load_shown(connection) if one.is_away(today)), key=_latest_first)
    return tuple(
        Dismissed.model_validate(
            {
                "key": one.key,
                "kind": one.kind,
                "people": [Person(id=who, name=names[who]) for who in one.people],
                "why": one.why,
                "until": one.until,
            }
        )
        for one in away
    )


def _latest_first(one: ShownSuggestion) -> tuple[int, str]:
    return (-one.dismissed.toordinal() if one.dismissed else 0, one.key)
