"""The words of the product as frozen values: contact, note, passage, fact, favour, evidence, plan, draft, finding.

Holds types and the rules that are true of them wherever they stand (who may be told what, how a body is put
together). It must never do I/O, read the clock, or import a vendor other than pydantic.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value: equal by content, refuses unknown fields. Its validator is built when it is first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Visibility(StrEnum):
    """Who may be told: `public` anyone, `personal` the person it is about, `private` nobody but the user."""

    PUBLIC = "public"
    PERSONAL = "personal"
    PRIVATE = "private"


class FactKind(StrEnum):
    INTEREST = "interest"
    NEED = "need"
    OFFER = "offer"
    ROLE = "role"
    EMPLOYER = "employer"
    EDUCATION = "education"
    PLACE = "place"
    EVENT = "event"
    PROJECT = "project"
    PERSONAL = "personal"
    PREFERENCE = "preference"


class FavourKind(StrEnum):
    GAVE = "gave"
    RECEIVED = "received"
    ASKED = "asked"


class DraftKind(StrEnum):
    COLD = "cold"
    GIVE_FIRST = "give_first"
    CHECK_IN = "check_in"
    FOLLOW_UP = "follow_up"
    THANK_YOU = "thank_you"
    RECONNECT = "reconnect"
    ASK = "ask"
    INTRO_ASK = "intro_ask"
    INTRO = "intro"
    BLURB = "blurb"
    NEWS_SHARE = "news_share"
    EVENT_INVITE = "event_invite"


class Channel(StrEnum):
    """How a message reaches the other person: a mail, a short message (a LinkedIn note), or a call by phone."""

    EMAIL = "email"
    MESSAGE = "message"
    CALL = "call"


DORMANT_DAYS = 150  # without a word for so long, a tie is one to revive

CALL_HEADINGS = ("Opener:", "Talking points:", "If they ask:", "The one ask:", "Voicemail, 20 seconds:")


class Outcome(StrEnum):
    READY = "ready"
    NEEDS_INPUT = "needs_input"
    REFUSED = "refused"


class DraftState(StrEnum):
    """What became of a draft, as the user says."""

    DRAFT = "draft"
    SENT = "sent"
    REPLIED = "replied"
    DROPPED = "dropped"


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


def make_id(prefix: str, *parts: object) -> str:
    """A short stable id: `prefix-` and 12 hex digits of the parts' SHA-256. Equal parts give the equal id."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


# --- what the sources yield -------------------------------------------------------------------------------------


class NoteText(Value):
    """A note as it stands in a source. `key` tells it from its neighbours in the same source (its heading)."""

    key: str
    text: str
    title: str = ""
    date: dt.date | None = None
    line: int = 1


class Record(Value):
    """One person as one source gives them; `where` is `file:line`, `source` the file or typed origin."""

    name: str
    source: str
    where: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    org: str = ""
    title: str = ""
    location: str = ""
    industry: str = ""
    tags: tuple[str, ...] = ()
    how_met: str = ""
    cadence: str = ""
    do_not_contact: bool = False
    me: bool = False
    birthday: str = ""
    language: str = ""
    notes: tuple[NoteText, ...] = ()


class BadRecord(Value):
    """A record that could not be read, or is to stay out: `where` is `file:line`, `reason` one line for its owner."""

    where: str
    reason: str


Direction = Literal["out", "in", "both"]


class Party(NamedTuple):
    """Somebody who takes part in a mail or an event, by folded address and the name it came with."""

    email: str
    name: str = ""


class Encounter(NamedTuple):
    """One mail or event as a source gives it, seen from the user; `people` are the others, in the book or not.

    `source` is its key in the store (`mail:` and the Message-ID, `calendar:` and the UID), `where` its place in the
    file. `day` is the user's local day; `at` is UTC. A mail began its thread where `thread` equals `source`.
    """

    source: str
    where: str
    people: tuple[Party, ...]
    direction: Direction
    channel: str
    day: dt.date
    at: dt.datetime | None = None
    thread: str = ""
    words: int = 0
    title: str = ""


