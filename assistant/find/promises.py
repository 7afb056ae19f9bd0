"""What the user promised and has not done yet, as their own notes tell: "I promised her the recording".

Read from sentences; kept when the ledger has something given since that speaks of the same. It must never take another
person's promise, or one in a pasted text, for the user's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from assistant.domain import Evidence, Favour, FavourKind, Value, Visibility
from assistant.text import content_stems

_I = r"(?<![\"“”'‘])\b(?:i|we)"
_DOING = (
    "ask bring call check find follow forward get give introduce invite keep lend let look mail make pass pay prepare "
    "print put read return review ring send share show teach tell translate write"
)
_PROMISE = re.compile(
    rf"^(?:have )?promised (?!me\b|us\b|nothing\b)|{_I}(?: have|['’]ve)? (?:also |half )?promised\b(?! nothing)"
    rf"|{_I} (?:said|told (?:him|her|them)) (?:that )?(?:i|we)(?:['’](?:d|ll)| would| will)\b(?! not)"
    rf"|{_I}(?: will|['’]ll) (?:{'|'.join(_DOING.split())})\b"
    rf"|{_I} (?:still )?owe (?:him|her|them)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(content_stems(f"promise say tell owe still soon week next {_DOING}"))


class Promise(Value):
    """Something the user said they would do. `text` is the sentence, verbatim."""

    contact: str
    contact_id: str
    text: str
    date: dt.date | None = None
    private: bool = False
    evidence: str = ""


def is_promise(sentence: str) -> bool:
    """Whether the user says in it that they will do something for the person."""
    return bool(_PROMISE.search(sentence))


def may_promise(text: str) -> bool:
    """Whether a whole passage may hold a promise: a quick look before its sentences are cut."""
    return any(is_promise(line.strip()) for line in text.replace(". ", ".\n").splitlines())


def find_promises(contact: str, told: Iterable[Evidence], ledger: Sequence[Favour]) -> list[Promise]:
    """The promises among the sentences `told` of one contact (by name) that nothing given since keeps, oldest first."""
    gave = [one for one in ledger if one.kind is FavourKind.GAVE]
    waiting = [
        Promise(
            contact=contact,
            contact_id=one.about,
            text=" ".join(one.quote.split()),
            date=one.date,
            private=one.visibility is Visibility.PRIVATE,
            evidence=one.id,
        )
        for one in told
        if not one.hearsay and is_promise(one.quote) and not any(_keeps(favour, one) for favour in gave)
    ]
    distinct = {one.text: one for one in waiting}
    return sorted(distinct.values(), key=lambda one: (one.date or dt.date.max, one.text))


def _keeps(favour: Favour, promise: Evidence) -> bool:
    """Given on that day or later, and of the same thing; a promise that names no thing is kept by anything given."""
    if promise.date and (favour.date is None or favour.date < promise.date):
        return False
    wanted = frozenset(content_stems(promise.quote)) - _EMPTY
    return not wanted or bool(wanted & frozenset(content_stems(f"{favour.text} {favour.quote}")))
