"""Calendar files: events with other people in them, repeating ones unfolded, as encounters.

An event is cut out of the file with the lines that matter and read by icalendar alone, so that one broken event costs
itself only, and its place can be named. It must never run a rule of repetition past its window, or take an event
without other people, a cancelled or a declined one for a meeting.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_args

from assistant.domain import BadRecord, Encounter, Party, PassedOver, Series
from assistant.sources.identity import normal_email
from assistant.sources.mail import Viewpoint
from assistant.sources.recurrence import Frequency, Rule, find_days
from assistant.sources.robots import is_robot
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from icalendar import Event

MANY = 20  # more people than this in one event make it an assembly
BACK, AHEAD = dt.timedelta(days=731), dt.timedelta(days=183)
_MOST_BLOCK = 200_000
_MOST_TEXT = 300
_MOST_TIMES = 100_000  # of days, more than any window holds; a step so long is taken once
_YEARS = (1970, 2200)
_BEGIN = re.compile(r"begin\s*:\s*(vevent|vtimezone|valarm)\s*$", re.IGNORECASE)
_END = re.compile(r"end\s*:\s*(vevent|vtimezone|valarm)\s*$", re.IGNORECASE)
_WANTED = re.compile(
    r"(?:uid|dtstart|rrule|rdate|exdate|recurrence-id|status|summary|attendee|organizer|sequence)[;:]", re.IGNORECASE
)
_WITH_OTHERS = re.compile(r"^(?:attendee|organizer|recurrence-id)[;:]", re.IGNORECASE | re.MULTILINE)
_PLAIN_START = re.compile(r"^dtstart[^:\n]*:\d{8}(?:T\d{6}Z?)?\s*$", re.IGNORECASE | re.MULTILINE)
_WEEKDAYS = "MO TU WE TH FR SA SU".split()
_NOBODY = "an event with nobody else"


class Block(NamedTuple):
    """A component cut out of the file, and the number of its first line."""

    kind: str
    line: int
    text: str


class Entry(NamedTuple):
    """One VEVENT as it was read. `start` is a date for a whole day, else a time; naive where it names no zone."""

    uid: str
    line: int
    start: dt.date
    replaces: dt.date | None
    rule: Rule | None
    extra: tuple[dt.date, ...]
    dropped: tuple[dt.date, ...]
    title: str
    sequence: int
    people: tuple[Party, ...]
    why_not: str


class _Broken(ValueError):
    """What is wrong with an event, in words for the person who owns the file."""


def read_calendar(text: str, file: str, viewpoint: Viewpoint) -> Iterator[Series | PassedOver | BadRecord]:
    """The events of a file, each with all its occurrences from two years ago to half a year ahead of today."""
    blocks = list(_cut(text))
    zones = _read_zones(blocks)
    entries: dict[str, list[Entry]] = {}
    for block in blocks:
        where = f"{file}:{block.line}"
        if block.kind != "vevent":
            continue
        if not _WITH_OTHERS.search(block.text) and _PLAIN_START.search(block.text):
            yield PassedOver(where, _NOBODY, "event")
            continue
        try:
            entry = _read_entry(block, zones, viewpoint)
        except _Broken as error:
            yield BadRecord(where=where, reason=str(error))
            continue
        entries.setdefault(entry.uid, []).append(entry)
    yield from (_ for found in entries.values() for _ in _unfold(found, file, viewpoint))
    if not blocks:
        yield from _without_events(text, file)


def _without_events(text: str, file: str) -> Iterator[BadRecord]:
    if "BEGIN:VCALENDAR" not in text.upper():
        yield BadRecord(where=f"{file}:1", reason="no calendar: there is no BEGIN:VCALENDAR in it")


# --- cutting the file --------------------------------------------------------------------------------------------


def _cut(text: str) -> Iterator[Block]:
    """The events and time zones, of events only the lines that are wanted; alarms are left out."""
    kind, begun, kept, is_alarm = "", 0, [""], False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        begin, end = _BEGIN.match(line.strip()), _END.match(line.strip())
        if begin and begin.group(1).lower() != "valarm":
            if kind:
                yield _block(kind, begun, kept)
            kind, begun, kept, is_alarm = begin.group(1).lower(), number, [], False
        elif begin or (end and end.group(1).lower() == "valarm"):
            is_alarm = bool(begin)
        elif end and kind:
            yield _block(kind, begun, kept)
            kind = ""
        elif kind and not is_alarm:
            kept.append(line)
    if kind:
        yield _block(kind, begun, kept)


def _block(kind: str, begun: int, lines: list[str]) -> Block:
    """The component with its folded lines joined."""
    whole = re.sub(r"\n[ \t]", "", "\n".join(lines))
    if kind == "vevent":
        whole = "\n".join(line for line in whole.split("\n") if _WANTED.match(line))
    return Block(kind, begun, whole)


def _read_zones(blocks: Iterable[Block]) -> dict[str, dt.tzinfo]:
    """The time zones the file describes itself, by name; what cannot be read counts as not described."""
    from icalendar import Timezone

    found: dict[str, dt.tzinfo] = {}
    for block in blocks:
        if block.kind == "vtimezone" and len(block.text) < _MOST_BLOCK:
            try:
                zone = cast(Timezone, Timezone.from_ical(f"BEGIN:VTIMEZONE\n{block.text}\nEND:VTIMEZONE\n"))
                name = str(zone["TZID"])
                if name not in found:
                    found[name] = zone.to_tz(lookup_tzid=False)
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError):  # icalendar's ways to fail
                continue
    return found


# --- one event ---------------------------------------------------------------------------------------------------


def _read_entry(block: Block, zones: Mapping[str, dt.tzinfo], viewpoint: Viewpoint) -> Entry:
    import warnings

    from icalendar import Event

    if len(block.text) > _MOST_BLOCK:
        raise _Broken("the event is larger than 200 kB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where it guesses a time zone by its usual name
            event = cast(Event, Event.from_ical(f"BEGIN:VEVENT\n{block.text}\nEND:VEVENT\n"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _Broken(f"the event cannot be read: {type(error).__name__}") from error
    start = _read_start(event, zones)
    title = " ".join(strip_hidden(str(_first(event, "SUMMARY") or "")).split())[:_MOST_TEXT]
    people, why_not = _read_people(event, viewpoint.mine)
    replaces = _dates(event, "RECURRENCE-ID", zones)
    status = str(_first(event, "STATUS") or "").strip().upper()
    return Entry(
        uid=_read_uid(event, start, title),
        line=block.line,
        start=start,
        replaces=replaces[0] if replaces else None,
        rule=_read_rule(event, start, viewpoint),
        extra=_dates(event, "RDATE", zones),
        dropped=_dates(event, "EXDATE", zones),
        title=title,
        sequence=_number(_first(event, "SEQUENCE")),
        people=people,
        why_not="a cancelled event" if status == "CANCELLED" else why_not,
    )


def _first(event: Event, name: str) -> Any:
    value = event.get(name)
    return value[0] if isinstance(value, list) and value else value


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (ValueError, TypeError):
        return 0


def _read_uid(event: Event, start: dt.date, title: str) -> str:
    uid = " ".join(strip_hidden(str(_first(event, "UID") or "")).split())
    if not uid or len(uid) > 200:
        uid = hashlib.sha256(f"{uid}\x1f{start.isoformat()}\x1f{title}".encode("utf-8", "replace")).hexdigest()[:32]
    return uid


def _read_start(event: Event, zones: Mapping[str, dt.tzinfo]) -> dt.date:
    value = _first(event, "DTSTART")
    if value is None:
        raise _Broken("the event has no DTSTART")
    found = _dates(event, "DTSTART", zones)
    if not found:
        raise _Broken("the event's DTSTART is no date that can be read")
    if not _YEARS[0] <= found[0].year <= _YEARS[1]:
        raise _Broken(f"the event's DTSTART is in the year {found[0].year}")
    return found[0]


def _dates(event: Event, name: str, zones: Mapping[str, dt.tzinfo]) -> tuple[dt.date, ...]:
    """The dates and times of this property; what is none is passed over, of a period its beginning counts."""
    from icalendar import vDDDLists, vDDDTypes

    value = event.get(name)
    values = value if isinstance(value, list) else [value]
    found: list[dt.date] = []
    for one in values:
        for item in one.dts if isinstance(one, vDDDLists) else [one]:
            said = item.dt if isinstance(item, vDDDTypes) else None
            said = said[0] if isinstance(said, tuple) else said
            if isinstance(said, dt.datetime) and said.tzinfo is None:
                zone = zones.get(str(getattr(one, "params", {}).get("TZID", "")))
                said = said.replace(tzinfo=zone)
            if isinstance(said, dt.date) and dt.MINYEAR < said.year < dt.MAXYEAR:  # room for any zone
                found.append(said)
    return tuple(found)


def _read_people(event: Event, mine: frozenset[str]) -> tuple[tuple[Party, ...], str]:
    """The others in the event, and why it is no meeting of the user's with them if it is none."""
    organizer = _party(_first(event, "ORGANIZER"))
    value = event.get("ATTENDEE")
    given = value if isinstance(value, list) else [value]
    named: dict[str, Party] = {organizer.email: organizer} if organizer else {}
    has_declined: set[str] = set()
    for one in given:
        party = _party(one)
        if party is None:
            continue
        named.setdefault(party.email, party)
        if str(one.params.get("PARTSTAT", "")).upper() == "DECLINED":
            has_declined.add(party.email)
    others = tuple(one for one in named.values() if one.email not in mine)
    people = tuple(one for one in others if one.email not in has_declined)
    if mine & has_declined:
        return (), "an event you declined"
    if not others:
        return (), _NOBODY
    if organizer in others and len(others) > 1 and not mine & named.keys():
        return (), "somebody else's event"
    if len(others) > MANY:
        return (), f"an event of more than {MANY} people"
    return people, "" if people else "an event everybody declined"


