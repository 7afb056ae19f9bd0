"""A few things worth doing today: who is due, what the user could give, whom to introduce, what news to share.

Pure reasoning on what is given. Each suggestion says why in one sentence, on quotes with note and date, and what would
come next. It must never rest on a confidence, bring up anybody twice in a day, or bring back what was sent away.

How they are chosen. Every candidate has a worth of 0 to 1. What was shown on n earlier days counts its worth / (n + 1)
(the highest averages of D'Hondt): whatever is shown and not acted on makes room, and whatever waits keeps its whole
worth, so that each comes up in proportion to its worth and none is passed over for ever. Today's own showing does not
count, and what stands on today's list stays unless something is half as good again: the list holds all day. At most two
of a kind, unless there is nothing else; each person once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.domain import DORMANT_DAYS, Channel, Contact, DraftKind, Evidence, Favour, Value, Visibility, make_id
from assistant.find.due import DueContact
from assistant.find.ground import freshness, match_needs
from assistant.store.suggestions import ShownSuggestion
from assistant.text import fold, without_tags

if TYPE_CHECKING:
    from assistant.find.introductions import Introduction, Quote
    from assistant.find.shareable import Shareable

SuggestionKind = Literal["due", "give", "introduction", "news"]
MOST_OF_A_KIND = 2
FRESH_DAYS = 365  # a need older than that is asked after, not met unasked
PACKET = "packet"
_DUE, _INTRODUCTION, _NEWS = 0.9, 0.9, 0.8  # the most one of these is worth beside a need one can meet
_HALF_URGENCY, _HALF_SCORE, _HALF_CLOSENESS = 2.0, 0.3, 0.5
_NEWS_DAYS = 30
_STAYS = 1.5


class Cited(Value):
    """What a suggestion rests on: a verbatim quote about the contact `about`. `id` is that of the evidence, if any."""

    quote: str
    date: dt.date | None = None
    note_id: str | None = None
    id: str = ""
    about: str = ""


class Person(Value):
    id: str
    name: str


class NextAction(Value):
    """What to do next: a draft of a kind, or the `packet` of an introduction. `to` and `other` are ids.

    `about` are words for the draft to start from, `command` is the same on the command line.
    """

    kind: str
    to: str
    other: str = ""
    about: str = ""
    channel: Channel = Channel.EMAIL
    command: str = ""


class Suggestion(Value):
    """One thing worth doing. `key` stays the same as long as its ground does: kind, people and evidence."""

    key: str
    kind: SuggestionKind
    people: tuple[Person, ...]
    why: str
    evidence: tuple[Cited, ...]
    action: NextAction


class Dismissed(Value):
    """A suggestion that the user sent away, until a day or (None) for good."""

    key: str
    kind: SuggestionKind
    people: tuple[Person, ...]
    why: str
    until: dt.date | None


class Candidate(NamedTuple):
    """A suggestion that could be made, and its worth, 0 to 1. `kinds` are drafts to try in its stead, in this order."""

    suggestion: Suggestion
    worth: float
    kinds: tuple[DraftKind, ...] = ()


# --- choosing -----------------------------------------------------------------------------------------------------


def choose(
    candidates: Iterable[Candidate],
    memory: Mapping[str, ShownSuggestion],
    k: int,
    today: dt.date,
    complete: Callable[[Candidate], Suggestion | None],
) -> tuple[Suggestion, ...]:
    """The `k` best, by the rule above. `complete` looks closely at one, and gives None where it cannot be made.

    Whoever was sent away today is not brought up in another guise on the same day.
    """
    named = {person for one in memory.values() if one.dismissed == today for person in one.people}
    ranked = sorted(candidates, key=lambda one: (-_present_worth(one, memory, today), one.suggestion.key))
    ranked = [one for one in ranked if not _is_away(one, memory, today)]
    chosen: dict[str, Suggestion] = {}
    count: Counter[str] = Counter()
    looked_at: dict[str, Suggestion | None] = {}
    for most in (MOST_OF_A_KIND, k):
        for one in ranked:
            key, kind = one.suggestion.key, one.suggestion.kind
            people = {person.id for person in one.suggestion.people}
            if len(chosen) == k or key in chosen or people & named or count[kind] >= most:
                continue
            if key not in looked_at:
                looked_at[key] = complete(one)
            if (found := looked_at[key]) is not None:
                chosen[key] = found
                named |= people
                count[kind] += 1
    return tuple(chosen.values())


def _present_worth(one: Candidate, memory: Mapping[str, ShownSuggestion], today: dt.date) -> float:
    shown = memory.get(one.suggestion.key)
    if shown is None or shown.last != today:
        return one.worth / ((shown.days if shown else 0) + 1)
    return _STAYS * one.worth / shown.days


def _is_away(one: Candidate, memory: Mapping[str, ShownSuggestion], today: dt.date) -> bool:
    shown = memory.get(one.suggestion.key)
    return shown is not None and shown.is_away(today)


def count_shown(
    found: Iterable[Suggestion], memory: Mapping[str, ShownSuggestion], today: dt.date
) -> list[ShownSuggestion]:
    """What has to be remembered anew of these, shown today: nothing of what was shown today already."""
    counted = []
    for one in found:
        before = memory.get(one.key)
        if before is None or before.last != today:
            people = tuple(person.id for person in one.people)
            days = before.days + 1 if before else 1
            counted.append(ShownSuggestion(one.key, people, one.kind, one.why, days, today))
    return counted


def make_key(kind: SuggestionKind, people: Iterable[str], grounds: Iterable[str]) -> str:
    """The same for the same people and the same words of evidence, in whichever order."""
    return make_id("u", kind, *sorted(people), *sorted(fold(" ".join(one.split())) for one in grounds))


# --- what could be suggested --------------------------------------------------------------------------------------


def suggest_due(
    row: DueContact, contact: Contact, known: Mapping[str, Evidence | Favour], me: str, today: dt.date
) -> Candidate:
    """Somebody whose turn it is. `known` has, by id, what the row rests on; the last time in touch is its ground."""
    told = [known[one] for one in row.evidence if one in known and known[one].visibility is not Visibility.PRIVATE]
    cited = [cite(one) for one in told if _about(one) != me]
    if not cited and contact.cadence:
        cited = [Cited(quote=f"cadence: {contact.cadence}", about=contact.id)]
    can_give = any(_about(one) == me for one in told)
    kinds: tuple[DraftKind, ...]
    if can_give:
        kinds = (DraftKind.GIVE_FIRST, DraftKind.CHECK_IN)
    elif row.last is None or (today - row.last).days >= DORMANT_DAYS:
        kinds = (DraftKind.RECONNECT, DraftKind.CHECK_IN, DraftKind.GIVE_FIRST)[0 if row.last else 1 :]
    else:
        kinds = (DraftKind.CHECK_IN, DraftKind.GIVE_FIRST)
    suggestion = Suggestion(
        key=make_key("due", [contact.id], [str(row.last)]),
        kind="due",
        people=(Person(id=contact.id, name=contact.name),),
        why=row.why,
        evidence=tuple(cited),
        action=NextAction(kind=kinds[0], to=contact.id),
    )
    return Candidate(suggestion, _DUE * row.urgency / (row.urgency + _HALF_URGENCY), kinds)


def suggest_gives(
    contact: Contact, needs: Sequence[Evidence], mine: Sequence[Evidence], today: dt.date
) -> list[Candidate]:
    """The best of the user's offers for each fresh, open need of somebody; nothing private on either side."""
    fresh = [one for one in needs if _counts(one) and one.date and (today - one.date).days <= FRESH_DAYS]
    best: dict[str, tuple[float, Evidence, Evidence]] = {}
    for need, offer, fit in match_needs(fresh, [one for one in mine if _counts(one)], today):
        if need.id not in best or fit > best[need.id][0]:
            best[need.id] = fit, need, offer
    return [_give(contact, need, offer, fit, today) for fit, need, offer in best.values()]


