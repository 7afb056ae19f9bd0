"""What a contact has asked for, as the notes tell it: wishes that decide whether a message may be written at all.

Read from preferences, from plain sentences and from private lines alike: a wish binds even where it may not be
repeated. It must never read a wish of one person as another's, nor out of what somebody pasted for a program to obey.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from assistant.domain import Channel, Contact, DraftKind, DraftRequest, Evidence, FactKind
from assistant.sources.closed_times import asks_for_no_contact, find_closed_months, find_first_day, may_hold_wish
from assistant.text import fold, stem


class Wish(NamedTuple):
    """A wish that stands against this message, and the better way."""

    evidence: Evidence
    reason: str
    instead: str


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_ONLY_PHONE = _pattern(
    r"\b(?:only|just|strictly|solely) (?:ever )?(?:answers? )?(?:by |via |on |over |to )?(?:the )?(?:phone|telephone"
    r"|calls?)\b",
    r"\b(?:phone|calls?|telephone) only\b",
)
_ONLY_MAIL = _pattern(
    r"\b(?:only|just|strictly|solely) (?:by |via |in |over |to )?(?:e-?mail|mail|letter|writing)\b",
    r"\b(?:e-?mail|writing) only\b",
    r"\b(?:never|does not|doesn['’]t|hates?|no) (?:(?:answers?|picks? up|takes?|want|like|likes|unannounced"
    r"|phone) )*(?:the )?(?:phone|telephone|phone calls|calls)\b(?! (?:before|after|at|on|between))",
    r"\b(?:do not|don['’]t|never|please don['’]t) (?:call|phone|ring)\b(?! (?:before|after|at|on|between))",
)
_NO_MAIL = _pattern(
    r"\b(?:only|just|strictly) (?:by |via |on |over )?(?:text|sms|whatsapp|signal|in person)\b",
    r"\b(?:text|in person) only\b",
    r"\b(?:never|does not|doesn['’]t|hardly ever|rarely) (?:reads?|answers?|checks?|opens?|replies to|uses?"
    r"|looks at) (?:\w+ ){0,2}?(?:e-?)?mails?\b",
    r"\bno (?:e-?)?mails?\b(?!,? (?:he|she|they) says)",
    r"\bhates (?:e-?)?mails?\b",
    r"\b(?:do not|don['’]t|never|not to) (?:e-?)?mail(?: (?:her|him|them|me))?\b(?! (?:before|after|at|on))",
)
_NO_INTRODUCTIONS = _pattern(
    r"\bno (?:more )?(?:introductions|intros)\b(?! (?:to|with))",
    r"\b(?:does not|doesn['’]t|do not|don['’]t) (?:want|like|need) (?:any |more |to be |being )*(?:introductions"
    r"|intros|introduced)\b(?! to)",
    r"\b(?:do not|don['’]t|never) introduce (?:me|her|him|them) to (?:any(?:one|body)|people|strangers)\b",
    r"\bnot to be introduced\b(?! to [A-Z])",
)
_NO_CLASS = re.compile(
    r"\b(?:(?:do not|don['’]?t|never|not to|rather not|no longer wants to) (?:be )?(?:introduced?|intro"
    r"|connect(?:ed)?|put|link(?:ed)?|pass|"
    r"send|give) ?(?:me|her|him|them|us|on|in touch|my \w+|her \w+|his \w+"
    r"|their \w+)* ?(?:up )?(?:in touch )?(?:to|with)"
    r"|no (?:more )?(?:introductions|intros|introduction|intro|connections) (?:to|with)"
    r"|(?:does not|doesn['’]?t|do not|don['’]?t|never) want (?:to (?:meet|talk to|hear from|be introduced to|deal with)"
    r"|(?:any )?(?:introductions|intros) to)"
    r"|wants? (?:nothing to do with|no)|keep (?:me|her|him|them) away from|had (?:it|enough) (?:with|of)"
    r"|no time for|allergic to"
    r"|no (?:more )?(?=recruiters?|funders?|investors?|journalists?|reporters?|consultants?|politicians?|agents?"
    r"|press|sales))"
    r" (?P<class>(?:any |more |other |the |those )*[a-z][\w'’ -]{2,40})",
    re.IGNORECASE,
)
# Words by which a line of work is known beside its own name.
_LINES_OF_WORK = (
    "funder funding grant grants foundation philanthropy trust donor",
    "investor investment venture capital fund vc angel",
    "journalist press reporter media critic newspaper editor broadcaster",
    "recruiter recruitment headhunter headhunting staffing talent hr",
    "politician politics councillor mp minister council party",
    "consultant consultancy consulting",
    "lawyer law legal solicitor barrister",
    "salesperson sales vendor seller",
    "agent agency",
    "banker bank banking finance",
    "academic university professor lecturer researcher",
    "developer property estate",
    "marketer marketing advertising pr publicity",
    "insurer insurance underwriter",
)
_ASK_FIRST = _pattern(
    r"\bask (?:me|her|him|them) (?:first )?before (?:passing|giving|sharing|handing|naming|mentioning|introducing"
    r"|you pass|you give|you share)\b",
    r"\bask (?:me|her|him|them) first\b",
    r"\b(?:check|clear it|run it|talk|speak) (?:by |with |past )?(?:me|her|him|them) (?:first|before)\b",
    r"\b(?:not|never|nobody|no one|don['’]?t|only)\b[^.;]{0,60}\b(?:without (?:asking|checking|(?:my|her|his"
    r"|their) (?:ok|okay|yes|word|say-so|consent|permission)"
    r"|a yes)|with (?:my|her|his|their) (?:ok|okay|yes|word|say-so|consent|permission)|until (?:i|she|he"
    r"|they) (?:say|says|said|agree|agrees)"
    r"|unless (?:i|she|he|they) (?:say|says|agree|agrees)|if (?:i|she|he|they) (?:say|says) (?:so|yes))\b",
    r"\b(?:keep|leave) (?:my|her|his|their) (?:name|number|address|details) (?:out|to yourself|off)\b",
    r"\b(?:asks?|asked|wants?) (?:me )?to (?:ask|check|be asked|know) (?:first|before|with (?:her|him|them))\b",
    r"\b(?:name|number|details|address)\b[^.;]{0,40}\b(?:only (?:after|when|if|with)|not before) (?:i|she|he"
    r"|they|a yes|asking)\b",
    r"\b(?:never|do not|don['’]t|not to) (?:pass on|give out|share|hand out) (?:my|her|his|their) (?:name|number"
    r"|details|address|contact)",
    r"\bwants? to be asked (?:first|before)\b",
)
_OPEN = _pattern(
    r"\b(?:open|happy|glad) (?:to|for|to get|to take) (?:any |more |all )?(?:introductions|intros)\b",
    r"\b(?:happy|glad) to be (?:introduced|put in touch)\b(?! to [A-Z])",
    r"\bintroduce (?:me|her|him|them) to (?:any(?:one|body)|whoever)\b",
    r"\b(?:no need to|need not|don['’]t (?:need|have) to) ask (?:me |her |him |them )?(?:first|before)\b",
)
_NO_REQUESTS = _pattern(
    r"\bno (?:more )?(?:requests|favou?rs|asks)\b",
    r"\b(?:do not|don['’]t|stop|not to be|tired of being) ask(?:ing|ed)? (?:me |her |him "
    r"|them )?(?:for )?(?:more )?(?:favou?rs|money|help|anything)\b",
)
_NO_NEWS = _pattern(
    r"\bno (?:more )?(?:news|articles|links|newsletters)\b",
    r"\b(?:do not|don['’]t|stop|please don['’]t) (?:send|sending|forward|forwarding) (?:me |her |him "
    r"|them )?(?:articles|links|news)\b",
)
_NO_EVENTS = _pattern(
    r"\bno (?:more )?(?:events|invitations|conferences)\b",
    r"\b(?:does not|doesn['’]t|do not|don['’]t|never) (?:want to be invited|do events|invite|comes? to events"
    r"|attends? events)\b",
)
_NEVER_WITH = re.compile(
    r"\b(?:never|do not|don['’]t|please don['’]t|not|refuses to|will not|won['’]t|does not want to"
    r"|doesn['’]t want to)\b[^.;]{0,30}?"
    r"\b(?:together with|in (?:a|one|the same) room (?:with|as)|introduce(?:d)?(?: (?:me|her|him|them))? to"
    r"|put (?:me|her|him|them) (?:together )?(?:with|near|next to)"
    r"|(?:seat|sit|place|pair|mix|book|team|group|invite|have) (?:me|her|him|them|us) (?:up )?(?:with|near"
    r"|next to|beside|at (?:a|one) table"
    r"|together with|opposite)"
    r"|meet|work (?:again )?with|deal with|sit (?:with|next to|beside)|see|hear (?:of|from))\s+(?P<whom>[^.;]{2,60})",
    re.IGNORECASE,
)
# "Never put Ana and Bruno together": one of the two is the person the note is about.
_NEVER_BOTH = re.compile(
    r"\b(?:never|do not|don['’]t|not to|must not|should not|shouldn['’]t)\s+(?:ever )?"
    r"(?:put|seat|sit|bring|invite|place|pair|mix|book|get|introduce|leave|have)\s+"
    r"(?P<whom>[^.;]{2,40}?\b(?:and|&|with)\s[^.;]{2,40}?)"
    r"\s(?:together|side by side|in (?:a|one|the same) \w+|at (?:a|one|the same) \w+|to each other)\b",
    re.IGNORECASE,
)
_AT_ODDS = re.compile(
    r"\b(?:rivals?|competitors?|bidding (?:for|against)|(?:both|each) bidding|same (?:\w+ ){0,2}(?:contract"
    r"|tender|market|customers"
    r"|clients|grant|post|job|seat|prize|bid|lot|commission|patch|slot)|(?:lost|losing) (?:\w+ ){1,5}to|poach\w*"
    r"|undercut\w*"
    r"|outbid\w*|underbid\w*|against each other|not in the same (?:e-?mail|room|table)|head to head|squabbl\w*|suing"
    r"|took (?:his|her|their) (?:clients?|customers?|staff|job)|threatened|complaint against|reported (?:him|her"
    r"|them)|competes?|competing|lawsuit|in court|sued|suing|fell out|fallen out|falling[- ]out"
    r"|not on speaking terms|does not speak to"
    r"|doesn['’]t speak to|feud|can(?:no|['’])t stand|refuses to work|bad blood|ex-(?:wife|husband|partner|boss)"
    r"|ex (?:wife|husband)|divorced|dispute"
    r"|at odds|never forgave|cheated|stole)\b",
    re.IGNORECASE,
)
# How a user says that somebody has agreed to be introduced.
AGREED = re.compile(
    r"\b(?:said yes|says yes|agreed|agrees|both (?:said )?yes|(?:is|are|was|were) (?:both )?(?:happy|glad|keen|fine"
    r"|ok|okay)"
    r"|both (?:are )?(?:said )?(?:yes|ok|okay|fine|happy|keen|in|up for it|game)|consented|cleared"
    r"|wants? to be introduced|asked (?:me )?to be introduced|would like to meet|two yeses)\b",
    re.IGNORECASE,
)
_THIRD_PARTY_KINDS = (DraftKind.INTRO_ASK, DraftKind.INTRO, DraftKind.BLURB)


def find_wish(
    evidence: Iterable[Evidence],
    request: DraftRequest,
    today: dt.date,
    to: Contact,
    other: Contact | None = None,
    agreed: Collection[str] = (),
) -> Wish | None:
    """The first standing wish of `to` or `other` that forbids this message on `today`, if any.

    `agreed` are ids of those who said yes to this introduction: they were asked first.
    """
    evidence = tuple(evidence)
    told = [one for one in evidence if may_hold_wish(one)]
    for one in told:
        if one.about == to.id and (wish := _wish_of_recipient(one, request, today, to)):
            return wish
    if other is None:
        return None
    sides = ((to, other), (other, to))
    for one in told:
        for person, against in sides:
            if one.about == person.id and (wish := _wish_about(one, person, against, request, evidence, agreed)):
                return wish
        if one.about not in (to.id, other.id) and _at_odds(one.quote, to, other):
            return Wish(one, f"{to.name} and {other.name} should not be brought together", "think of somebody else")
    return None


class Stance(NamedTuple):
    """What somebody's wishes say of being introduced: closed for now or for good, and whether to ask before."""

    closed: Wish | None = None
    asks_first: bool = False
    is_open: bool = False