def _party(value: Any) -> Party | None:
    """A person by their address; rooms, robots and what has no address are none."""
    email = normal_email(str(value or ""))
    if not email or is_robot(email):
        return None
    if str(value.params.get("CUTYPE", "INDIVIDUAL")).upper() in ("RESOURCE", "ROOM", "GROUP"):
        return None
    name = " ".join(strip_hidden(str(value.params.get("CN", ""))).split())[:120]
    return Party(email, "" if "@" in name else name)


def _read_rule(event: Event, start: dt.date, viewpoint: Viewpoint) -> Rule | None:
    """The rule of repetition; several rules are one too many, and the first counts."""
    value = _first(event, "RRULE")
    if value is None:
        return None
    wrong = "the event's RRULE is no rule that can be read"
    if not isinstance(value, dict):
        raise _Broken(wrong)
    given = {str(name).upper(): said if isinstance(said, list) else [said] for name, said in value.items()}
    frequency = str(given.get("FREQ", [""])[0]).upper()
    if frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise _Broken("the event repeats more often than once a day")
    if frequency not in get_args(Frequency):
        raise _Broken(wrong)
    try:
        numbers = {name: tuple(int(one) for one in said) for name, said in given.items() if name in _NUMBERS}
        return Rule(
            frequency=cast(Frequency, frequency),
            interval=_positive(numbers["INTERVAL"][0]) if "INTERVAL" in numbers else 1,
            times=_positive(numbers["COUNT"][0]) if "COUNT" in numbers else None,
            until=_until(given["UNTIL"][0], start, viewpoint.zone) if "UNTIL" in given else None,
            by_month=numbers.get("BYMONTH", ()),
            by_month_day=numbers.get("BYMONTHDAY", ()),
            by_year_day=numbers.get("BYYEARDAY", ()),
            by_week=numbers.get("BYWEEKNO", ()),
            by_day=tuple(_weekday(str(one)) for one in given.get("BYDAY", [])),
            by_position=numbers.get("BYSETPOS", ()),
            week_start=_weekday(str(given["WKST"][0]))[1] if "WKST" in given else 0,
        )
    except (ValueError, TypeError, IndexError, OverflowError):
        raise _Broken(wrong) from None