def _counts(one: Evidence) -> bool:
    return not (one.superseded or one.negated or one.hearsay or one.visibility is Visibility.PRIVATE)


def _give(contact: Contact, need: Evidence, offer: Evidence, fit: float, today: dt.date) -> Candidate:
    why = f"{contact.first_name} needs {_phrase(need)}{_noted(need)}, and you offered: {_phrase(offer)}."
    suggestion = Suggestion(
        key=make_key("give", [contact.id], [need.quote, offer.quote]),
        kind="give",
        people=(Person(id=contact.id, name=contact.name),),
        why=why,
        evidence=(cite(need), cite(offer)),
        action=NextAction(kind=DraftKind.GIVE_FIRST, to=contact.id),
    )
    return Candidate(suggestion, fit * (0.5 + 0.5 * freshness(need.date, today)))


def suggest_introduction(one: Introduction) -> Candidate | None:
    """Two who should meet, whose introduction has not begun; None where it has, or where a quote is a confidence."""
    quotes = {quote.id: quote for quote in (*one.evidence_b, *one.evidence_a)}
    begun = one.state != "suggested" and not one.state.startswith("ask ")
    if begun or any(quote.visibility is Visibility.PRIVATE for quote in quotes.values()):
        return None
    suggestion = Suggestion(
        key=make_key("introduction", [one.a_id, one.b_id], [quote.quote for quote in quotes.values()]),
        kind="introduction",
        people=(Person(id=one.a_id, name=one.a), Person(id=one.b_id, name=one.b)),
        why=one.why_b if one.evidence_b else one.why_a,
        evidence=tuple(_quoted(quote) for quote in quotes.values()),
        action=NextAction(kind=PACKET, to=one.a_id, other=one.b_id),
    )
    return Candidate(suggestion, _INTRODUCTION * one.score / (one.score + _HALF_SCORE))


