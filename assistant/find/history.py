"""Touches as columns: who, on which day, which way. What is counted over all of them is counted on these.

A hundred thousand rows are read once and then added up by numpy, whatever is asked of them. It must never drop a touch:
which days count is for those who count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Touch

TOGETHER = {"meeting": 3.0, "call": 2.0}  # both give their time at once; what is written counts 1


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
    places: dict[str, int] = {}
    count = len(touches)
    who = np.fromiter((places.setdefault(one.contact_id, len(places)) for one in touches), np.int64, count)
    return History(
        contacts=tuple(places),
        who=who,
        day=np.fromiter((one.day.toordinal() for one in touches), np.int64, count),
        out=np.fromiter((one.direction != "in" for one in touches), np.bool_, count),
        into=np.fromiter((one.direction != "out" for one in touches), np.bool_, count),
        much=np.fromiter((TOGETHER.get(one.channel, 1.0) for one in touches), np.float64, count),
    )