_NUMBERS = frozenset("INTERVAL COUNT BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYSETPOS".split())


def _positive(number: int) -> int:
    if number < 1:
        raise ValueError("no positive number")
    return min(number, _MOST_TIMES)


def _weekday(said: str) -> tuple[int, int]:
    """ "2TU" as (2, 1); "TU" as (0, 1)."""
    said = said.strip().upper()
    return int(said[:-2] or 0), _WEEKDAYS.index(said[-2:])


def _until(until: Any, start: dt.date, zone: dt.tzinfo | None) -> dt.date:
    """The last day the rule may fall on, at the hour of `start`."""
    if not isinstance(until, dt.date):
        raise ValueError("no date")
    if not isinstance(until, dt.datetime) or not isinstance(start, dt.datetime):
        return until.date() if isinstance(until, dt.datetime) else until
    local = until.astimezone(start.tzinfo or zone) if until.tzinfo else until
    return local.date() if start.time() <= local.time() else local.date() - dt.timedelta(days=1)


# --- all occurrences ---------------------------------------------------------------------------------------------


def _unfold(entries: list[Entry], file: str, viewpoint: Viewpoint) -> Iterator[Series | PassedOver]:
    """The occurrences of one UID: the days of its rule, each replaced by what the file says of that one."""
    since = viewpoint.today - BACK
    masters = [one for one in entries if one.replaces is None]
    master = max(masters, key=lambda one: one.sequence) if masters else None
    replaced = {_moment(one.replaces, viewpoint): one for one in entries if one.replaces is not None}
    key = f"calendar:{entries[0].uid}"
    found: list[Encounter] = []
    if master is not None:
        repeats = bool(master.rule or master.extra)
        for start in _starts(master, viewpoint):
            moment = _moment(start, viewpoint)
            if moment not in replaced and not master.why_not:
                found.append(_encounter(master, start, f"{key}#{moment}" if repeats else key, file, viewpoint))
    for moment, one in replaced.items():
        if not one.why_not:
            found.append(_encounter(one, one.start, f"{key}#{moment}", file, viewpoint))
    for one in entries:
        if one.why_not:
            yield PassedOver(f"{file}:{one.line}", one.why_not, "event")
    yield Series(key, since, tuple(found), is_whole=master is not None)


