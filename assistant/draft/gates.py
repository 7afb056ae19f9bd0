"""Whether to write at all: what stands against a message, and what is missing for one.

Decided before a word is written; reasons name what stands in the way and a better way. It must never let a model, or
the wish to be helpful, decide whether somebody is written to.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from assistant.domain import (
    DORMANT_DAYS,
    Channel,
    DraftKind,
    Evidence,
    FactKind,
    Material,
    Outcome,
    Visibility,
    count_favours,
)
from assistant.draft.choose import OFFERS, need_spoken_of, own_words
from assistant.draft.consent import find_consent_gap
from assistant.sources.acquaintance import count_first_names, speaks_of
from assistant.sources.wishes import Wish, find_wish
from assistant.text import content_stems, find_words, fold

TOO_SOON_DAYS = 10
JUST_MET_DAYS = 60
MOST_UNANSWERED = 2
_WITH_OTHER = (DraftKind.INTRO_ASK, DraftKind.INTRO)
_PRESUMES_CONTACT = (DraftKind.CHECK_IN, DraftKind.FOLLOW_UP, DraftKind.RECONNECT)


class Gate(NamedTuple):
    """A way that is closed: refused, or open once something is known."""

    outcome: Outcome
    text: str


def find_gate(material: Material) -> Gate | None:
    """The first thing that closes the way; None where a message may be written."""
    reason = find_refusal(material)
    if reason:
        return Gate(Outcome.REFUSED, reason)
    consent = find_consent_gap(material)
    if consent:
        return Gate(*consent)
    gap = _find_gap(material)
    return Gate(Outcome.NEEDS_INPUT, gap) if gap else None


def find_refusal(material: Material) -> str:
    """Why no message of this kind may be written, with a better way; empty if one may."""
    to, other = material.to, material.other
    if to.me:
        return "this is you; choose somebody else"
    if other is not None and (other.me or other.id == to.id):
        return "an introduction needs two different people besides you; name the other one with --with"
    for person in (to, *([other] if other else [])):
        if person.do_not_contact:
            instead = f"wait until {person.first_name} writes to you" if person is to else "leave them out of it"
            return f"{person.name} is marked do-not-contact; {instead}"
    agreed = material.packet.agreed if material.packet else frozenset()
    wish = find_wish((*material.evidence, *material.withheld), material.request, material.today, to, other, agreed)
    if wish:
        whose = f"{to.name} " if wish.evidence.about == to.id and not wish.reason[:1].isupper() else ""
        return f"{whose}{wish.reason}{_as_noted(wish)}; {wish.instead}"
    return _acquainted(material) or _unanswered(material) or _rival_asked(material) or _nothing_given(material)


_RIVAL = re.compile(
    r"\b(?:competitors?|rivals?|(?:competes?|competing) (?:with|against) (?:us|me)|(?:our|my) (?:competition"
    r"|competitor|rival)"
    r"|(?:sells?|selling|bids?|bidding|pitch(?:es|ing)?|builds?|does) (?:\w+ ){0,4}(?:against us|to the same"
    r"|the same (?:thing|product|market|customers?"
    r"|clients?|contract|tender|boards?|schools?|cities)))\b",
    re.IGNORECASE,
)


def _rival_asked(material: Material) -> str:
    """Nobody asks a competitor for a favour without thinking twice."""
    request, to = material.request, material.to
    if request.kind is not DraftKind.ASK or request.insist:
        return ""
    told = [
        one for one in (*material.evidence, *material.withheld) if one.about == to.id and one.source in ("fact", "note")
    ]
    rival = next((one for one in told if _RIVAL.search(one.quote) and not one.superseded and not one.hearsay), None)
    tagged = any(_RIVAL.search(tag) for tag in to.tags)
    if rival is None and not tagged:
        return ""
    why = "a private note" if rival and rival not in material.evidence else f"“{rival.quote}”" if rival else "the tags"
    return (
        f"{to.name} is a rival of yours ({why}); ask for nothing that you would not tell yourself, offer something "
        "first, or insist"
    )


_MOST_QUOTED = 60


def _as_noted(wish: Wish) -> str:
    """The wish in the words of the note, where it was typed as one and is no confidence."""
    one = wish.evidence
    is_typed = one.kind is FactKind.PREFERENCE and one.text == one.quote and len(one.quote) <= _MOST_QUOTED
    return f" (“{one.quote}”)" if is_typed and one.visibility is not Visibility.PRIVATE else ""


def _acquainted(material: Material) -> str:
    """Two people who know each other need no introduction."""
    other, kinds = material.other, (DraftKind.INTRO, DraftKind.INTRO_ASK)
    if other is None or material.request.kind not in kinds or material.request.insist:
        return ""
    evidence = (*material.evidence, *material.withheld)
    first_names = count_first_names(material.names)
    for one, person in ((one, person) for one in evidence for person in (material.to, other)):
        against = other if person is material.to else material.to
        if one.about == person.id and not one.hearsay and speaks_of(one.quote, against, first_names):
            hidden = "a private note" if one not in material.evidence else f"“{one.quote}”"
            return (
                f"{material.to.name} and {other.name} seem to know each other already ({hidden}); insist if they do not"
            )
    return ""


def _nothing_given(material: Material) -> str:
    if material.request.kind is not DraftKind.ASK or material.request.insist:
        return ""
    first, balance = material.to.first_name, count_favours(material.favours)
    if balance.gave or (balance.asked == 0 and balance.received < 2):
        return ""
    if balance.asked:
        times = "once" if balance.asked == 1 else f"{balance.asked} times"
        last = f", last in {balance.last_asked:%B %Y}," if balance.last_asked else ""
        told = f"you have asked {first} {times}{last} and have given nothing yet"
    else:
        times = "twice" if balance.received == 2 else f"{balance.received} times"
        told = f"{first} has helped you {times} and you have given nothing yet"
    return f"{told}; give something first, or insist if it cannot wait"


# --- what is missing --------------------------------------------------------------------------------------------


def _find_gap(material: Material) -> str:
    return (
        _no_address(material)
        or _old_address(material)
        or _no_other(material)
        or _no_contact_yet(material)
        or _wrong_moment(material)
        or _met_already(material)
    )


def _no_address(material: Material) -> str:
    to, channel = material.to, material.request.channel
    if channel is Channel.CALL and material.request.kind in (DraftKind.BLURB, DraftKind.INTRO):
        return "This is read by somebody else too, so it has to be written: use --channel email."
    if channel is Channel.EMAIL and not to.emails:
        better = " Or call: use --channel call." if to.phones else ""
        return f"What is {to.name}'s email address? There is none in your book.{better}"
    if channel is Channel.CALL and not to.phones:
        better = " Or write: use --channel email." if to.emails else ""
        return f"What is {to.name}'s phone number? There is none in your book.{better}"
    if channel is Channel.MESSAGE and not (to.links or to.phones or to.emails):
        return f"Where could a message reach {to.name}? There is no profile link and no number in your book."
    if material.request.kind is DraftKind.INTRO and material.other and not material.other.emails:
        return f"What is {material.other.name}'s email address? An introduction goes to both."
    return ""


_ENDED = re.compile(r"\b(?:until|former(?:ly)?|used to|left|no longer)\b", re.IGNORECASE)


def _old_address(material: Material) -> str:
    """An address at an employer whom a later note ended reaches nobody, or somebody else."""
    to, request = material.to, material.request
    if request.channel is not Channel.EMAIL or request.insist:
        return ""
    jobs = [one for one in material.evidence if one.about == to.id and _is_job(one)]
    past = {one.text for one in jobs if one.superseded or one.negated or _ENDED.search(one.text)}
    now = {one.text for one in jobs if one.text not in past}
    ended = [one for one in past if any(_holds(address, one) for address in to.emails)]
    if not ended or not all(any(_holds(address, one) for one in past) for address in to.emails):
        return ""
    if any(_holds(address, one) for address in to.emails for one in now):
        return ""
    return (
        f"What is {to.first_name}'s address now? The one in your book is at {ended[0]}, and a later note says "
        f"that this is "
        "over. Add the new one, or insist if the old one still works."
    )


def _is_job(one: Evidence) -> bool:
    return one.kind is FactKind.EMPLOYER or one.field == "org"


def _holds(address: str, org: str) -> bool:
    """Whether the domain of the address is the organisation's: its name run together, or its first telling word."""
    domain = re.sub(r"[^a-z0-9]", "", fold(address.rpartition("@")[2].rpartition(".")[0]))
    name = re.split(r",| until | since ", org)[0]
    words = [re.sub(r"[^a-z0-9]", "", fold(word.text)) for word in find_words(name) if word.text[0].isupper()]
    return bool(words) and ("".join(words) in domain or (len(words[0]) > 4 and words[0] in domain))


