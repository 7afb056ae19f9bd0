"""How strong a relationship is, and how deep: what each side does, how fast it answers, what is given freely.

Strength rests on contact of both sides, fading with time, whose parts can be read. Depth is what lies behind: who
begins, answers, meets, helps. It must never rest on one side's effort alone, and never look at what was written.

Where the rules come from:
- Contact of both sides, recent contact and favours as the marks of a strong tie: M. Granovetter, The Strength of Weak
  Ties, 1973 (time, intensity, intimacy, reciprocal services); E. Gilbert and K. Karahalios, Predicting Tie Strength
  With Social Media, CHI 2009 (recency and reciprocity foretell it best).
- Fading as a sum over past occasions, fast at first and then slowly: J. Anderson and L. Schooler, Reflections of the
  Environment in Memory, 1991. Two half-lives, a week and a quarter, stand for it.
- Many messages of one day are one occasion and a little more: the square root of their number. A meeting counts as
  three of them and a call as two: a rule of thumb for the time both give, which no figure here measures.
- A side not seen yet is not nothing: it counts as the share of the user's contacts with whom both sides write
  (shrinkage towards the user's own habit, as in empirical Bayes).
- Effort "without immediate reciprocation" as the test of a link: the essay. A favour is an occasion that fades over a
  year.
Few numbers, chosen on the mail of one research institute where figures stayed flat over wide ranges of each;
`evals.ties` measures how well they foretell contact. The score orders relationships; it is no probability.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from statistics import median

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Favour, FavourKind, Touch, Value
from assistant.find.effort import FADED, HORIZON_DAYS, Effort, Strength, add_favours, find_habit, weigh_effort
from assistant.find.grouping import by_contact
from assistant.find.history import History

FREE_DAYS = 14  # a favour answered within these days is an exchange, not a gift
SILENCE_DAYS = 14  # without threads, so long a silence ends a conversation


class Depth(Value):
    """What lies behind a strength. Hours are medians, None where nobody answered or hours are unknown.

    `begun_by_me` and `begun_by_them` count conversations, `my_words` and `their_words` are mean lengths of own text
    (0 if never read), `freely_given` and `freely_received` favours with nothing asked or given back within two weeks.
    """

    begun_by_me: int = 0
    begun_by_them: int = 0
    my_answer_hours: float | None = None
    their_answer_hours: float | None = None
    my_words: int = 0
    their_words: int = 0
    meetings: int = 0
    channels: tuple[str, ...] = ()
    freely_given: int = 0
    freely_received: int = 0


# --- strength ---------------------------------------------------------------------------------------------------


def find_strengths(history: History, today: dt.date, ledger: Iterable[Favour] = ()) -> dict[str, Strength]:
    """The strength with everybody who was in touch or did a favour, of one user's history."""
    efforts = find_efforts(history, today, ledger)
    habit = find_habit(efforts.values())
    return {contact: weigh_effort(effort, habit) for contact, effort in efforts.items()}


def find_efforts(history: History, today: dt.date, ledger: Iterable[Favour] = ()) -> dict[str, Effort]:
    """The faded occasions of both sides by contact; the future and what is older than the horizon do not count."""
    past = history.until(today.toordinal(), HORIZON_DAYS)
    age = today.toordinal() - past.day
    sides = zip(
        _fade(past, age, past.out, len(history.contacts)),
        _fade(past, age, past.into, len(history.contacts)),
        strict=True,
    )
    efforts = {
        contact: Effort(mine, theirs)
        for contact, (mine, theirs) in zip(history.contacts, sides, strict=True)
        if mine or theirs
    }
    add_favours(efforts, ledger, today)
    return efforts


