"""How the user writes, read from their own sent mail: figures, and masked examples nearest to a message.

Form only. It must never keep a mail, a name or anything else a mail told: an example is words of a closed list and
gaps, and a figure is a number or the form of a greeting.
"""

from __future__ import annotations

import heapq
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.domain import DraftKind, SentMail, Voice, VoiceExample, VoiceFigures
from assistant.draft.masking import mask_text, plain_share
from assistant.sources.letter import ME_SLOT, Letter, is_closing, split_letter
from assistant.sources.sent_mail import is_answer
from assistant.text import count_words, split_paragraphs, split_sentences

ENOUGH_MAILS = 5  # for figures to be used at all
ENOUGH_FOR_CLASS = 8
_MOST_MAILS = 5_000
_MOST_EXAMPLES, _MOST_TO_ONE = 120, 5
_LEAST_WORDS, _LEAST_PLAIN = 8, 0.5
_MOST_FORMS = 8
OTHER_FORM = "other"

SHORT_FORMS = {
    "I am": "I'm", "I would": "I'd", "I will": "I'll", "I have not": "I haven't", "I have been": "I've been",
    "you are": "you're", "you would": "you'd", "you will": "you'll", "you have not": "you haven't",
    "we are": "we're", "we would": "we'd", "we will": "we'll",
    "it is": "it's", "that is": "that's", "there is": "there's", "here is": "here's",
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "cannot": "can't", "could not": "couldn't", "would not": "wouldn't",
}  # fmt: skip
# Behind a long form another word of its clause must come: "as it is" and "Yes, I am." have no short form.
LONG_FORM = re.compile(rf"\b(?:{'|'.join(SHORT_FORMS)})(?= [a-z])", re.IGNORECASE)
_SHORT_FORM = re.compile(
    r"\b(?:\w+n['’]t|(?:i|you|we|they|he|she|it)['’](?:m|re|d|ll|ve)|(?:it|that|there|here|what|let|he|she"
    r"|who)['’]s)\b",
    re.IGNORECASE,
)
# After the strategies gratitude, positive lexicon, apologising and deference of Danescu-Niculescu-Mizil et al., "A
# computational approach to politeness" (ACL 2013): the share of the four that a mail holds.
_WARM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:thank(?:s|ful)?|grateful|appreciat\w+)\b",
        r"\b(?:glad|happy|delighted|great|nice|lovely|love|pleased|looking forward|congratulations|wonderful)\b"
        r"|[:;]-?\)",
        r"\b(?:sorry|apolog\w+|regret|excuse)\b",
        r"\b(?:hope|feel free|no (?:rush|hurry|worries|pressure)|if (?:you (?:like|prefer|want|can)|that works"
        r"|it suits)"
        r"|would you (?:mind|be)|whenever|i was wondering|would it be)\b",
    )
)
_KINDS: tuple[tuple[DraftKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (DraftKind.INTRO, r"\b(?:putting you (?:two )?in touch|let me introduce|meet each other|introduce (?:you"
        r"|the two))\b"),
        (DraftKind.COLD, r"\bout of the blue\b|\bwe (?:have not|haven['’]t) met\b|\bmy name is\b|\bi came across\b"),
        (DraftKind.RECONNECT, r"\blong time no\b|\bit(?:['’]s| has) been (?:a while|too long|ages|years)\b"
        r"|\bback in touch\b"),
        (DraftKind.EVENT_INVITE, r"\b(?:i|we)(?:['’]d| would) (?:like|love) to (?:invite|have) you\b"
        r"|\bwould you like to (?:come|join)\b"),
        (DraftKind.FOLLOW_UP, r"\bfollow(?:ing)?[ -]up\b|\b(?:great|good|nice|lovely) (?:talking|meeting"
        r"|speaking|to meet|to see)\b"),
        (DraftKind.NEWS_SHARE, r"\b(?:thought (?:of you|you)|might (?:interest|be of interest)|came out"
        r"|wanted to (?:share|mention))\b"),
        (DraftKind.GIVE_FIRST, r"\b(?:i (?:can|could)|happy to|glad to) (?:\w+ )?(?:send|lend|introduce|share"
        r"|help|offer|put you)\b"),
        (DraftKind.ASK, r"\b(?:could|can|would) you (?:\w+ )?(?:please|be able|mind|send|let me|share|tell|help"
        r"|look)\b|\bwondering (?:if|whether)\b"),
        (DraftKind.THANK_YOU, r"\A\W*(?:many )?thank(?:s| you)\b|\bwanted to (?:say )?thank\b"),
        (DraftKind.CHECK_IN, r"\bhow (?:are|is|was)\b|\bhope (?:all is|you are|you['’]re|all['’]s)\b"),
    )
)  # fmt: skip


class _Read(NamedTuple):
    """One mail, cut in its parts and sorted: `kind` by its words, `to` a contact's id or empty."""

    letter: Letter
    kind: DraftKind | None
    to: str
    mail: SentMail