def _met_already(material: Material) -> str:
    """What the user offers, where a later note says that it was found."""
    offered = [one for one in own_words(material.evidence) if OFFERS.search(one.text)]
    if not offered or material.request.insist or need_spoken_of(offered, material, _open(material)):
        return ""
    past = [one.model_copy(update={"superseded": False}) for one in material.evidence if one.superseded]
    met = need_spoken_of(offered, material, past)
    first = material.to.first_name
    if met is None:
        return ""
    told = _told_met(met, material)
    quote = f": “{told.quote}”" if told else ""
    when = f" in {told.date:%B %Y}" if told and told.date else ""
    return (
        f"Does {first} still need that? Your note says that it was settled{when}{quote}. Insist if it is worth "
        f"offering all "
        "the same, or say something else with --about."
    )


def _open(material: Material) -> list[Evidence]:
    return [one for one in material.evidence if not (one.superseded or one.negated)]


def _told_met(met: Evidence, material: Material) -> Evidence | None:
    """The note that ended the need: the first denial after it, one that shares its words before any other."""
    ends = [
        one
        for one in material.evidence
        if one.about == met.about
        and one.kind is FactKind.NEED
        and one.negated
        and (one.date or dt.date.min) > (met.date or dt.date.min)
    ]
    wanted = frozenset(content_stems(met.text))
    return min(
        ends, key=lambda one: (not wanted & set(content_stems(one.quote)), one.date or dt.date.max), default=None
    )


