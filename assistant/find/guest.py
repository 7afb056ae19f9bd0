"""The sections of a briefing that tell who the guest is: now, how you met, the last times, what they are busy with,
what has changed, whom you both know. It must never tell what is over as if it still stood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from assistant.domain import Contact, Evidence, Fact, FactKind, Interaction, Note, Visibility
from assistant.find.dossier import Dossier, Line, capital, cite, is_standing, noted, on_day, standing_facts
from assistant.find.touches import has_met
from assistant.text import content_stems, find_words, fold, split_sentences

_MOST_TIMES = 4
_MOST_BUSY = 6
_OLD_DAYS = 3 * 365
_RECENT_CHANGE_DAYS = 2 * 365
_GIST = 180  # characters
_POSTS = (
    ("Role", "title", FactKind.ROLE),
    ("Works at", "org", FactKind.EMPLOYER),
    ("Place", "location", FactKind.PLACE),
)
_ENDED = re.compile(r"\b(?:until|former(?:ly)?|used to)\b", re.IGNORECASE)
_ORIGIN = re.compile(r"\b(?:grew up|born|comes from|is from)\b", re.IGNORECASE)


# --- who they are now -------------------------------------------------------------------------------------------


def tell_now(dossier: Dossier) -> Iterator[Line]:
    """Role, organisation and place as they stand, then what a later note ended and what took its place."""
    for label, field, kind in _POSTS:
        facts = [one for one in standing_facts(dossier, kind) if not _is_past(one)]
        record = next((one for one in dossier.records if one.field == field), None)
        if record and not record.superseded and not record.text.startswith(label):
            same = [one for one in facts if _overlap(one.text, record.text)]
            facts = [one for one in facts if one not in same]
            yield from cite(dossier, f"{label}: {record.text}{_age(dossier, same)}", record, *same)
        for one in facts:
            yield from cite(dossier, f"{label}: {one.text}{_age(dossier, [one])}", one)
    yield from _tell_stale(dossier)


def _is_past(fact: Fact) -> bool:
    where = rf"{re.escape(fact.text)}[^,;.]*"
    beside = re.search(where, fact.quote)
    said = beside.group() if beside else fact.text
    return bool(_ENDED.search(said) or (fact.kind is FactKind.PLACE and _ORIGIN.search(f"{fact.text} {fact.quote}")))


def _overlap(one: str, other: str) -> bool:
    return bool(frozenset(content_stems(one)) & frozenset(content_stems(other)))


def _age(dossier: Dossier, facts: Iterable[Fact]) -> str:
    """When it was noted, and that this is long ago."""
    day = max((one.date for one in facts if one.date), default=None)
    if day is None:
        return ""
    doubt = ", may have changed" if (dossier.today - day).days > _OLD_DAYS else ""
    return f" (noted {day:%B %Y}{doubt})"


def _tell_stale(dossier: Dossier) -> Iterator[Line]:
    by_id = {one.id: one for one in dossier.facts}
    told: set[str] = set()
    for _, field, kind in _POSTS:
        newest = next((one for one in standing_facts(dossier, kind) if not _is_past(one)), None)
        stale = [one for one in dossier.facts if one.kind is kind and _is_stale(one)]
        for fact in stale:
            later = by_id.get(fact.superseded_by or "")
            told.add(fold(fact.text))
            yield from cite(dossier, _over(fact.text, later), fact, later, stale=True)
        record = next((one for one in dossier.records if one.field == field and one.superseded), None)
        if record and not any(_overlap(one, record.text) for one in told):
            yield from cite(dossier, _over(record.text, newest), record, newest, stale=True)


def _is_stale(fact: Fact) -> bool:
    hidden = fact.visibility is Visibility.PRIVATE or fact.hearsay or fact.negated
    return not hidden and fact.superseded_by is not None


def _over(old: str, new: Fact | None) -> str:
    """What is over, and what a later note has instead."""
    instead = f"; now {new.text}{noted(new.date)}" if new and not new.negated else noted(new.date) if new else ""
    return f"No longer: {old}{instead}"


# --- how you met, and the last times ----------------------------------------------------------------------------


def tell_met(dossier: Dossier) -> Iterator[Line]:
    """The record's own words, else the first note; and that the two have not met, where that is so."""
    record = next((one for one in dossier.records if one.field == "how_met"), None)
    first = min((one for one in dossier.headings if one.date), key=lambda one: one.date or dt.date.max, default=None)
    known = has_met(dossier.contact, dossier.notes) or bool(dossier.touches)
    source = record or first
    if source is None:
        return
    when = f"{on_day(source.date)}, " if source is first else ""
    yield from cite(dossier, f"{'' if known else 'You have not met. Known from: '}{when}{capital(source.text)}", source)


