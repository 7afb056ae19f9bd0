"""Facts in running prose, by rules: how busy people note what somebody needs, offers, does, loves.

Precise before complete: a rule fires only where the sentence's subject is the person the note is about (by name, by a
pronoun, or left out). It must never assign to the contact what is said of somebody else, or of the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.domain import FactKind
from assistant.sources.constructions import is_asked, read_construction
from assistant.sources.prose_rules import PERSON, POST, RULES
from assistant.sources.retelling import retell, says_i
from assistant.text import find_words, fold, strip_hidden


class Found(NamedTuple):
    """A fact in a sentence: its kind, its short phrase, whether it is denied, whether it is hearsay."""

    kind: FactKind
    text: str
    negated: bool = False
    hearsay: bool = False


_NEGATED = re.compile(
    r"^(?P<adverb>(?:also |now |really )*)(?:(?:does|do|did|is|are|was|has|have|would|will|can|could)(?:\s+not"
    r"|n['’]t)|no longer|never|cannot|(?:is|are|['’]s) no longer)\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_MET_NEED = re.compile(
    r"^(?:has |have |is |are |['’]s |['’]ve )?(?:now |already |finally |just )*(?:found|got|hired|sorted|solved"
    r"|settled on|signed|bought|taken on)\s+(?:(?:her|him|them)sel(?:f|ves) )?(?P<what>(?:her|his|their|an?|the"
    r"|someone|somebody|one|it)\b.*)$",
    re.IGNORECASE,
)
# "About the co-author, she found one": the thing is named before the clause that ends the need.
_ABOUT_DONE = re.compile(
    r"^(?:about|as for|re|regarding|as to) (?:the|her|his|their|that) (?P<what>[^,.;]{2,60})[,:] .*"
    r"\b(?:found|sorted|got|hired|settled|solved|done|no longer needed|not needed)\b",
    re.IGNORECASE,
)
# "The kiln's sorted", "her loom is found at last": the thing is the subject of the clause that ends the need.
_IS_DONE = re.compile(
    r"^(?:the|her|his|their|that) (?P<what>(?:[\w-]+ ){0,3}?[\w-]+)(?:['’]s| is| are| has been| have been| got) "
    r"(?:now |already |finally |all |at last )*(?:sorted|found|settled|solved|filled|arranged|taken care of|done"
    r"|no longer needed)(?: out| now| at last| already| in the end)?(?=[,.;:!]|$| (?:by|since|in|thanks) )",
    re.IGNORECASE,
)
# The month is no doubt: "due in May" is no hearsay.
_HEARSAY = re.compile(
    r"\b(?:says? (?:that )?(?:she|he|they)|apparently|rumou?r\w*|not sure|supposedly|allegedly|i (?:heard|hear|think"
    r"|believe|guess)|might|(?<!anyone )(?<!anybody )(?-i:may)|maybe|perhaps|it seems|seems to|probably|possibly"
    r"|someone said|word is)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"^(?:if|unless|whether|suppose|should|would she|would he|does she|does he|is she|is he|did)\b|\?\s*$",
    re.IGNORECASE,
)
_MINE = re.compile(r"^(?:i|i['’]\w+|we|we['’]\w+|my|our|me)\b", re.IGNORECASE)
_USER_DID = re.compile(
    r"^(?P<verb>heard|read|saw|watched|listened to|met)\s+(?P<what>(?:her|his|their|him|them|at|in|on|through)\b.*)$",
    re.IGNORECASE,
)
_SAID = r"(?:said|says|told|wrote|writes|sighed|laughed|added|adds|insists|insisted|repeated|keeps saying)"
_TALK = re.compile(
    r"\b(?:talk|lecture|keynote|paper|article|book|panel|exhibition|concert|show|reading|interview|film|workshop)\b",
    re.IGNORECASE,
)


# "Her page says she's looking for a room": what somebody says of themselves in public is no hearsay.
_SOURCE = re.compile(
    r"^(?:according to (?:the|her|his|their) [\w'’ -]{2,40}?,? |(?:in|on) (?:the|her|his|their"
    r"|an?) [\w'’ -]{2,40}?,? (?:she|he|they) (?:also )?(?:says?|said|writes?|wrote|explains?) (?:that )?|(?:the|her"
    r"|his|their|its) (?:[\w'’-]+ )?(?:page|website|site|report|programme|program|bio|profile|article|newsletter"
    r"|interview|slides|post|blog|call|announcement|leaflet|advert|ad) (?:also )?(?:says?|said|tells?|mentions?"
    r"|adds?) (?:us )?(?:that )?)(?=(?:she|he|they)\b)",
    re.IGNORECASE,
)


def read_sentence(sentence: str, name: str) -> Iterator[Found]:
    """The facts one sentence tells of the person called `name`."""
    sentence = _told(sentence.strip(), name)
    plain = list(_read_plain(sentence, name))
    yield from plain
    for kind, what in read_construction(sentence, (name, *name.split()[:1])):
        told = " ".join(one.text for one in plain if one.kind is kind).casefold()
        if (text := _phrase(what)) and text.casefold() not in told:
            yield Found(kind, text, hearsay=is_hearsay(sentence))


def _told(sentence: str, name: str) -> str:
    """What the person is quoted with, told of them: "I need a van," she said."""
    names = "|".join(re.escape(one) for one in (name, *name.split()[:1]) if one)
    quoted = re.match(rf"^[\"“](?P<said>[^\"“”]+)[\"”],? (?:she|he|they|{names}) {_SAID}\b", sentence, re.IGNORECASE)
    return retell(quoted["said"]).strip(" ,") if quoted and says_i(quoted["said"]) else sentence


def _read_plain(sentence: str, name: str) -> Iterator[Found]:
    """What its verbs tell, one clause after the other."""
    if _CONDITIONAL.search(sentence) or is_asked(sentence):
        return
    doing = _USER_DID.match(re.sub(r"^i\s+", "", sentence, flags=re.IGNORECASE))
    if doing:
        yield from _read_doing(doing)
        return
    if _MINE.match(sentence):
        return
    done = _ABOUT_DONE.match(sentence)
    if done:
        yield Found(FactKind.NEED, _phrase(done.group("what")), negated=True)
        return
    over = _IS_DONE.match(sentence)
    if over:
        yield Found(FactKind.NEED, _phrase(over.group("what")), negated=True, hearsay=is_hearsay(sentence))
    sentence = _SOURCE.sub("", sentence)
    hearsay = is_hearsay(sentence)
    for clause in _clauses(sentence, name):
        found = _read_clause(clause)
        if found:
            yield found._replace(hearsay=hearsay)


def tells_of_an_end(sentence: str) -> bool:
    """Whether it says of a thing that it is settled, which tells nothing where nobody needed it."""
    return bool(_IS_DONE.match(sentence.strip()))


def is_hearsay(sentence: str) -> bool:
    return bool(_HEARSAY.search(sentence))


def _read_doing(match: re.Match[str]) -> Iterator[Found]:
    """What the user saw or heard of the person: a talk, a paper, a first meeting."""
    what = match.group("what").rstrip(" .;")
    if _TALK.search(what) or match.group("verb").lower() == "met":
        yield Found(FactKind.EVENT, _phrase(re.sub(r"^(?:her|his|their) ", "", what)))


_SPLIT = re.compile(r"\s*(?:[;—–]|,? (?:and|but|so) (?=(?:she|he|they|is|has|wants|needs|now|works|lives|runs"
                    r"|loves|plays|sings|dreams|hopes|plans|could use|could do with|is after|keeps|collects|would"
                    r"|wishes|needs|gives|teaches|takes|lends|shows|opens|begs|longs|lacks|hasn['’]t|doesn['’]t"
                    r"|no idea|not a clue)\b)|[:](?=\s)|,\s+(?=(?:she|he|they|now|wants|needs|looking|hunting|loves"
                    r"|plays"
                    r"|runs|lives|works|offered|sings|keen|would|could|needs|begs)\b))\s*")  # fmt: skip


def _clauses(sentence: str, name: str) -> Iterator[str]:
    """What is said of the person, the subject taken off. A clause with another subject ends the reading of it."""
    ours = True
    for place, part in enumerate(_SPLIT.split(sentence.strip().rstrip(".!"))):
        rest = _without_subject(part.strip(), name)
        if rest is not None:
            ours = True
            yield rest
        elif _has_elided_subject(part.strip()) and ours:
            yield part.strip()
        else:
            ours = not _has_subject(part.strip(), first=place == 0) and not _is_of_another(part.strip())


# Before the subject, saying only when.
_LEAD = (
    r"(?:(?:now|still|also|currently|lately|meanwhile|these days|at the moment|right now"
    r"|this (?:week|month|year|spring|summer|autumn|winter|season|term)"
    r"|(?:on|in|at|since|after|before|until|by|over|during|next|last|every|most|each|from|this) [^,;:]{2,40}?),? )?"
)


# What people run or belong to stands for them: "her choir needs a hall".
_OWN_GROUP = re.compile(
    r"(?:her|his|their) (?:[\w'’-]+ ){0,2}?(?:team|group|club|choir|band|library|school|company|firm|workshop|studio"
    r"|museum|clinic|theatre|charity|cooperative|co-op|association|orchestra|class|farm|bakery|shop|practice|lab"
    r"|department)(?: of [\w-]+)? (?P<rest>(?:needs?|wants?|lacks?|is|are|would|could|has|have)\b.*)",
    re.IGNORECASE,
)


def _without_subject(clause: str, name: str) -> str | None:
    """The clause after "she", "Ana", "now Ana Ferreira"; None if it does not begin so. "her brother" is not her."""
    names = "|".join(re.escape(one) for one in (name, *name.split()[:1]) if one)
    match = re.match(rf"^{_LEAD}(?:{PERSON}|{names})(?P<rest>['’](?:s|re|d|ve)\b.*|\s+.*)$", clause, re.IGNORECASE)
    if not match:
        group = _OWN_GROUP.match(clause)
        return group["rest"] if group else None
    rest = match.group("rest")
    if re.match(
        r"['’]s\s+(?:\w+\s+)?(?:brother|sister|husband|wife|mother|father|son|daughter|boss|friend|colleague"
        r"|team|partner|cousin|company|boy|girl)\b",
        rest,
    ):
        return None
    # "She's hunting" is she is; "Ana's hunting" may be hers or is: only a verb form tells.
    return re.sub(r"^['’]s(?= )", "is", re.sub(r"^['’]re(?= )", "are", rest.strip()))


_VERBS = (
    "looking hunting searching seeking needs needed need wants wanted want was after got could loves enjoys works "
    "working lives living based moved moving offered offers runs leads heads plays sings collects restores keen "
    "into obsessed studied graduated joined left now no only never prefers please not wishes hopes trying found "
    "hired sorted building writing setting planning organising knows can asked lacks lacking short missing begs "
    "longs gives shows helps opens lends takes explains reviews reads lets advises trains coaches mentors fixes "
    "repairs mends hosts shares spends loved begging ringing longing struggling struggles stuck dying can't "
    "cannot plans dreams keeps builds records carves breeds grows races rides skis teaches bakes knits paints "
    "would happy expecting grew spoke went is has does doesn't isn't still also in "
).split()


def _has_elided_subject(clause: str) -> bool:
    words = find_words(
        re.sub(r"^(?:desperately|badly|urgently|now|still|also|really) ", "", clause, flags=re.IGNORECASE)
    )
    return bool(words) and (fold(words[0].text) in _VERBS or bool(re.match(POST, clause, re.IGNORECASE)))


def _has_subject(clause: str, first: bool) -> bool:
    """Whether the clause begins with a subject of its own: a name or "her brother" followed by a verb."""
    words = [word.text for word in find_words(clause)]
    return (
        bool(words) and not first and (words[0][0].isupper() or fold(words[0]) in ("his", "her", "their", "the", "i"))
    )


_OF_ANOTHER = re.compile(
    r"(?:her|his|their|my|our|the|a|an) (?:[\w-]+ ){1,3}?(?:is|are|was|were|has|have|had|wants?|needs?|starts?|works?"
    r"|lives?|runs?|plays?|loves?|acted|said|says|can|could|will|would|got|gets|does|did)\b",
    re.IGNORECASE,
)


def _is_of_another(clause: str) -> bool:
    """Whether the clause tells of somebody else: "her daughter Rosalind is seventeen" and what follows it."""
    return bool(_OF_ANOTHER.match(clause))


_NOT_UNWELCOME = re.compile(r"would(?: not|n['’]t) say no to\b", re.IGNORECASE)
_HAS_GOT = re.compile(r"^(?:is|has|have|['’]s|['’]ve) got\b", re.IGNORECASE)  # "he's got a big team" ends no need


def _read_clause(clause: str) -> Found | None:
    met = _MET_NEED.match(clause)
    if met and not _HAS_GOT.match(clause):
        return Found(FactKind.NEED, _phrase(met.group("what")), negated=True)
    for rule in RULES:
        if rule.kind is FactKind.PREFERENCE and rule.pattern.match(clause):
            return Found(FactKind.PREFERENCE, _phrase(clause))
    denied = _NEGATED.match(clause)
    if denied and not _NOT_UNWELCOME.match(clause):
        return _read_denied(denied)
    for rule in RULES:
        match = rule.pattern.match(clause)
        if match and _phrase(match.group("what")):
            left = bool(
                re.match(
                    r"(?:has )?left\b|.*\b(?:no longer|not) (?:at|with|working)",
                    clause[: match.start("what")],
                    re.IGNORECASE,
                )
            )
            what = match.group("what")
            if rule.kind is FactKind.PLACE:
                what = re.sub(r"\s+(?:in|last|this|since|for|with|from|on)\s+.*$", "", what)
            return Found(rule.kind, _phrase(what), negated=left)
    return None


def _read_denied(match: re.Match[str]) -> Found | None:
    rest = match.group("rest")
    for form in (rest, f"is {rest}", _third_person(rest)):
        for rule in RULES:
            found = rule.pattern.match(form)
            if found and rule.kind is not FactKind.PREFERENCE:
                return Found(rule.kind, _phrase(found.group("what")), negated=True)
    bare = re.match(r"^(?:want|need|look for)\s+(?P<what>\S.*)$", rest, re.IGNORECASE)
    if bare:
        return Found(FactKind.NEED, _phrase(bare.group("what")), negated=True)
    at = re.match(r"^(?:at|with)\s+(?P<what>[A-Z].*)$", rest)
    return Found(FactKind.EMPLOYER, _phrase(at.group("what")), negated=True) if at else None


def _third_person(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{first}s {rest}"


_TAIL = re.compile(
    r"\s*(?:[,;(—–]\s.*|\s(?:off the ground\b|up and running\b|because|since|but|although|so that|which|while|though"
    r"|until|as she|as he|as they|and (?:is|has|she|he|they|now|wants|needs|asked|said|promised|we|i|would|will|could"
    r"|can|might|hopes?|plans?|dreams?|loves?|hates?|knows|says?|thinks?|swears?|never|still|also|does|did|doesn['’]t"
    r"|isn['’]t|was|were|had|goes|gets|comes|lives|works|runs|plays|keeps|looks|asks|likes|calls))\b.*|\s#\w.*)$",
    re.IGNORECASE,
)  # fmt: skip
_MOST_WORDS = 16


def _phrase(text: str) -> str:
    """The short phrase: without what trails behind it, without full stop, tags or brackets."""
    text = strip_hidden(text)
    short = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    short = _TAIL.sub("", short).strip(" .,;:!\"'“”")
    short = re.sub(
        r"^to (?=\w)(?!(?:learn|know|understand|see|hear|find out)\b)|\s+(?:too|as well|again|these days"
        r"|at the moment|right now|now|lately)$",
        "",
        short,
    )
    short = re.sub(r"^(?=(?:how|where|whom?|which|what) to )", "to know ", short)
    words = short.split()
    return " ".join(words[:_MOST_WORDS])
