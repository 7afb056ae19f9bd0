"""Touches as columns: who, on which day, which way. What is counted over all of them is counted on these.

A hundred thousand rows are read once and then added up by numpy, whatever is asked of them. It must never drop a touch:
which days count is for those who count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Touch
from assistant.find.effort import TOGETHER


class History(NamedTuple):
    """One row a touch: `who` is a place in `contacts`, `day` an ordinal, `much` what the channel counts for."""

    contacts: tuple[str, ...]
    who: NDArray[np.int64]
    day: NDArray[np.int64]
    out: NDArray[np.bool_]
    into: NDArray[np.bool_]
    much: NDArray[np.float64]

    def until(self, last: int, days: int) -> History:
        """The rows of the `days` days that end with the ordinal `last`."""
        kept = (self.day <= last) & (self.day > last - days)
        return History(self.contacts, self.who[kept], self.day[kept], self.out[kept], self.into[kept], self.much[kept])


def read_history(touches: Sequence[Touch]) -> History:
    """The touches in the order they come; contacts in the order they first appear."""
    contact_of, day_of, way_of, channel_of = (itemgetter(place) for place in range(4))
    contacts = list(map(contact_of, touches))
    places = {contact: place for place, contact in enumerate(dict.fromkeys(contacts))}
    ways = np.array(list(map(way_of, touches)), dtype="U4")
    return History(
        contacts=tuple(places),
        who=np.fromiter(map(places.__getitem__, contacts), np.int64, len(contacts)),
        day=np.fromiter(map(dt.date.toordinal, map(day_of, touches)), np.int64, len(contacts)),
        out=ways != "in",
        into=ways != "out",
        much=np.array([TOGETHER.get(channel, 1.0) for channel in map(channel_of, touches)], np.float64),
    )