def find_stance(evidence: Iterable[Evidence], today: dt.date, person: Contact, against: Contact) -> Stance:
    """How `person` stands to an introduction to `against`, by every line of theirs, private ones too."""
    evidence = tuple(evidence)
    asks_first = is_open = False
    for one in evidence:
        if one.about != person.id or not may_hold_wish(one):
            continue
        closed = _closed_to(one, today, person, against, evidence)
        if closed:
            return Stance(closed)
        asks_first = asks_first or bool(_ASK_FIRST.search(one.quote))
        is_open = is_open or bool(_OPEN.search(one.quote))
    return Stance(None, asks_first, is_open and not asks_first)


def _closed_to(
    one: Evidence, today: dt.date, person: Contact, against: Contact, evidence: Iterable[Evidence]
) -> Wish | None:
    if asks_for_no_contact(one.quote):
        return Wish(one, f"{person.name} asked not to be contacted", "leave them out of it")
    if _NO_INTRODUCTIONS.search(one.quote):
        return Wish(one, f"{person.name} does not want introductions", "help them yourself instead")
    kept_away = _kept_away(one.quote, against, evidence)
    if kept_away:
        return Wish(one, f"{person.name} does not want to be introduced to {kept_away}", "think of somebody else")
    if _names(one.quote, against) and (_never_with(one.quote, against) or _AT_ODDS.search(one.quote)):
        return Wish(one, f"{person.name} and {against.name} should not be brought together", "think of somebody else")
    return _wish_about_time(one, today)