def tell_last(dossier: Dossier) -> Iterator[Line]:
    """The latest times in touch, newest first: the day, the occasion, and what the note says of it."""
    headings = {one.note_id: one for one in dossier.headings}
    days: set[tuple[dt.date, str]] = set()
    for touch in reversed(dossier.touches):
        if (touch.when, touch.channel) in days:
            continue
        days.add((touch.when, touch.channel))
        heading, (gist, sources) = headings.get(touch.note_id), _gist(dossier, touch.note_id)
        text = f"{on_day(touch.when)}, {_occasion(touch, heading)}{gist}"
        yield from cite(dossier, text, touch, heading, *sources)
        if len(days) >= _MOST_TIMES:
            return


def _occasion(touch: Interaction, heading: Evidence | None) -> str:
    ways = {"out": "from you", "in": "from them"}
    how = f"{touch.channel} {ways[touch.direction]}" if touch.direction in ways else touch.channel
    named = (heading.text if heading else "") or touch.title
    return f"{named} ({how})" if named and fold(how.split()[0]) not in fold(named) else named or how


def _gist(dossier: Dossier, note_id: str | None) -> tuple[str, list[Evidence] | list[Fact]]:
    """What the note says in passing that is no confidence and no rumour, in its own words; else what was read of it."""
    said = [one for one in dossier.said if note_id and one.note_id == note_id and _is_open(one)]
    said = [one for one in said if not _holds_wish(dossier, one.quote)]
    told, kept = "", list[Evidence]()
    for one in said:
        if kept and len(told) + len(one.quote) > _GIST:
            break
        told, kept = f"{told} {one.quote}".strip(), [*kept, one]
    if kept:
        return f": “{_shortened(told)}”", kept
    facts = [one for one in dossier.facts if note_id and one.note_id == note_id and is_standing(one)]
    facts = [one for one in facts if one.kind is not FactKind.PREFERENCE]
    return (f": {'; '.join(f'{one.kind.value} {one.text}' for one in facts[:2])}", facts[:2]) if facts else ("", [])


def _holds_wish(dossier: Dossier, said: str) -> bool:
    """Whether a sentence says what somebody asked for: that is to be respected, and not repeated."""
    return any(one.kind is FactKind.PREFERENCE and fold(one.text) in fold(said) for one in dossier.facts)


def _is_open(one: Evidence) -> bool:
    return not (one.hearsay or one.superseded) and one.visibility is not Visibility.PRIVATE


