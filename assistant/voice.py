"""Learning how the user writes from their own sent mail, and keeping it: the use case behind `givefirst voice`.

What is kept is figures and masked examples. It must never keep a mail, and never count one that somebody else wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from assistant.domain import BadRecord, SentMail, UnusedMail, Voice, VoiceReport
from assistant.draft.voice import ENOUGH_MAILS, read_voice
from assistant.sources.sent import Sent, read_pasted, read_sent
from assistant.store import profiles, records
from assistant.store.database import Store

_KEY = "voice"
_NOT_YOURS, _TWICE = "written by somebody else", "the same mail again"
_MOST_REJECTED = 1_000


def learn_voice(store: Store, paths: Sequence[Path] = (), text: str = "") -> VoiceReport:
    """Reads the user's mail, keeps their voice in place of the one before, and says what was used and what was not.

    Where nothing can be used the voice before stays. Raises `SourceError` for a path that is not there.
    """
    with store.read() as connection:
        everybody = records.load_contacts(connection)
    mine = tuple(address for one in everybody if one.me for address in one.emails)
    notes: list[str] = []
    if not mine:
        mine = _guess_sender(paths, text)
        notes += [f"your own note has no address; mails from {mine[0]} were taken for yours"] if mine else []
    known = {address: one.id for one in everybody if not one.me for address in one.emails}
    tally = _Tally(frozenset(mine))
    voice = read_voice(tally.keep_own(_read(paths, text, mine)), known)
    if voice is None:
        notes.append("no mail could be used, so nothing was changed" + _try_other_address(tally, mine))
    else:
        with store.write() as connection:
            profiles.save_profile(connection, _KEY, voice.model_dump_json())
        notes += [f"fewer than {ENOUGH_MAILS} mails: too few to write by"] if tally.used < ENOUGH_MAILS else []
    return tally.report(voice, mine, notes)


def _read(paths: Sequence[Path], text: str, mine: Collection[str]) -> Iterator[Sent]:
    yield from read_sent(paths, mine)
    if text.strip():
        yield from read_pasted(text, mine)


def _guess_sender(paths: Sequence[Path], text: str) -> tuple[str, ...]:
    """The address most of the mails are from."""
    counts = Counter(one.sender for one in _read(paths, text, ()) if isinstance(one, SentMail) and one.sender)
    return tuple(address for address, _ in counts.most_common(1))


def _try_other_address(tally: _Tally, mine: Collection[str]) -> str:
    return (
        f"; if you also write from another address than {', '.join(mine)}, add it to your own note"
        if tally.left_out[_NOT_YOURS]
        else ""
    )


class _Tally:
    """Counts what goes by while the user's own mails are passed on, each text once."""

    def __init__(self, mine: frozenset[str]) -> None:
        self.used = 0
        self.left_out: Counter[str] = Counter()
        self.rejected: list[BadRecord] = []
        self._mine = mine
        self._seen: set[int] = set()

    def keep_own(self, found: Iterator[Sent]) -> Iterator[SentMail]:
        for one in found:
            if isinstance(one, BadRecord):
                self.rejected += [one] if len(self.rejected) < _MOST_REJECTED else []
            elif isinstance(one, UnusedMail):
                self.left_out[one.reason] += 1
            elif one.sender and one.sender not in self._mine:
                self.left_out[_NOT_YOURS] += 1
            elif (key := hash((one.date, one.subject, one.text))) in self._seen:
                self.left_out[_TWICE] += 1
            else:
                self._seen.add(key)
                self.used += 1
                yield one

    def report(self, voice: Voice | None, mine: Collection[str], notes: Sequence[str]) -> VoiceReport:
        return VoiceReport(
            read=self.used + self.left_out.total() + len(self.rejected),
            used=self.used,
            left_out=tuple(self.left_out.most_common()),
            rejected=tuple(self.rejected),
            senders=tuple(mine),
            notes=tuple(notes),
            **_shown(voice),
        )


def _shown(voice: Voice | None) -> dict[str, object]:
    if voice is None:
        return {}
    return {"figures": voice.overall, "classes": voice.classes, "examples": len(voice.examples)}


def load_voice(connection: Connection) -> Voice | None:
    """The voice that is kept, or None."""
    data = profiles.load_profile(connection, _KEY)
    return Voice.model_validate_json(data) if data else None


def show_voice(store: Store) -> VoiceReport:
    """What is kept, in the form of a report."""
    with store.read() as connection:
        voice = load_voice(connection)
    if voice is None:
        return VoiceReport(notes=("no voice is kept; give your sent mail: an mbox file, mail files, or - to paste",))
    return VoiceReport(used=voice.overall.mails, **_shown(voice))


def forget_voice(store: Store) -> bool:
    """Drops what is kept of the user's voice; whether there was any."""
    with store.write() as connection:
        return profiles.drop_profile(connection, _KEY)