def are_at_odds(evidence: Iterable[Evidence], one: Contact, other: Contact) -> bool:
    """Whether what is noted of third people tells that the two should not be brought together."""
    return any(_at_odds(told.quote, one, other) for told in evidence if told.about not in (one.id, other.id))


def _at_odds(quote: str, one: Contact, other: Contact) -> bool:
    return bool(_AT_ODDS.search(quote)) and _names(quote, one) and _names(quote, other)


def _wish_of_recipient(one: Evidence, request: DraftRequest, today: dt.date, to: Contact) -> Wish | None:
    said = one.quote
    if asks_for_no_contact(said):
        return Wish(one, "asked not to be contacted", f"wait until {to.first_name} writes to you")
    wish = _wish_about_channel(one, request.channel)
    if wish:
        return wish
    if request.kind is DraftKind.ASK and _NO_REQUESTS.search(said):
        return Wish(one, "asked not to be asked for favours", "give something first, or ask somebody else")
    if request.kind is DraftKind.NEWS_SHARE and _NO_NEWS.search(said):
        return Wish(one, "asked not to be sent news", "keep it for when you talk")
    if request.kind is DraftKind.EVENT_INVITE and _NO_EVENTS.search(said):
        return Wish(one, "does not want invitations", "suggest a call or a visit instead")
    return _wish_about_time(one, today) or _wish_about_named(one, request, to)