class Series(NamedTuple):
    """All occurrences of one calendar entry that matter now: they replace what was kept under `key` since `since`.

    Where `is_whole` is false the file holds single occurrences only, and says nothing of the others.
    """

    key: str
    since: dt.date
    occurrences: tuple[Encounter, ...]
    is_whole: bool = True


class PassedOver(NamedTuple):
    """A mail or event left out on purpose; `reason` is the same few words for all of its sort."""

    where: str
    reason: str
    what: Literal["mail", "event"] = "mail"


# --- what the store keeps ---------------------------------------------------------------------------------------


_TITLES = frozenset(
    "dr prof professor rev reverend sir dame lord lady mr mrs ms miss mx fr father sr sister br brother rabbi "
    "imam canon"
    " judge justice capt captain col colonel major lt sgt hon herr frau mme mlle dott dra ing".split()
)


# Family names that stand first where the given name behind them has a hyphen: "Kim Min-jun".
_FAMILY_FIRST = frozenset(
    """chan chang chen cheng cheung chiu cho choi chow chu fong fung gao guo han ho hong hsu hu huang hui hwang jang
    jeon jiang jung kang kim ko kwan kwok kwon lai lam lau law lee leung li liang lim lin liu lo lu luo ma mak
    mok ng oh pan park shin sim siu sun tam tan tang teo tsai tsang tse wang wei wen wong woo wu xie xu yan yang
    yao yeung yin yip yoo yoon yu yuan yuen zhang zhao zheng zhou zhu""".split()
)


@lru_cache(maxsize=50_000)
def first_name_of(name: str) -> str:
    """The name one greets with: the first word that is no title, or the given name behind a family name."""
    words = name.split()
    untitled = [word for place, word in enumerate(words) if word.rstrip(".").casefold() not in _TITLES or place > 2]
    if len(untitled) == 2 and untitled[0].casefold() in _FAMILY_FIRST and "-" in untitled[1]:
        return untitled[1]
    return (untitled or words or [name])[0]


class Contact(Value):
    """A person in the book. `me` is the user. `id` is `c-…` and never changes; names and addresses may.

    `language` is the one to write to them in (BCP 47, "pt" or "pt-BR"); empty where nobody said.
    """

    id: str
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    org: str = ""
    title: str = ""
    location: str = ""
    industry: str = ""
    tags: tuple[str, ...] = ()
    how_met: str = ""
    cadence: str = ""
    do_not_contact: bool = False
    me: bool = False
    birthday: str = ""
    language: str = ""

    @property
    def first_name(self) -> str:
        return first_name_of(self.name)


class Note(Value):
    """What the user wrote, verbatim. `id` is `n-…`."""

    id: str
    contact_id: str
    source: str
    key: str
    text: str
    title: str = ""
    date: dt.date | None = None


class Passage(Value):
    """A paragraph or bullet of a note: the unit of search. `text` is a verbatim slice of the note. `id` is `p-…`."""

    id: str
    note_id: str
    contact_id: str
    ordinal: int
    text: str
    date: dt.date | None = None
    visibility: Visibility = Visibility.PERSONAL


class Fact(Value):
    """A typed reading of a note: derived and rebuildable. `quote` stands verbatim in the note. `id` is `f-…`.

    `text` is a short phrase without the person ("a Portuguese-speaking notary"). `superseded_by` is the id of the
    later fact that made this one untrue. `negated` facts say what is not so ("does not want a co-founder").
    `occasion` is the note's heading ("Coffee in Porto"); `hearsay` is true where somebody else said it.
    """

    id: str
    contact_id: str
    note_id: str
    kind: FactKind
    text: str
    quote: str
    date: dt.date | None = None
    visibility: Visibility = Visibility.PERSONAL
    superseded_by: str | None = None
    negated: bool = False
    hearsay: bool = False
    occasion: str = ""
    tags: tuple[str, ...] = ()