def _no_other(material: Material) -> str:
    if material.request.kind in _WITH_OTHER and material.other is None:
        return f"Whom should {material.to.first_name} meet? Name the other person with --with."
    return ""


def _unanswered(material: Material) -> str:
    """Two messages that nobody answered are enough."""
    heard = max((one.when for one in material.touches if one.direction != "out"), default=dt.date.min)
    waiting = [one.when for one in material.touches if one.direction == "out" and one.when > heard]
    if len(waiting) < MOST_UNANSWERED or material.request.insist:
        return ""
    first, times = material.to.first_name, "twice" if len(waiting) == 2 else f"{len(waiting)} times"
    return (
        f"you wrote to {first} {times} since {waiting[0]:%B %Y} without an answer; better wait. If {first} did "
        f"answer, note "
        "it or `givefirst mark DRAFT replied`; or insist"
    )


def _no_contact_yet(material: Material) -> str:
    kind, to = material.request.kind, material.to
    if kind in _PRESUMES_CONTACT and not material.known:
        return (
            f"When were you last in touch with {to.name}? No note tells of it; add one, or write a cold mail: "
            "`givefirst draft cold`."
        )
    return ""


def _wrong_moment(material: Material) -> str:
    """Too soon, too late, or not dormant at all; a reason in the user's own words opens the way."""
    kind, request = material.request.kind, material.request
    if request.about.strip() or request.insist or not material.touches:
        return _no_meeting(material) if kind is DraftKind.FOLLOW_UP and not request.about.strip() else ""
    last = material.touches[-1].when
    days = (material.today - last).days
    first = material.to.first_name
    if kind in (DraftKind.CHECK_IN, DraftKind.RECONNECT) and days < TOO_SOON_DAYS:
        return f"You were in touch with {first} {_ago(days)}. What is new since? Say it with --about, or wait a little."
    if kind is DraftKind.RECONNECT and days < DORMANT_DAYS:
        return (
            f"You were in touch with {first} in {last:%B}, so there is nothing to revive; "
            "a check_in fits better. What is it about? Say it with --about."
        )
    if kind is DraftKind.FOLLOW_UP and days > JUST_MET_DAYS:
        return (
            f"Your last note of a meeting with {first} is of {last:%B %Y}; a check_in or a reconnect fits better. "
            "If you met since, add a note of it, or say it with --about."
        )
    return ""


def _ago(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def _no_meeting(material: Material) -> str:
    if material.touches:
        return ""
    return f"When did you meet {material.to.first_name}? Add a note of the meeting, or say it with --about."
