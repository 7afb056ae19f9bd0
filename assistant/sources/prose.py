"""Facts in running prose, by rules: how busy people note what somebody needs, offers, does, loves.

Precise before complete: a rule fires only where the sentence's subject is the person the note is about (by name, by a
pronoun, or left out). It must never assign to the contact what is said of somebody else, or of the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.domain import FactKind
from assistant.text import find_words, fold, strip_hidden


class Found(NamedTuple):
    """A fact in a sentence: its kind, its short phrase, whether it is denied, whether it is hearsay."""

    kind: FactKind
    text: str
    negated: bool = False
    hearsay: bool = False


class _Rule(NamedTuple):
    kind: FactKind
    pattern: re.Pattern[str]


_PERSON = r"(?:she|he|they)"
_ADVERB = (
    r"(?:also |now |still |currently |really |always |just |actually |desperately |urgently |recently |apparently )*"
)


def _rule(kind: FactKind, verbs: str) -> _Rule:
    """A rule whose verbs follow the subject; group `what` is the phrase."""
    return _Rule(kind, re.compile(rf"^{_ADVERB}(?:{verbs})(?:\s+|(?<=\s)|^)(?P<what>\S.*)$", re.IGNORECASE))


_BE = r"(?:is |are |['’]s |['’]re |was |were |has been |have been |['’]s been )?"

_NO_THING = (
    r"(?:to|me|you|us|him|her|his|it|its|them|their|this|that|these|those|the|out|in|off|back|more|less|better|all"
    r"|every\w*|no\w*|any\w*|some(?:thing|where)|what|only|away|up|one)\b"
)
# Work that has something to show for it in the end.
_MAKING = (
    r"building|writing|setting up|restoring|turning|launching|organising|organizing|planning|making|running|starting"
    r"|mapping|editing|curating|developing|converting|opening|preparing|designing|(?:co|re)-?(?:writing|building"
    r"|designing|opening|printing)|arranging|auditing|surveying|cataloguing|cataloging|compiling|composing|recording"
    r"|filming|staging|directing|producing|translating|transcribing|illustrating|researching|documenting|drafting"
    r"|renovating|refurbishing|retrofitting|replacing|repairing|digiti[sz]ing|testing|pilot(?:ing)?|trialling"
    r"|prototyping|creating|carving|adapting|choreographing|excavating|publishing|assembling|inventing|putting together"
)

_CALLING = (
    r"(?:\w+(?:er|or|ist|ian|ect|ant|ent|ress|wife|head|tor|ary)|director|head|chair|lead|founder|doctor|nurse|professor"
    r"|teacher)"
)
# A post without a verb: "Harbour master at Quay Trust now".
_POST = (
    rf"(?:[\w-]+ ){{0,3}}?{_CALLING} (?:of [\w ]+ )?(?:at|with|for) (?:the )?(?-i:[A-Z])[^,]* (?:now|these days)(?:,|$)"
)

# What follows the subject. The order matters: the first rule that fits reads the clause.
_RULES = (
    _rule(FactKind.NEED, rf"{_BE}(?:still )?(?:looking|hunting|searching|on the lookout|casting about"
                         rf"|desperate|on the hunt)(?: around)? for"),
    _rule(FactKind.NEED, rf"{_BE}in (?:search|need) of|{_BE}trying to find|{_BE}seeking|seeks|needs?|(?:is|was"
                         rf"|are|were) after"
                         r"|(?:has|have) been after|(?:['’]s|['’]re) after|could (?:really )?(?:use|do with)"
                         rf"|{_BE}short(?: of| on|(?= (?:an?|one|two|three|four|some)\b))|{_BE}crying out for"
                         rf"|{_BE}lacking|(?:would welcome|(?:would|['’]d) be glad of)(?= (?:an?|some|help)\b)"
                         rf"|would(?: not|n['’]t) say no to"
                         rf"|{_BE}trying to (?:get|borrow|hire|rent|buy|locate|source|recruit)|(?:would|['’]d) kill for"
                         rf"|{_BE}dying for|(?:can(?:['’]?t|not)|could not|couldn['’]t) find|{_BE}missing|lacks"
                         rf"|has no|have no|(?:has|have)n['’]t got"
                         rf"|(?:wants|hopes|wishes|would like|would love|is keen|needs) to (?:borrow|hire|rent|use|try)"
                         rf"|asked (?:me )?(?:for|if I (?:knew|know|had)|whether I (?:knew|know|had))"
                         rf"|{_BE}(?:struggling|stuck) (?:with|on)|struggles with"),
    _rule(FactKind.NEED, r"(?:would love|would like|wants?|hopes?|is hoping|are hoping|wishes) (?:to (?:find"
                         r"|meet|hire|have|get)|for)"),
    _rule(FactKind.NEED, r"(?:wants|wanted|needed)(?= (?:someone|somebody|an? (?:[\w-]+ ){1,3}(?:who|to|for|from"
                         r"|with|that)|help|advice))"),
    # What is wanted for something: "wants old looms for a class"; no wish for oneself ("wants more time for her").
    _rule(FactKind.NEED, rf"wants(?= (?!{_NO_THING})(?:[\w-]+ ){{1,5}}?(?:for|from) )"),
    _rule(FactKind.OFFER, r"offer(?:s|ed)(?: me)?(?= (?:to|help|her|his|their|an?|the|space|me))|(?:is|are"
                          r"|['’]s|was) (?:happy|glad|willing|ready) (?=to )"),
    _rule(FactKind.OFFER, r"(?:would|could|can) (?=(?:lend|host|teach|review|help|share|introduce|read|show"
                          r"|advise|translate|proofread|mentor|record|check)\b)"),
    _rule(FactKind.OFFER, r"knows (?=(?:an?|some|several|people|everyone|everybody|all the)\b)"),
    _rule(FactKind.EMPLOYER, r"(?:works|working|is working|worked|has worked|is employed|started|has started"
                             r"|has just started) (?:at|for|with)|(?:has )?joined"),
    _rule(FactKind.EMPLOYER, r"(?:is|are|['’]s) (?:now )?(?:no longer|not) (?:at|with|working (?:at|for))"
                             r"|(?:has )?left"),
    _rule(FactKind.EMPLOYER, r"(?:is|are|['’]s)?\s*(?:now|back) (?:at|with)"),
    _rule(FactKind.EDUCATION, r"(?:studied|studies|is studying|graduated|did (?:her|his|their) (?:phd|degree"
                              r"|master['’]?s?))(?: in| at| from)?|went to(?= (?:the )?(?:university|uni"
                              r"|school|college|southampton)\b)"),
    _rule(FactKind.PLACE, r"(?:lives|living|is living|based|is based|['’]s based|settled|is) (?:in|near"
                          r"|outside)(?= (?:the )?[A-Z])|(?:has |have |['’]s )?(?:just )?(?:moved|moving"
                          r"|is moving|relocated) (?:back )?to(?= (?:the )?[A-Z])|grew up (?:in|near)"
                          r"|comes from|is from"),
    _rule(FactKind.EVENT, r"(?:spoke|spoken|gave a talk|presented|is speaking|will speak|was|went|exhibited"
                          r"|performed) (?:at|to)(?= (?:the |a )?[A-Z])"),
    _rule(FactKind.INTEREST, r"(?:loves|adores|enjoys|is (?:very |quite |really )?(?:into|keen on|fond of"
                             r"|mad about|crazy about|obsessed with|passionate about|interested in)"
                             r"|(?:['’]s )(?:into|keen on|mad about|obsessed with))"),
    _rule(FactKind.INTEREST, r"(?:has |['’]s )?(?:just |recently )?taken up (?=\w)|is learning (?=\w+\b)"),
    _rule(FactKind.INTEREST, r"(?=(?:plays|sings|collects|restores|paints|bakes|knits|keeps (?:bees|hens"
                             r"|chickens|goats|sheep|pigeons"
                             r"|horses|an allotment)|rows|sails|climbs|cycles|swims|brews|gardens|builds|carves"
                             r"|breeds|grows"
                             r"|races|rides|skis|skates|weaves|sews|draws|dances|fishes|hikes|surfs|dives|juggles|records"
                             r"|makes (?:\w+ )?(?:cheese|jam|wine|cider|pots|furniture|guitars|violins|bread"
                             r"|films|maps))\b)"),
    _rule(FactKind.PROJECT, rf"(?:is|are|['’]s|['’]re) (?:also |now |still |busy )*(?=(?:{_MAKING})\b)"),
    _rule(FactKind.PROJECT, r"(?:works|is working|['’]s working) on"),
    _rule(FactKind.ROLE, rf"(?:(?:is|['’]s|was) (?:now )?(?=(?:an?|the) (?:\w+ )?{_CALLING}\b))"
                         r"|(?:is |['’]s )?now (?=(?:head|director|chair|lead|runs|leads|heads|manages)\b)"
                         r"|works as|became"),
    _rule(FactKind.ROLE, rf"(?={_POST})"),
    _rule(FactKind.ROLE, r"(?=(?:runs|leads|heads|manages|directs|chairs|founded)\b)"),
    _rule(FactKind.INTEREST, r"(?=(?:hopes|plans|intends|aims) to \w+)|(?=dreams (?:of|about) \w+ing\b)"),
    _rule(FactKind.PREFERENCE, r"(?=(?:only|never|prefers|please|hates|does not (?:read|answer|want to be)"
                               r"|doesn['’]t (?:read|answer|want to be|like)|would rather|asked (?:me )?not to"
                               r"|asks not to|not before)\b)|prefers"),
    _rule(FactKind.PERSONAL, r"(?:has|have|['’]s got) (?=(?:two|three|four|five|a|an|twin|\d) \w*\s?(?:kids?"
                             r"|children|daughters?|sons?|twins|dogs?|cats?|baby|horse)\b)|(?:is "
                             r"|['’]s )?expecting"),
)  # fmt: skip

_NEGATED = re.compile(
    r"^(?P<adverb>(?:also |now |really )*)(?:(?:does|do|did|is|are|was|has|have|would|will|can|could)(?:\s+not"
    r"|n['’]t)|no longer|never|cannot|"
    r"(?:is|are|['’]s) no longer)\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_MET_NEED = re.compile(
    r"^(?:has |have |is |are |['’]s |['’]ve )?(?:now |already |finally |just )*(?:found|got|hired|sorted|solved"
    r"|settled on"
    r"|signed|bought|taken on)\s+(?:(?:her|him|them)sel(?:f|ves) )?(?P<what>(?:her|his|their|an?|the|someone"
    r"|somebody|one|it)\b.*)$",
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
    r"\b(?:says? (?:that )?(?:she|he|they)|apparently|rumou?r\w*|not sure|supposedly|allegedly|i (?:heard|hear"
    r"|think|believe|guess)|might|(?-i:may)|maybe|perhaps|it seems|seems to|probably|possibly|someone said"
    r"|word is)\b",
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
_TALK = re.compile(
    r"\b(?:talk|lecture|keynote|paper|article|book|panel|exhibition|concert|show|reading|interview|film|workshop)\b",
    re.IGNORECASE,
)


# "Her page says she's looking for a room": what somebody says of themselves in public is no hearsay.
_SOURCE = re.compile(
    r"^(?:according to (?:the|her|his|their) [\w'’ -]{2,40}?,? "
    r"|(?:in|on) (?:the|her|his|their|an?) [\w'’ -]{2,40}?,? (?:she|he|they) (?:also )?(?:says?|said|writes?"
    r"|wrote|explains?) (?:that )?"
    r"|(?:the|her|his|their|its) (?:[\w'’-]+ )?(?:page|website|site|report|programme|program|bio|profile|article"
    r"|newsletter|interview"
    r"|slides|post|blog|call|announcement|leaflet|advert|ad) (?:also )?(?:says?|said|tells?|mentions?"
    r"|adds?) (?:us )?(?:that )?)"
    r"(?=(?:she|he|they)\b)",
    re.IGNORECASE,
)


def read_sentence(sentence: str, name: str) -> Iterator[Found]:
    """The facts one sentence tells of the person called `name`."""
    if _CONDITIONAL.search(sentence.strip()):
        return
    doing = _USER_DID.match(re.sub(r"^i\s+", "", sentence.strip(), flags=re.IGNORECASE))
    if doing:
        yield from _read_doing(doing)
        return
    if _MINE.match(sentence.strip()):
        return
    done = _ABOUT_DONE.match(sentence.strip())
    if done:
        yield Found(FactKind.NEED, _phrase(done.group("what")), negated=True)
        return
    over = _IS_DONE.match(sentence.strip())
    if over:
        yield Found(FactKind.NEED, _phrase(over.group("what")), negated=True, hearsay=is_hearsay(sentence))
    sentence = _SOURCE.sub("", sentence.strip())
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
                    r"|loves|plays|sings|dreams|hopes|plans|could use|could do with|is after|keeps|collects)\b)"
                    r"|[:](?=\s)|,\s+(?=(?:she|he|they|now|wants|needs|looking|hunting|loves|plays"
                    r"|runs|lives|works|offered|sings|keen)\b))\s*")  # fmt: skip


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
    r"|this (?:week|month|year|spring|summer|autumn|winter|season|term)),? )?"
)


def _without_subject(clause: str, name: str) -> str | None:
    """The clause after "she", "Ana", "now Ana Ferreira"; None if it does not begin so. "her brother" is not her."""
    names = "|".join(re.escape(one) for one in (name, *name.split()[:1]) if one)
    match = re.match(rf"^{_LEAD}(?:{_PERSON}|{names})(?P<rest>['’](?:s|re|d|ve)\b.*|\s+.*)$", clause, re.IGNORECASE)
    if not match:
        return None
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
    "looking hunting searching seeking needs needed need wants wanted want was after got could loves enjoys "
    "works working lives living based "
    "moved moving offered "
    "offers runs leads heads plays sings collects restores keen into obsessed studied graduated joined left "
    "now no only never "
    "prefers please not wishes hopes trying found got hired sorted building writing setting planning "
    "organising knows can could "
    "trying asked lacks lacking short missing struggling struggles stuck dying can't cannot hopes plans dreams keeps "
    "builds records carves breeds grows races rides skis teaches bakes knits paints "
    "would happy expecting grew spoke went is has does doesn't isn't still also in"
).split()


def _has_elided_subject(clause: str) -> bool:
    words = find_words(clause)
    return bool(words) and (fold(words[0].text) in _VERBS or bool(re.match(_POST, clause, re.IGNORECASE)))


def _has_subject(clause: str, first: bool) -> bool:
    """Whether the clause begins with a subject of its own: a name or "her brother" followed by a verb."""
    words = [word.text for word in find_words(clause)]
    return (
        bool(words) and not first and (words[0][0].isupper() or fold(words[0]) in ("his", "her", "their", "the", "i"))
    )


_OF_ANOTHER = re.compile(
    r"(?:her|his|their|my|our|the|a|an) (?:[\w-]+ ){1,3}?(?:is|are|was|were|has|have|had|wants?|needs?|starts?"
    r"|works?|lives?|runs?"
    r"|plays?|loves?|acted|said|says|can|could|will|would|got|gets|does|did)\b",
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
    for rule in _RULES:
        if rule.kind is FactKind.PREFERENCE and rule.pattern.match(clause):
            return Found(FactKind.PREFERENCE, _phrase(clause))
    denied = _NEGATED.match(clause)
    if denied and not _NOT_UNWELCOME.match(clause):
        return _read_denied(denied)
    for rule in _RULES:
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
        for rule in _RULES:
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
    r"\s*(?:[,;(—–]\s.*|\s(?:because|since|but|although|so that|which|while|though|until|as she|as he|as they"
    r"|and (?:is|has|she|he|they|now|wants|needs|asked|said|promised|we|i|would|will|could|can|might|hopes?"
    r"|plans?|dreams?"
    r"|loves?|hates?|knows|says?|thinks?|swears?|never|still|also|does|did|doesn['’]t|isn['’]t|was|were|had|goes|gets|comes"
    r"|lives|works|runs|plays|keeps|looks|asks|likes|calls))\b.*|\s#\w.*)$",
    re.IGNORECASE,
)  # fmt: skip
_MOST_WORDS = 16


def _phrase(text: str) -> str:
    """The short phrase: without what trails behind it, without full stop, tags or brackets."""
    text = strip_hidden(text)
    short = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    short = _TAIL.sub("", short).strip(" .,;:!\"'“”")
    short = re.sub(r"^to (?=\w)|\s+(?:too|as well|again|these days|at the moment|right now|now|lately)$", "", short)
    words = short.split()
    return " ".join(words[:_MOST_WORDS])