def _shortened(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _GIST else f"{joined[:_GIST].rsplit(' ', 1)[0]} …"


# --- what they are busy with, and what has changed --------------------------------------------------------------

_NAMED_KINDS = (FactKind.EVENT, FactKind.EDUCATION)  # none without a name: "went to see it" is no event of theirs


def tell_busy(dossier: Dossier) -> Iterator[Line]:
    """Projects, interests and what they told of their life, newest first within each."""
    labels = {FactKind.PROJECT: "Project", FactKind.INTEREST: "Interest", FactKind.PERSONAL: "Life"}
    labels |= {FactKind.EVENT: "Event", FactKind.EDUCATION: "Studied"}
    facts = [
        one for one in standing_facts(dossier, *labels) if one.kind not in _NAMED_KINDS or one.text != fold(one.text)
    ]
    for one in sorted(facts, key=lambda one: list(labels).index(one.kind))[:_MOST_BUSY]:
        yield from cite(dossier, f"{labels[one.kind]}: {one.text}{noted(one.date)}", one)


def tell_changes(dossier: Dossier) -> Iterator[Line]:
    """What was noted since the last time in touch, and what later notes of two years changed, newest first."""
    last = dossier.touches[-1].when if dossier.touches else None
    by_id = {one.id: one for one in dossier.facts}
    changed: list[tuple[dt.date, tuple[Line, ...]]] = []
    for old in dossier.facts:
        new = by_id.get(old.superseded_by or "")
        if new and new.date and _is_stale(old) and (dossier.today - new.date).days <= _RECENT_CHANGE_DAYS:
            changed.append((new.date, cite(dossier, _change(old, new), new, old)))
    for fact in dossier.facts:
        is_new = last and fact.date and fact.date > last and fact.kind is not FactKind.PREFERENCE
        if is_new and fact.date and is_standing(fact):
            text = f"{on_day(fact.date)}, since you were last in touch: {fact.kind.value} {fact.text}"
            changed.append((fact.date, cite(dossier, text, fact)))
    for _, lines in sorted(changed, key=lambda one: one[0], reverse=True):
        yield from lines


def _change(old: Fact, new: Fact) -> str:
    if new.negated:
        return f"{on_day(new.date)}: no longer {old.kind.value}: {old.text} (“{_shortened(new.quote)}”)"
    return f"{on_day(new.date)}: {new.text}, before that {old.text}"


# --- whom you both know -----------------------------------------------------------------------------------------

_UNRELATED = re.compile(r"\b(?:no relation|not related|not the)\b", re.IGNORECASE)


def tell_mutual(dossier: Dossier) -> Iterator[Line]:
    """Others of the book whom the notes on the guest name: by whole name, or by a first name that one person bears."""
    owners = _owners(dossier.names)
    told: set[str] = set()
    for source in _mentioning(dossier):
        if _UNRELATED.search(source.quote):
            continue
        for person in _named(source.quote, owners):
            if person.id not in told:
                told.add(person.id)
                what = f", {person.title or person.org}" if person.title or person.org else ""
                text = f"{person.name}{what}: “{_shortened(source.quote)}”"
                yield from cite(dossier, text, source, private=_holds_wish(dossier, source.quote))


def _mentioning(dossier: Dossier) -> Iterator[Evidence]:
    yield from (one for one in dossier.records if one.field == "how_met")
    yield from sorted(dossier.said, key=lambda one: one.date or dt.date.min, reverse=True)
    yield from dossier.secrets


def _owners(people: Iterable[Contact]) -> Mapping[tuple[str, ...], list[Contact]]:
    owners: dict[tuple[str, ...], list[Contact]] = defaultdict(list)
    for one in people:
        owners[tuple(fold(one.name).split())].append(one)
        owners[(fold(one.first_name),)].append(one)
    return owners


def _named(text: str, owners: Mapping[tuple[str, ...], list[Contact]]) -> Iterator[Contact]:
    for sentence in split_sentences(text):
        words = [word.text for word in find_words(sentence.text)]
        for start, word in enumerate(words):
            if not word[0].isupper() or (start == 0 and len(words) > 1 and words[1][0].islower() and len(word) < 4):
                continue
            for size in (4, 3, 2, 1):
                key = tuple(fold(one).removesuffix("'s") for one in words[start : start + size])
                held = owners.get(key, [])
                if len({one.id for one in held}) == 1:
                    yield held[0]
                    break


def notes_of(contact_id: str, notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes on one contact, none of another's."""
    return tuple(one for one in notes if one.contact_id == contact_id)