def read_voice(mails: Iterable[SentMail], known: Mapping[str, str] | None = None) -> Voice | None:
    """The voice of these mails, the newest 5,000 of them; None where there is none.

    `known` gives the contact's id for an address in the book. A mail with nothing but a greeting tells only that.
    """
    newest = heapq.nlargest(_MOST_MAILS, mails, key=lambda one: one.date.toordinal() if one.date else 0)
    read = [_sort(one, known or {}) for one in newest]
    if not read:
        return None
    groups: dict[str, list[_Read]] = {}
    for one in read:
        groups.setdefault("known" if one.to else "new", []).append(one)
        if one.kind:
            groups.setdefault(one.kind.value, []).append(one)
    classes = tuple(
        (name, _measure(group)) for name, group in groups.items() if ENOUGH_FOR_CLASS <= len(group) < len(read)
    )
    return Voice(overall=_measure(read), classes=classes, examples=_examples(read))


def _sort(mail: SentMail, known: Mapping[str, str]) -> _Read:
    letter = split_letter(mail.text, mail.sender_name)
    to = next((known[one] for one in mail.recipients if one in known), "")
    return _Read(letter, find_kind(mail.subject, letter.body), to, mail)


def find_kind(subject: str, body: str) -> DraftKind | None:
    """What sort of message it is, by the first rule that fits its words."""
    return next((kind for kind, rule in _KINDS if rule.search(body) or rule.search(subject)), None)


def figures_for(voice: Voice, kind: DraftKind, is_known: bool) -> VoiceFigures:
    """The figures of the nearest class that has enough mails: the kind, then the recipient's class, then all."""
    named = dict(voice.classes)
    return named.get(kind.value) or named.get("known" if is_known else "new") or voice.overall


def find_examples(voice: Voice, kind: DraftKind, to: str, most: int = 3) -> tuple[VoiceExample, ...]:
    """The nearest examples: what was written to this contact first, then what is of this kind, the newest first."""

    def nearness(one: VoiceExample) -> tuple[bool, bool, int]:
        return (bool(to) and one.to == to, one.kind is kind, one.date.toordinal() if one.date else 0)

    return tuple(sorted(voice.examples, key=nearness, reverse=True)[:most])


# --- figures ----------------------------------------------------------------------------------------------------


def _measure(read: Sequence[_Read]) -> VoiceFigures:
    bodies = [one.letter.body for one in read]
    sentences = [sentence.text for body in bodies for sentence in split_sentences(body)]
    lengths = [count for sentence in sentences if (count := count_words(sentence))]
    short = sum(len(_SHORT_FORM.findall(body)) for body in bodies)
    long = sum(len(LONG_FORM.findall(" ".join(body.split()))) for body in bodies)
    return VoiceFigures(
        mails=len(read),
        words=_quartiles([count_words(body) for body in bodies]),
        sentence_words=_round(statistics.fmean(lengths) if lengths else 0.0),
        paragraphs=_round(statistics.fmean(max(1, len(split_paragraphs(body))) for body in bodies)),
        greetings=_forms(one.letter.greeting for one in read),
        sign_offs=_forms(_closed_form(one.letter.sign_off) for one in read),
        contractions=_share(short, short + long),
        questions=_share(sum(_ends_with(one, "?") for one in sentences), len(sentences)),
        exclamations=_share(sum(_ends_with(one, "!") for one in sentences), len(sentences)),
        warmth=_round(statistics.fmean(sum(bool(rule.search(body)) for rule in _WARM) / len(_WARM) for body in bodies)),
    )


def _ends_with(sentence: str, mark: str) -> bool:
    return sentence.rstrip(" \"'”’)").endswith(mark)


def _quartiles(counts: Sequence[int]) -> tuple[int, int, int]:
    if len(counts) < 2:
        return counts[0], counts[0], counts[0]
    low, middle, high = statistics.quantiles(counts, n=4, method="inclusive")
    return round(low), round(middle), round(high)


def _forms(forms: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(forms).most_common(_MOST_FORMS))


def _closed_form(form: str) -> str:
    """The form where it is words of a closed list; "other" where it may hold what a mail told ("See you in Porto,")."""
    return form if form in ("", ME_SLOT) or is_closing(form) else OTHER_FORM


def _share(part: int, whole: int) -> float:
    return _round(part / whole if whole else 0.0)


def _round(figure: float) -> float:
    return round(figure, 3)


# --- examples ---------------------------------------------------------------------------------------------------


def _examples(read: Sequence[_Read]) -> tuple[VoiceExample, ...]:
    """Masked mails that still show a rhythm; first what was not an answer, a few a contact, each text once."""
    found: dict[str, VoiceExample] = {}
    to_one: Counter[str] = Counter()

    for one in sorted(read, key=lambda one: is_answer(one.mail.subject)):
        masked = mask_text(one.letter.body)
        if count_words(masked) < _LEAST_WORDS or plain_share(masked) < _LEAST_PLAIN or masked in found:
            continue
        if one.to and to_one[one.to] >= _MOST_TO_ONE:
            continue
        to_one[one.to] += 1
        found[masked] = VoiceExample(
            text=masked, kind=one.kind, to=one.to, greeting=one.letter.greeting, date=one.mail.date
        )
        if len(found) == _MOST_EXAMPLES:
            break
    return tuple(found.values())