def _quoted(quote: Quote) -> Cited:
    return Cited(quote=quote.quote, date=quote.date, note_id=quote.note_id, id=quote.id, about=quote.about)


def suggest_news(one: Shareable, contact: Contact, today: dt.date) -> Candidate:
    """An article the user read, for somebody who would care; the same article is the same ground."""
    article, reader = one
    noted = f" ({reader.date:%B %Y})" if reader.date else ""
    said = "you noted" if reader.note_id else "your record says"
    sentence = reader.sentence.rstrip(".")
    more = f"{sentence}." if sentence != article.title.rstrip(".") else ""
    suggestion = Suggestion(
        key=make_key("news", [contact.id], [article.id]),
        kind="news",
        people=(Person(id=contact.id, name=contact.name),),
        why=f"You read “{article.title}”, and of {contact.first_name} {said} “{without_tags(reader.quote)}”{noted}.",
        evidence=(
            Cited(quote=reader.quote, date=reader.date, note_id=reader.note_id, id=reader.evidence, about=contact.id),
        ),
        action=NextAction(
            kind=DraftKind.NEWS_SHARE,
            to=contact.id,
            about=" ".join(part for part in (f"{article.title.rstrip('.')}.", more, article.link) if part),
        ),
    )
    fading = max(0.0, 1 - (today - article.kept).days / _NEWS_DAYS)
    closeness = reader.score / (reader.score + _HALF_CLOSENESS)
    return Candidate(suggestion, _NEWS * closeness * (0.5 + 0.5 * fading))


def cite(one: Evidence | Favour) -> Cited:
    """The quote with its note and day."""
    return Cited(quote=one.quote or one.text, date=one.date, note_id=one.note_id, id=one.id, about=_about(one))


def _about(one: Evidence | Favour) -> str:
    return one.about if isinstance(one, Evidence) else one.contact_id


def _phrase(one: Evidence) -> str:
    return one.text.rstrip(".;, ")


def _noted(one: Evidence) -> str:
    return f" (noted {one.date.day} {one.date:%B %Y})" if one.date else ""