class Favour(Value):
    """One entry of the ledger, seen from the user: what they gave to, received from or asked of the contact."""

    id: str
    contact_id: str
    kind: FavourKind
    text: str
    quote: str = ""
    date: dt.date | None = None
    note_id: str | None = None
    visibility: Visibility = Visibility.PERSONAL


class Interaction(Value):
    """One contact between the user and a person. `direction` is seen from the user, `when` is their local day.

    `source` (Message-ID, UID or calendar uid and recurrence) makes importing again change nothing; it is empty for what
    was logged by hand. `thread` is shared by the messages of one conversation and equals `source` in the one that began
    it. `words` counts the own text if it was read. `title` is a subject line or an event's title: personal, never
    public.
    """

    id: str
    contact_id: str
    when: dt.date
    channel: str
    direction: Direction
    note_id: str | None = None
    at: dt.datetime | None = None
    thread: str = ""
    words: int = 0
    source: str = ""
    title: str = ""


class Touch(NamedTuple):
    """One time in touch, light enough to hold a hundred thousand: seen from the user. `at` is UTC, if known."""

    contact_id: str
    day: dt.date  # the user's local day
    direction: Literal["out", "in", "both"]
    channel: str  # email, message, call, meeting, letter, other
    at: dt.datetime | None = None
    thread: str = ""  # messages of one conversation share it
    words: int = 0  # length of the own text if it was read, else 0


class Balance(NamedTuple):
    """How often the user gave to a contact, received from them and asked them; `last_asked` is the day, if known."""

    gave: int
    received: int
    asked: int
    last_asked: dt.date | None = None


def count_favours(ledger: Iterable[Favour]) -> Balance:
    """The ledger in three numbers: the one way give-before-ask and the balance count."""
    entries = tuple(ledger)
    counts = {kind: sum(one.kind is kind for one in entries) for kind in FavourKind}
    days = [one.date for one in entries if one.kind is FavourKind.ASKED and one.date]
    return Balance(
        counts[FavourKind.GAVE], counts[FavourKind.RECEIVED], counts[FavourKind.ASKED], max(days, default=None)
    )


# --- what is found ----------------------------------------------------------------------------------------------


class Evidence(Value):
    """What a sentence may rest on: a fact, a record's field, a note's heading or sentence, or the user's own words.

    `about` is the id of the contact it says something of. `quote` is verbatim; `text` is the short reading;
    `occasion` the heading of the note it stands in ("Coffee in Porto"). `field` names the record's field
    (`org`, `title`, `location`, `how_met`, `heading`) where `source` is `record`.
    """

    id: str
    source: Literal["fact", "record", "favour", "note", "own"]
    about: str
    text: str
    quote: str
    kind: FactKind | FavourKind | None = None
    field: str = ""
    date: dt.date | None = None
    visibility: Visibility = Visibility.PERSONAL
    occasion: str = ""
    note_id: str | None = None
    negated: bool = False
    hearsay: bool = False
    superseded: bool = False


GroundKind = Literal["employer", "education", "place", "event", "interest", "person", "need_met", "offer_met"]


class CommonGround(Value):
    """Something the user and a contact share, with both sides' quotes.

    `need_met`: their need, my offer. `offer_met`: my need, their offer. `rarity` in 0..1 is 1 where nobody else in
    the book has it; `strength` in 0..1 orders the list (rarity and freshness).
    """

    kind: GroundKind
    text: str
    mine: Evidence
    theirs: Evidence
    rarity: float
    strength: float


class SearchHit(Value):
    contact: str
    contact_id: str
    note_id: str
    date: dt.date | None
    text: str
    score: float
    source: str
    private: bool = False


class Profile(Value):
    """One person on one page: what `show` gives."""

    contact: Contact
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    favours: tuple[Favour, ...] = ()