_CAPITAL = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")


def _wish_about_named(one: Evidence, request: DraftRequest, to: Contact) -> Wish | None:
    """ "Never seat me with Moira", where the user's own words name Moira."""
    avoided = [name for match in _NEVER_WITH.finditer(one.quote) for name in _CAPITAL.findall(match["whom"])]
    if _AT_ODDS.search(one.quote):
        avoided += _CAPITAL.findall(re.sub(r"^\W*\w+", "", one.quote))
    said = set(re.findall(r"[\w'’-]+", fold(request.about)))
    theirs = {fold(part) for part in f"{to.name} {to.org}".split()}
    for name in avoided:
        words = {fold(word).removesuffix("'s") for word in name.split()} - theirs
        if words and words <= said:
            return Wish(
                one,
                f"does not want to be brought together with {name}",
                "leave that name out, or think of somebody else",
            )
    return None


def _wish_about_channel(one: Evidence, channel: Channel) -> Wish | None:
    said = one.quote
    if channel is not Channel.CALL and _ONLY_PHONE.search(said):
        return Wish(one, "wants to be reached by phone only, not by mail", "call instead: --channel call")
    if channel is Channel.EMAIL and _NO_MAIL.search(said):
        return Wish(one, "does not want mail", "use --channel call or message, or say it when you meet")
    if channel is Channel.CALL and _ONLY_MAIL.search(said):
        return Wish(one, "does not want to be phoned", "use --channel email")
    return None


