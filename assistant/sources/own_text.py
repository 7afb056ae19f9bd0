"""What of a mail's body its writer wrote: quoted lines, attributions, forwarded parts and signatures left out.

The lines that are kept stand as they were, in order. When in doubt a line is left out: a voice learnt from too little
is better than one learnt from somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.sources.letter import is_closing, is_name, is_postscript

_QUOTED = re.compile(r"\s{0,3}(?:>|[A-Z]{1,3}>)")
_SIGNATURE = re.compile(r"(?:--|—|__)\s*$")
_RULE = re.compile(r"\s*[-_=*~]{3,}\s*$")
_DEVICE = re.compile(
    r"\s*(?:(?:sent|get|von|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|wysłane|отправлено)\b.{0,40}"
    r"\b(?:iphone|ipad|android|mobile|outlook|samsung|galaxy|handy|smartphone|blackberry|phone|mail|messaging"
    r"|messagerie|móvil|proton\w*)\b"
    r"|von meinem \w+ gesendet).{0,60}$",
    re.IGNORECASE,
)
# The words that mail programs put above what is answered or passed on.
_ORIGINAL = re.compile(
    r"\s*(?:[-_]{2,}\s*)(?:(?:original|forwarded|reply|begin forwarded)\s*(?:message|mail|e-mail)?"
    r"|ursprüngliche nachricht"
    r"|weitergeleitete (?:nachricht|message)|message d['’]origine|message (?:original|transféré)"
    r"|mensaje (?:original|reenviado)"
    r"|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)|oorspronkelijk bericht"
    r"|doorgestuurd bericht"
    r"|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse|opprinnelig melding|videresendt \w+"
    r"|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|исходное сообщение"
    r"|пересылаемое сообщение|orijinal mesaj|eredeti üzenet|original-nachricht|原始邮件|転送メッセージ|元のメッセージ"
    r"|[^-_\n]{1,40}(?:message|nachricht|mail))\s*(?:from .{0,80}?)?[-_]{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht"
    r"|vidarebefordrat brev)\s*:?\s*$",
    re.IGNORECASE,
)
_SAID = (
    r"(?:wrote|writes|said|schrieb|schreef|a écrit|écrivait|escribió|ha scritto|scrive|escreveu|skrev|napsala?|"
    r"napisała?|napisał\(a\)|pisze|kirjoitti|пишет|писала?|написала?|yazdı|ezt írta|írta|geschreven|γραψε|έγραψε)"
)
_SAID_AT_ALL = re.compile(rf"{_SAID}|写道|寫道|のメール|書きました|작성", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    rf"(?:.*\b{_SAID}\b.{{0,80}}:|.*\bschrieb\b.*:|.*(?:写道|寫道|のメール|さんは書きました|님이 작성)\s*[:：])\s*$",
    re.IGNORECASE,
)
_MOST_ATTRIBUTION_LINES, _MOST_ATTRIBUTION = 4, 400
_FROM = (
    r"from|von|de|da|van|från|fra|od|lähettäjä|от|от кого|kimden|feladó|expéditeur|remitente|mittente|afsender"
    r"|差出人|发件人|寄件者|보낸 사람"
)
_OTHERS = (
    r"sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|objet|à|enviado(?: el)?|fecha|para|asunto|inviato|data"
    r"|oggetto|a|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|dato|emne|wysłano|do|temat|odesláno|komu|předmět"
    r"|lähetetty|vastaanottaja|aihe|отправлено|дата|кому|тема|gönderildi|kime|konu|elküldve|címzett|tárgy"
    r"|送信日時|宛先|件名|发送时间|收件人|主题|寄件日期|收件者|主旨|보낸 날짜|받는 사람|제목"
)
_FROM_LINE = re.compile(rf"\s*\*{{0,2}}(?:{_FROM})\s*[:：]\s*\*{{0,2}}\s*\S", re.IGNORECASE)
_OTHER_LINE = re.compile(rf"\s*\*{{0,2}}(?:{_OTHERS})\s*[:：]", re.IGNORECASE)
_ONE_LINE_HEADER = re.compile(r"\s*\*?From:.{3,200}\b(?:Sent|Date):.{3,200}\b(?:To|Subject):", re.IGNORECASE)


def find_own_text(body: str, sender_name: str = "") -> str:
    """The writer's own lines of a plain-text body, each as it stands but for spaces at its end.

    An answer below or between quoted lines is kept; behind an attribution with no quote marks ("On … wrote:") and
    behind a forwarded header the rest is somebody else's.
    """
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", body)]
    own: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if _SIGNATURE.match(line) or _begins_other_text(lines, place):
            break
        length = count_attribution_lines(lines, place)
        if length:
            if not _is_quoted_next(lines, place + length):
                break
            place += length
            continue
        if not (_QUOTED.match(line) or _DEVICE.match(line) or _RULE.match(line)):
            own.append(line)
        place += 1
    return "\n".join(_without_block_below(own, sender_name)).strip("\n")


def _begins_other_text(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    if _ORIGINAL.match(line[:200]) or _FORWARDED.match(line[:200]) or _ONE_LINE_HEADER.match(line[:700]):
        return True
    return (
        bool(_FROM_LINE.match(line)) and sum(bool(_OTHER_LINE.match(one)) for one in lines[place + 1 : place + 7]) >= 2
    )


def count_attribution_lines(lines: Sequence[str], place: int) -> int:
    """How many lines from here are "On … wrote:", which may be wrapped; 0 where there is none.

    A time or an address tells it from a sentence, or the quoted line that follows.
    """
    if not lines[place].strip() or _QUOTED.match(lines[place]):
        return 0
    joined = ""
    for length in range(1, _MOST_ATTRIBUTION_LINES + 1):
        if place + length > len(lines) or not lines[place + length - 1].strip():
            return 0
        joined = f"{joined} {lines[place + length - 1].strip()}".strip()
        if len(joined) > _MOST_ATTRIBUTION:
            return 0
        if joined.endswith((":", "：")) and _SAID_AT_ALL.search(joined) and _ATTRIBUTION.match(joined):
            tells = re.search(r"\d|@", joined) or _is_quoted_next(lines, place + length)
            return length if tells else 0
    return 0


def _is_quoted_next(lines: Sequence[str], place: int) -> bool:
    following = next((line for line in lines[place : place + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _without_block_below(lines: Sequence[str], sender_name: str) -> list[str]:
    """The letter down to its sign-off or name; of what stands below (a signature, a pasted text) only a postscript."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    first = next((place for place, line in enumerate(kept) if line.strip()), len(kept))
    later = range(first + 1, len(kept))
    end = next((end for place in later if (end := _end_of_letter(kept, place, sender_name))), len(kept))
    after = next((place for place in range(end, len(kept)) if is_postscript(kept[place])), len(kept))
    return kept[:end] + kept[after:]


def _end_of_letter(lines: Sequence[str], place: int, sender_name: str) -> int:
    """Behind the sign-off that begins here, its name included; 0 where none does."""
    below = next((one for one in range(place + 1, min(place + 4, len(lines))) if lines[one].strip()), 0)
    closes = is_closing(lines[place]) or is_closing(re.split(r"(?<=[.!?])\s", lines[place])[-1])
    if closes and below and is_name(lines[below], sender_name):
        return below + 1
    is_last_word = is_name(lines[place], sender_name) and bool(sender_name) and not lines[place - 1].strip()
    return place + 1 if is_last_word else 0