class UnknownPerson(Value):
    """Somebody you write with or meet who is not in your book: a proposal. `first` and `last` are days.

    `count` is `sent` by you, `received` from them, and `met`.
    """

    email: str
    name: str = ""
    count: int = 0
    sent: int = 0
    received: int = 0
    met: int = 0
    first: dt.date
    last: dt.date


class ImportReport(Value):
    """Counts of records (people); `rejected` holds what could not be read, with place and reason.

    `mails` and `events` were looked at; `interactions` are the new times in touch with people of the book, `changed`
    those that were moved, renamed or cancelled since. `left_out` counts what was left out on purpose, by reason.
    `unknown_people` are proposals, most written with first. `warnings` are records that were read and need a look.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: tuple[BadRecord, ...] = ()
    warnings: tuple[BadRecord, ...] = ()
    mails: int = 0
    events: int = 0
    interactions: int = 0
    changed: int = 0
    left_out: dict[str, int] = {}
    unknown_people: tuple[UnknownPerson, ...] = ()


class IndexReport(Value):
    """How many passages the index holds, and how many had to be embedded for it."""

    passages: int
    embedded: int


class Diagnosis(Value):
    """One thing `doctor` looked at. `fix` says what to do where it is not `ok`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


# --- how the user writes ----------------------------------------------------------------------------------------


class SentMail(Value):
    """A mail as its writer wrote it: `text` is their own lines only. `where` is `file:line`; addresses are folded."""

    where: str
    text: str
    subject: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    date: dt.date | None = None


class UnusedMail(Value):
    """A mail that is left out on purpose; `reason` is the same few words for every mail of its sort."""

    where: str
    reason: str


class VoiceFigures(Value):
    """How somebody writes, over `mails` mails. Shares are 0..1.

    `words` are the quartiles (low, median, high) of a mail's words without greeting and sign-off; `sentence_words` and
    `paragraphs` are means. `greetings` and `sign_offs` are forms with how often each was used, most used first: a name
    is a slot (`Hi {first},`), the empty form means none, `{me}` a name alone, `other` one with words of its own.
    `contractions` is the share of short forms where a short form could stand; `questions` and `exclamations` are shares
    of the sentences; `warmth` is the mean share of four marks of courtesy (`draft.voice`) that a mail holds.
    """

    mails: int
    words: tuple[int, int, int]
    sentence_words: float
    paragraphs: float
    greetings: tuple[tuple[str, int], ...]
    sign_offs: tuple[tuple[str, int], ...]
    contractions: float
    questions: float
    exclamations: float
    warmth: float


class VoiceExample(Value):
    """A mail's lines with everything that names anything taken out as "…". `to` is a contact's id, or empty."""

    text: str
    kind: DraftKind | None = None
    to: str = ""
    greeting: str = ""
    date: dt.date | None = None


class Voice(Value):
    """The user's way of writing, from their own sent mail: figures over all of it and by class, and masked examples.

    A class is `known` or `new` (whether the recipient is in the book) or a kind of message, where enough mails are.
    """

    overall: VoiceFigures
    classes: tuple[tuple[str, VoiceFigures], ...] = ()
    examples: tuple[VoiceExample, ...] = ()


class VoiceReport(Value):
    """What `voice` read: `read` mails, `used` ones, the others by reason, and what was not readable at all.

    `senders` are the addresses taken for the user's own; `notes` say what the user should know.
    """

    read: int = 0
    used: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    rejected: tuple[BadRecord, ...] = ()
    senders: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    figures: VoiceFigures | None = None
    classes: tuple[tuple[str, VoiceFigures], ...] = ()
    examples: int = 0


# --- bringing two people together -------------------------------------------------------------------------------


class PacketState(StrEnum):
    """How far the introduction of A and B has come: A is asked first, B only after a yes of A."""

    SUGGESTED = "suggested"
    ASKED_A = "asked_a"
    YES_A = "yes_a"
    ASKED_B = "asked_b"
    BOTH_YES = "both_yes"
    INTRODUCED = "introduced"
    OUTCOME = "outcome"
    DECLINED = "declined"


