"""The parts of a letter: greeting, body, sign-off, and the forms of the two with the name as a slot.

Forms only: what a letter says is none of its business. It must never take a sentence for a greeting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.text import STOPWORDS, fold

NAME_SLOT, FULL_NAME_SLOT, ME_SLOT = "{first}", "{name}", "{me}"

_GREETING_WORDS = (
    r"hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings"
    r"|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|sehr geehrte[r]?|grüezi"
    r"|bonjour|bonsoir|salut|coucou|chère?s?|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?"
    r"|ciao|salve|buongiorno|buonasera|gentile|car[oa]|ol[áa]|oi|bom dia|boa tarde|prezad[oa]s?|car[oa]s"
    r"|hoi|beste|geachte|hej|hejsan|hei|kære|kjære|cześć|dzień dobry|ahoj|dobrý den|szia|merhaba"
)
_GREETING = re.compile(
    rf"\s*(?P<word>{_GREETING_WORDS})\b(?P<who>(?:\s+(?:prof|dr|mrs?|ms|st)\.)*[^\n,!:.?–—]{{0,60}}?)"
    r"(?:(?P<mark>\s*[,!:.–—]|\s-(?=\s|$))(?P<rest>[^\n]*)|\s*)$",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"\s*(?P<who>[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)?)(?P<mark>,| ?[-–—])\s*$")
_TITLE = re.compile(r"(?:prof|professor|dr|mr|mrs|ms|herr|frau|monsieur|madame|sr|sra)\b\.?", re.IGNORECASE)
_GROUP = frozenset("all both everyone everybody team folks there friends colleagues guys again".split())
_CLOSING = re.compile(
    r"(?:(?:with|very|my|kind|kindest|warm|warmest|best|many|all|the|a|so|much|big|yours|sincerely|truly|faithfully"
    r"|cordially|warmly|gratefully|regards|wishes|best|cheers|thanks|thank|you|again|take|care|love|hugs|greetings"
    r"|soon|talk|see|till|until|then|speak|in|advance|and|have|good|great|nice|day|week|weekend|evening|respectfully"
    r"|mit|freundlichen|besten|vielen|liebe|lieben|herzliche|herzlichen|viele|beste|grüße|grüßen|gruß|gruss"
    r"|grüsse|dank"
    r"|danke|bis|bald|lg|mfg|vg|cordialement|bien|à|toi|vous|amicalement|amitiés|merci|bises|bonne|journée|saludos|un"
    r"|saludo|abrazo|atentamente|gracias|cordiales|cordiali|saluti|distinti|grazie|presto|abraços|abraço|obrigad[oa]"
    r"|cumprimentos|atenciosamente|met|vriendelijke|hartelijke|groet|groeten|bedankt|med|vänliga|venlig|vennlig"
    r"|hälsningar|hilsen|hälsning|mvh|tack|takk|tak|pozdrawiam|dziękuję|pozdravem|s)\b[ ]?){1,5}",
    re.IGNORECASE,
)
# One of these at least makes a line a sign-off: "have a good week" and "regards", but not "all the".
_CLOSES = re.compile(
    r"\b(?:regards|wishes|best|yours|sincerely|faithfully|warmly|cordially|respectfully|cheers|thanks|thank you"
    r"|take care"
    r"|love|hugs|greetings|see you|talk soon|speak soon|have a|gr(?:ü|u)(?:ß|ss)\w*|dank|danke|lg|mfg|vg|cordialement"
    r"|bien à|amicalement|amitiés|merci|bises|bonne|saludos?|abrazo|atentamente|gracias|saluti|grazie|a presto"
    r"|abraços?"
    r"|obrigad[oa]|cumprimentos|atenciosamente|groet|groeten|bedankt|hälsningar?|hilsen|mvh|tack|takk|tak"
    r"|pozdrawiam|dziękuję|pozdravem|bis bald)\b",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}")
_MOST_SIGN_OFF_WORDS = 4


class Letter(NamedTuple):
    """A letter cut in three; `greeting` and `sign_off` are forms, empty where there is none."""

    greeting: str
    body: str
    sign_off: str


def is_closing(line: str) -> bool:
    """Whether the line is a sign-off and nothing else ("Best regards,")."""
    said = " ".join(re.sub(r"[,.!–—-]+\s*$", "", line).replace(",", " ").split())
    return bool(said) and bool(_CLOSING.fullmatch(said)) and bool(_CLOSES.search(said))


def is_greeting(line: str) -> bool:
    """Whether the line greets and does nothing else ("Hi Ana,")."""
    return _read_greeting(line, alone=True) is not None


def is_name(line: str, sender_name: str = "") -> bool:
    """Whether the line is a name alone: the sender's where that is known, else up to three capitalised words."""
    said = line.strip().rstrip(",.")
    if not _NAME_LINE.fullmatch(said) or any(fold(word) in STOPWORDS for word in said.split()):
        return False
    words = fold(said).split()
    if sender_name:
        return set(words) <= set(fold(sender_name).split()) or (len(words) == 1 and len(words[0]) <= 2)
    return all(word[:1].isupper() for word in said.split())