def _starts(master: Entry, viewpoint: Viewpoint) -> Iterator[dt.date]:
    """When the event takes place: a single one whenever it was, a repeating one within the window."""
    first, last = viewpoint.today - BACK, viewpoint.today + AHEAD
    if master.rule is None:
        days = [master.start]
    else:
        begun = master.start.date() if isinstance(master.start, dt.datetime) else master.start
        days = [_on(master.start, day) for day in find_days(master.rule, begun, first, last)]
    days += [one for one in master.extra if first <= _day(one, viewpoint) <= last]
    dropped = {_moment(one, viewpoint) for one in master.dropped}
    seen: set[str] = set()
    for day in days:
        moment = _moment(day, viewpoint)
        if moment not in dropped and moment not in seen and day.isoformat()[:10] not in dropped:
            seen.add(moment)
            yield day


def _on(start: dt.date, day: dt.date) -> dt.date:
    """The same hour of another day, by the clock on the wall."""
    return dt.datetime.combine(day, start.timetz()) if isinstance(start, dt.datetime) else day


def _in_utc(one: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """A time without a zone is the user's own."""
    return (one if one.tzinfo else one.replace(tzinfo=zone)).astimezone(dt.UTC)


def _moment(one: dt.date | None, viewpoint: Viewpoint) -> str:
    """What an occurrence is known by: its time in UTC, or its day."""
    if isinstance(one, dt.datetime):
        return _in_utc(one, viewpoint.zone).strftime("%Y%m%dT%H%M%SZ")
    return one.isoformat() if one else ""


def _day(one: dt.date, viewpoint: Viewpoint) -> dt.date:
    return _in_utc(one, viewpoint.zone).astimezone(viewpoint.zone).date() if isinstance(one, dt.datetime) else one


def _encounter(entry: Entry, start: dt.date, source: str, file: str, viewpoint: Viewpoint) -> Encounter:
    return Encounter(
        source=source,
        where=f"{file}:{entry.line}",
        people=entry.people,
        direction="both",
        channel="meeting",
        day=_day(start, viewpoint),
        at=_in_utc(start, viewpoint.zone) if isinstance(start, dt.datetime) else None,
        thread=f"calendar:{entry.uid}",
        title=entry.title,
    )