class PacketStep(Value):
    """A state that was reached, and the day."""

    state: PacketState
    day: dt.date


class Packet(Value):
    """The introduction of two contacts, by consent of both. `a` is asked first; steps are in order of time.

    `cleared` are ids of what is noted of one side that this side agreed the other may read. `open` are the contacts
    who, as the user recorded, need not be asked. `outcome` is what came of it, in the user's words.
    """

    a: str
    b: str
    steps: tuple[PacketStep, ...] = ()
    cleared: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    outcome: str = ""

    @property
    def state(self) -> PacketState:
        return self.steps[-1].state if self.steps else PacketState.SUGGESTED

    @property
    def last(self) -> dt.date | None:
        """The day of the last step."""
        return self.steps[-1].day if self.steps else None

    @property
    def agreed(self) -> frozenset[str]:
        """Who said yes, or need not be asked; nobody once one of them declined."""
        states = [one.state for one in self.steps]
        begun = max((at for at, one in enumerate(states) if one is PacketState.SUGGESTED), default=0)
        reached = set(states[begun:])
        if self.state is PacketState.DECLINED:
            return frozenset()
        said = {self.a} if reached & {PacketState.YES_A, PacketState.BOTH_YES} else set()
        said |= {self.b} if PacketState.BOTH_YES in reached else set()
        return frozenset(said | set(self.open))


# --- what is planned and written --------------------------------------------------------------------------------


class DraftRequest(Value):
    """What the user wants written. `about` is their own words and counts as evidence; `to` and `other` are ids.

    `insist` says that the user has read why asking again is unwise, and wants to all the same. `language` (BCP 47) is
    the one to write in; empty where nobody said and none shows, and then it is English.
    """

    kind: DraftKind
    to: str
    other: str | None = None
    about: str = ""
    channel: Channel = Channel.EMAIL
    insist: bool = False
    language: str = ""


class Give(Value):
    """One thing the user can do for the other person: their `need` (if it is known) met by my `offer`."""

    offer: Evidence
    need: Evidence | None = None
    cost: str = ""


class LeftOut(Value):
    """Evidence the plan does not use, and why. Private text is never repeated in `text`."""

    text: str
    reason: str
    evidence_id: str | None = None


class Plan(Value):
    """What a message will rest on, made by rules and shown before anything is written.

    `evidence` is in order of use. `occasion` is the last time the two were in touch, `thanks` what is thanked for,
    `topic` what of theirs the message asks after or speaks to. `gives` are what could be given before asking.
    `questions` is what would help most when `outcome` is `needs_input`; `reasons` is why, when it is `refused`, and
    what the user should know otherwise. `known` says whether the two have ever been in touch.
    """

    kind: DraftKind
    to: str
    other: str | None = None
    about: str = ""
    channel: Channel = Channel.EMAIL
    known: bool = False
    evidence: tuple[Evidence, ...] = ()
    hooks: tuple[CommonGround, ...] = ()
    occasion: Evidence | None = None
    thanks: Evidence | None = None
    topic: Evidence | None = None
    give: Give | None = None
    gives: tuple[Give, ...] = ()
    ask: str = ""
    left_out: tuple[LeftOut, ...] = ()
    outcome: Outcome = Outcome.READY
    questions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Sentence(Value):
    """A sentence of a draft and the ids of the evidence it rests on. `paragraph` counts from 0 (the greeting)."""

    text: str
    evidence: tuple[str, ...] = ()
    paragraph: int = 1


