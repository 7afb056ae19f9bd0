"""Reading files and the user's own mailbox into the book: people and notes first, then times in touch.

What was saved before a fault stays saved, and the same files again change nothing. It must never hold more than a
batch in memory.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.domain import BadRecord, Encounter, ImportReport, PassedOver, Record, Series
from assistant.errors import NotFound
from assistant.intake import Progress, bring_in, joined, load_viewpoint, read_again
from assistant.mailbox import own_mailbox
from assistant.settings import Settings
from assistant.sources.files import SourceFile, find_files, read_encounters, read_files
from assistant.sources.imap import read_mailbox
from assistant.store import records
from assistant.store.database import Store
from assistant.store.words import purge_words
from assistant.suppressing import sift_records

BATCH = 200  # records a transaction: small enough to stop anywhere, large enough to be fast


def import_files(
    store: Store,
    settings: Settings,
    today: dt.date,
    paths: Sequence[Path],
    embed: Callable[[], object],
    progress: Progress | None = None,
    add_people: bool = False,
    bodies: bool = False,
    imap_days: int | None = None,
) -> ImportReport:
    """Reads files and folders, and with `imap_days` so many days of the user's mailbox; `embed` follows the people."""
    told = [one for one in find_files(paths) if one.kind in ("mail", "calendar")]
    report = _import_people(store, paths, embed, progress)
    if not told and imap_days is None:
        return report
    return joined(report, _import_encounters(store, settings, today, told, progress, add_people, bodies, imap_days))


def _import_people(
    store: Store, paths: Sequence[Path], embed: Callable[[], object], progress: Progress | None
) -> ImportReport:
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    rejected: list[BadRecord] = []
    warnings: list[BadRecord] = []
    found = read_files(paths)
    done = 0
    while batch := list(itertools.islice(found, BATCH)):
        rejected += [one for one in batch if isinstance(one, BadRecord)]
        saved = _save_records(store, [one for one in batch if isinstance(one, Record)])
        rejected += saved.barred
        warnings += saved.namesakes
        for change in saved.changes:
            counts[change] += 1
        done += len(batch)
        if progress:
            progress(done, None)
    embed()
    if counts["updated"]:
        with store.write() as connection:
            purge_words(connection)
    return ImportReport(read=sum(counts.values()), rejected=tuple(rejected), warnings=tuple(warnings), **counts)


class _Batch(NamedTuple):
    """What became of a batch: a word for each record saved, and who was not taken in or is a namesake."""

    changes: list[str]
    barred: tuple[BadRecord, ...]
    namesakes: tuple[BadRecord, ...]


def _save_records(store: Store, found: Sequence[Record]) -> _Batch:
    """Records and what is read out of their notes, in one transaction; people who were forgotten stay out."""
    with store.write() as connection:
        sifted = sift_records(connection, found)
        saved = [records.save_record(connection, one) for one in sifted.welcome]
        for contact_id in dict.fromkeys(one.contact_id for one in saved if one.change != "unchanged"):
            read_again(connection, contact_id)
    return _Batch([one.change for one in saved], sifted.barred, sifted.namesakes)


def _import_encounters(
    store: Store,
    settings: Settings,
    today: dt.date,
    files: Sequence[SourceFile],
    progress: Progress | None,
    add_people: bool,
    bodies: bool,
    imap_days: int | None,
) -> ImportReport:
    place = own_mailbox(settings) if imap_days is not None else None
    with store.read() as connection:
        seen = load_viewpoint(connection, settings.zone, today, bodies)
    if isinstance(seen, str):
        if place:
            raise NotFound(seen)
        return ImportReport(rejected=tuple(BadRecord(where=f"{one.path}:0", reason=seen) for one in files))
    since = today - dt.timedelta(days=imap_days or 0)

    def read() -> Iterator[Encounter | Series | PassedOver | BadRecord]:
        yield from read_encounters(files, seen)
        if place:
            yield from read_mailbox(place, since, seen)

    return bring_in(store, read, today, add_people, progress)


def read_everything_again(store: Store) -> None:
    """Facts, passages and favours of every note anew, a batch a transaction."""
    with store.read() as connection:
        ids = [one.id for one in records.load_contacts(connection)]
    for start in range(0, len(ids), BATCH):
        with store.write() as connection:
            for contact_id in ids[start : start + BATCH]:
                read_again(connection, contact_id)