def _fade(past: History, age: NDArray[np.int64], side: NDArray[np.bool_], people: int) -> list[float]:
    """For each of the people one side's occasions: the root of what a day holds, faded by the day's age."""
    days, place = np.unique(past.who[side] * HORIZON_DAYS + age[side], return_inverse=True)
    held = np.sqrt(np.bincount(place, weights=past.much[side], minlength=len(days)))
    faded = held * _FADED[days % HORIZON_DAYS]
    summed: list[float] = np.bincount(days // HORIZON_DAYS, weights=faded, minlength=people).tolist()
    return summed


_FADED = np.array(FADED)


# --- depth ------------------------------------------------------------------------------------------------------


def find_depths(touches: Iterable[Touch], today: dt.date, ledger: Iterable[Favour] = ()) -> dict[str, Depth]:
    """The depth with everybody who was in touch or did a favour, up to `today`. Touches are sorted once."""
    held = by_contact(one for one in touches if one.day <= today)
    favours = by_contact(one for one in ledger if one.date is None or one.date <= today)
    return {contact: _depth(_in_order(held[contact]), favours[contact]) for contact in dict.fromkeys((*held, *favours))}


def _in_order(touches: Sequence[Touch]) -> list[Touch]:
    """Where every hour is known they order the touches by themselves, and much faster."""
    if all(one.at for one in touches):
        return sorted(touches, key=attrgetter("at"))
    return sorted(touches, key=_moment)


def _moment(touch: Touch) -> float:
    """The order in time: by local day, then by hour; what has no hour comes first."""
    day = touch.day.toordinal()
    since_midnight = touch.at.timestamp() - (day - _EPOCH) * 86400 if touch.at else -_NO_HOUR
    return day * 1e6 + since_midnight


_EPOCH = dt.date(1970, 1, 1).toordinal()
_NO_HOUR = 1e5  # seconds; more than any time zone is away


def _depth(touches: Sequence[Touch], favours: Sequence[Favour]) -> Depth:
    talks = find_conversations(touches)
    begun = Counter(talk[0].direction for talk in talks)
    answers = [answer for talk in talks for answer in find_answers(talk)]
    channels = Counter(touch.channel for touch in touches)
    return Depth(
        begun_by_me=begun["out"],
        begun_by_them=begun["in"],
        my_answer_hours=_median([hours for side, hours in answers if side == "out"]),
        their_answer_hours=_median([hours for side, hours in answers if side == "in"]),
        my_words=_mean([touch.words for touch in touches if touch.direction == "out" and touch.words]),
        their_words=_mean([touch.words for touch in touches if touch.direction == "in" and touch.words]),
        meetings=len({touch.day for touch in touches if touch.channel == "meeting"}),
        channels=tuple(sorted(channels, key=lambda one: (-channels[one], one))),
        freely_given=_count_free(favours, FavourKind.GAVE, (FavourKind.ASKED, FavourKind.RECEIVED)),
        freely_received=_count_free(favours, FavourKind.RECEIVED, (FavourKind.GAVE,)),
    )


def find_conversations(touches: Sequence[Touch]) -> list[list[Touch]]:
    """Messages of one thread, or without threads what no long silence parts. `touches` come in order of time."""
    talks: dict[str, list[Touch]] = {}
    loose: list[list[Touch]] = []
    for touch in touches:
        if touch.thread:
            talks.setdefault(touch.thread, []).append(touch)
        elif loose and (touch.day - loose[-1][-1].day).days <= SILENCE_DAYS:
            loose[-1].append(touch)
        else:
            loose.append([touch])
    return [*talks.values(), *loose]


def find_answers(talk: Sequence[Touch]) -> Iterator[tuple[str, float]]:
    """Who answered, and after how many hours: from the first message that waits to the first of the other side.

    As reply times are reckoned by F. Kooti et al., Evolution of Conversations in the Age of Email Overload, 2015.
    """
    waiting: Touch | None = None
    for touch in talk:
        if touch.direction == "both" or touch.at is None:
            waiting = None
        elif waiting is None or waiting.at is None:
            waiting = touch
        elif touch.direction != waiting.direction:
            yield touch.direction, (touch.at - waiting.at).total_seconds() / 3600
            waiting = touch


def _count_free(favours: Sequence[Favour], kind: FavourKind, returns: Sequence[FavourKind]) -> int:
    """Favours of a kind with nothing of `returns` within two weeks of them; an undated one is taken as free."""
    others = sorted(one.date.toordinal() for one in favours if one.kind in returns and one.date)
    days = [one.date.toordinal() if one.date else None for one in favours if one.kind is kind]
    return sum(day is None or not _is_near(day, others) for day in days)


def _is_near(day: int, others: Sequence[int]) -> bool:
    place = bisect_left(others, day - FREE_DAYS)
    return place < len(others) and others[place] <= day + FREE_DAYS


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None


def _mean(values: Sequence[int]) -> int:
    return round(sum(values) / len(values)) if values else 0