class Message(Value):
    """A subject and sentences, whoever wrote them. `cited` says whether the sentences name their evidence."""

    kind: DraftKind
    subject: str = ""
    subject_evidence: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    cited: bool = True
    channel: Channel = Channel.EMAIL

    @property
    def body(self) -> str:
        """Sentences joined by a space, paragraphs by an empty line."""
        return "".join(self.pieces())

    def pieces(self) -> tuple[str, ...]:
        """The body cut so that piece `i` is sentence `i` with the space that goes before it."""
        befores = zip((None, *self.sentences), self.sentences, strict=False)
        return tuple(self._gap(before, sentence) + sentence.text for before, sentence in befores)

    def _gap(self, before: Sentence | None, sentence: Sentence) -> str:
        """What stands between two sentences; in a script for a call every line is its own."""
        if before is None:
            return ""
        if self.channel is Channel.CALL:
            return "\n\n" if sentence.text in CALL_HEADINGS else "\n"
        return " " if before.paragraph == sentence.paragraph else "\n\n"


UNCHECKED_LANGUAGE = "claims.unchecked_language"
"""The rule of the finding that no check could read the sentences; only the user can."""


class Finding(Value):
    """What a check found. `span` counts characters of the `field`'s text; `fix` says what to do about it."""

    rule: str
    severity: Severity
    span: tuple[int, int]
    text: str
    message: str
    fix: str
    field: Literal["subject", "body"] = "body"


class Draft(Value):
    """A message with its findings and outcome. `model` is `plain` or the model's name, `prompt` `name@version#hash`.

    `edited` is the subject and body the user handed over, where they changed them; `state` what became of it.
    Tokens and `seconds` are what the language model used for it, whether or not its text was; `cost` is reckoned from
    the user's own prices and None where none are set. `language` is a subtag of BCP 47.
    """

    id: str
    kind: DraftKind
    to: str
    subject: str
    body: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    outcome: Outcome
    plan: Plan
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    model: str = "plain"
    prompt: str = ""
    state: DraftState = DraftState.DRAFT
    edited: tuple[str, str] | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    cost: float | None = None
    language: str = "en"


class Material(Value):
    """Everything a draft to `to` may be made from and must be checked against; gathered once, by `app`.

    `evidence` is cleared for the recipient. `withheld` is not: checks compare against it, writers never see it.
    `other_ground` is what `to` and `other` have for each other, each side's evidence cleared for both. `favours` are
    the whole ledger with `to`, whatever told of it. `touches` are the times the user and `to` were in touch, oldest
    first; `known` says whether they ever were.
    `names` are the people and organisations of the whole book, so that a foreign one is known for what it is.
    `voice` is how the user writes, where that is known: form, never evidence. `packet` is how far the introduction of
    `to` and `other` has come, where the user keeps track of it.
    """

    request: DraftRequest
    me: Contact
    to: Contact
    other: Contact | None = None
    today: dt.date
    evidence: tuple[Evidence, ...] = ()
    withheld: tuple[Evidence, ...] = ()
    ground: tuple[CommonGround, ...] = ()
    other_ground: tuple[CommonGround, ...] = ()
    favours: tuple[Favour, ...] = ()
    touches: tuple[Interaction, ...] = ()
    known: bool = False
    names: tuple[str, ...] = ()
    voice: Voice | None = None
    packet: Packet | None = None


def read_by(request: DraftRequest) -> frozenset[str]:
    """Who will read the message: the ids of the recipients, and `""` for anybody it may be forwarded to."""
    if request.kind is DraftKind.BLURB:
        return frozenset({request.to, ""})
    if request.kind is DraftKind.INTRO and request.other:
        return frozenset({request.to, request.other})
    return frozenset({request.to})


def may_tell(evidence: Evidence, readers: frozenset[str], me: str) -> bool:
    """Whether `evidence` may stand in a message that `readers` (contact ids) will read.

    A message to A may use A's public and personal facts, the user's own, and of third people only what is public. What
    somebody else reads too holds nothing personal of A.
    """
    if evidence.visibility is Visibility.PRIVATE:
        return False
    return evidence.about == me or readers == {evidence.about} or evidence.visibility is Visibility.PUBLIC