def _wish_about_time(one: Evidence, today: dt.date) -> Wish | None:
    until = find_first_day(one.quote, one.date or today)
    if until and today < until:
        return Wish(one, f"asked to be left in peace until {until:%B %Y}", f"write after {until:%-d %B %Y}")
    if today.month in find_closed_months(one.quote):
        return Wish(one, f"asked not to be contacted in {today:%B}", "write when the month is over")
    return None


def _wish_about(
    one: Evidence,
    person: Contact,
    against: Contact,
    request: DraftRequest,
    evidence: Iterable[Evidence],
    agreed: Collection[str],
) -> Wish | None:
    """A wish of `person` that stands between them and `against`."""
    if request.kind in _THIRD_PARTY_KINDS:
        if _NO_INTRODUCTIONS.search(one.quote):
            return Wish(one, f"{person.name} does not want introductions", "help them yourself instead")
        kept_away = _kept_away(one.quote, against, evidence)
        if kept_away:
            return Wish(one, f"{person.name} does not want to be introduced to {kept_away}", "think of somebody else")
        is_named = person.id == request.other or request.kind is DraftKind.INTRO
        is_asked = person.id in agreed or bool(AGREED.search(request.about))
        if is_named and _ASK_FIRST.search(one.quote) and not is_asked:
            first = f"ask {person.first_name} first: `givefirst draft intro_ask` to {person.name}"
            return Wish(one, f"{person.name} wants to be asked before you pass the name on", first)
        if person.id == request.other and asks_for_no_contact(one.quote):
            return Wish(one, f"{person.name} asked not to be contacted", "leave them out of it")
    if _names(one.quote, against) and (_never_with(one.quote, against) or _AT_ODDS.search(one.quote)):
        return Wish(one, f"{person.name} and {against.name} should not be brought together", "think of somebody else")
    return None


def _kept_away(quote: str, against: Contact, evidence: Iterable[Evidence]) -> str:
    """The line of work `quote` wants no introductions to, where `against` is in it; empty if not."""
    facts = (one.text for one in evidence if one.about == against.id and one.kind in (FactKind.ROLE, FactKind.EMPLOYER))
    profile = " ".join((against.title, against.org, against.industry, *against.tags, *facts))
    known = {_line_stem(word) for word in re.findall(r"[\w'’]+", fold(profile))}
    for match in _NO_CLASS.finditer(quote):
        said = re.split(r"[,.;:]|\b(?:who|which|that|please|until|for|any of)\b", match["class"])[0].strip()
        wanted = {
            _line_stem(word) for word in re.findall(r"[\w'’]+", fold(said)) if word not in ("any", "more", "other")
        }
        lines = [{_line_stem(word) for word in line.split()} for line in _LINES_OF_WORK]
        wider = wanted.union(*(line for line in lines if line & wanted))
        if wider & known:
            return said
    return ""


def _line_stem(word: str) -> str:
    root = stem(word)
    shorter = re.sub(r"(?:er|or|ist|ment|ing|ant)$", "", root)
    return shorter if len(shorter) > 3 else root


def _never_with(quote: str, against: Contact) -> bool:
    said = (match for pattern in (_NEVER_WITH, _NEVER_BOTH) for match in pattern.finditer(quote))
    return any(_names(match["whom"], against) for match in said)


def _names(text: str, person: Contact) -> bool:
    """Whether the text names the person, by first, last or full name, or by organisation."""
    words = set(re.findall(r"[\w'’-]+", fold(text)))
    parts = [fold(part) for part in person.name.split() if len(part) > 2]
    return any(part in words for part in parts) or bool(person.org and fold(person.org) in fold(text))