def split_letter(text: str, sender_name: str = "") -> Letter:
    """The greeting's form, the body, and the sign-off's form of a mail's own text."""
    lines = text.strip().split("\n")
    greeting, lines = _take_greeting(lines)
    sign_off, lines = _take_sign_off(lines, sender_name)
    return Letter(greeting, "\n".join(lines).strip(), sign_off)


# --- greetings --------------------------------------------------------------------------------------------------


def _take_greeting(lines: Sequence[str]) -> tuple[str, list[str]]:
    found = _read_greeting(lines[0], alone=False)
    if found is None:
        return "", list(lines)
    form, rest = found
    return form, [rest, *lines[1:]]


def _read_greeting(line: str, alone: bool) -> tuple[str, str] | None:
    """The form and what follows it on the line; None where the line does not greet."""
    match = _GREETING.match(line)
    if not match:
        return _read_name_alone(line)
    who, rest = match["who"].strip(), (match["rest"] or "").strip()
    if (alone and rest) or len(who.split()) > 5 or (who and not _can_be_name(who)):
        return None
    word = match["word"][:1].upper() + match["word"][1:].lower()
    mark = (match["mark"] or "").rstrip()
    return " ".join(part for part in (word, _slot(who)) if part) + mark, rest


def _read_name_alone(line: str) -> tuple[str, str] | None:
    """ "Ana," or "Ana -" on a line of its own."""
    name = _NAME_ALONE.match(line)
    if not name or any(fold(word) in _NOT_NAMES for word in name["who"].split()):
        return None
    mark = "," if name["mark"] == "," else f" {name['mark'].strip()}"
    return f"{_slot(name['who'])}{mark}", ""


_NOT_NAMES = STOPWORDS | frozenset(
    "thanks thank sorry sure okay ok great good nice perfect congratulations alright right well understood agreed "
    "noted please hi hello hey dear best regards cheers yes no sounds done received indeed apologies unfortunately "
    "update ps reminder subject from to date sent note agenda title speaker abstract where spreadsheet".split()
)


def _can_be_name(who: str) -> bool:
    words = who.split()
    named = [word for word in words if fold(word) not in _GROUP | {"and", "&", "und", "et", "y", "e", "og"}]
    return all(word[:1].isupper() or word[:1] == "“" for word in named)


def _slot(who: str) -> str:
    """The name as a slot; a group of people ("all") stays as it is."""
    words = who.split()
    if not words or all(fold(word) in _GROUP for word in words):
        return who.lower()
    if _TITLE.match(who):
        return "{title} {last}"
    if any(fold(word) in ("and", "&", "und", "et") for word in words):
        return "{first} and {first}"
    return NAME_SLOT if len(words) == 1 else FULL_NAME_SLOT


# --- sign-offs --------------------------------------------------------------------------------------------------


def _take_sign_off(lines: Sequence[str], sender_name: str) -> tuple[str, list[str]]:
    """The last lines that close the letter: a form, a name, or both; a postscript below them stays in the body."""
    end = next((place for place, line in enumerate(lines) if place and is_postscript(line)), len(lines))
    after, kept = list(lines[end:]), _without_end_gap(lines[:end])
    has_name = len(kept) > 1 and is_name(kept[-1], sender_name) and not is_closing(kept[-1])
    above = _without_end_gap(kept[:-1]) if has_name else kept
    form = _closing_form(above[-1], has_name) if len(above) > 1 or (above and has_name) else ""
    if form:
        return form, [*_without_form(above), *after]
    return (ME_SLOT, [*above, *after]) if has_name else ("", [*kept, *after])


def _without_end_gap(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def is_postscript(line: str) -> bool:
    return bool(re.match(r"\s*p\.?\s?s\.?(?:[:\s]|$)", line, re.IGNORECASE))


def _closing_form(line: str, has_name: bool) -> str:
    """The form of a sign-off: the line itself, or what stands behind the last full stop in it."""
    said = " ".join(line.split())
    tail = re.split(r"(?<=[.!?])\s+", said)[-1]
    for part in (said, tail):
        is_short = has_name and part.endswith(",") and len(part.split()) <= _MOST_SIGN_OFF_WORDS
        if is_closing(part) or is_short:
            return part if not part.endswith(".") else part[:-1] + ","
    return ""


def _without_form(lines: Sequence[str]) -> list[str]:
    said = " ".join(lines[-1].split())
    parts = re.split(r"(?<=[.!?])\s+", said)
    rest = " ".join(parts[:-1]) if len(parts) > 1 and not is_closing(said) else ""
    return [*lines[:-1], rest]
