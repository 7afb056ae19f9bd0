"""The rules by which a clause about somebody is read: what its verb says that they need, offer, do, are or love.

Each rule stands for a verb phrase that follows the subject; the first that fits reads the clause. It must never fit a
clause that is denied: a denial is read before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.domain import FactKind


class Rule(NamedTuple):
    """A verb phrase that tells of a fact of this kind; group `what` of the pattern is its phrase."""

    kind: FactKind
    pattern: re.Pattern[str]


PERSON = r"(?:she|he|they)"
_ADVERB = (
    r"(?:also |now |still |currently |really |always |just |actually |desperately |urgently |recently |apparently )*"
)


def _rule(kind: FactKind, verbs: str) -> Rule:
    """A rule whose verbs follow the subject; group `what` is the phrase."""
    return Rule(kind, re.compile(rf"^{_ADVERB}(?:{verbs})(?:\s+|(?<=\s)|^)(?P<what>\S.*)$", re.IGNORECASE))


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
    r"|prototyping|creating|carving|adapting|choreographing|excavating|publishing|assembling|inventing"
    r"|putting together"
)

_CALLING = (
    r"(?:\w+(?:er|or|ist|ian|ect|ant|ent|ress|wife|head|tor|ary)|director|head|chair|lead|founder|doctor|nurse"
    r"|professor|teacher)"
)
# A post without a verb: "Harbour master at Quay Trust now".
POST = (
    rf"(?:[\w-]+ ){{0,3}}?{_CALLING} (?:of [\w ]+ )?(?:at|with|for) (?:the )?(?-i:[A-Z])[^,]* (?:now"
    rf"|these days)(?:,|$)"
)

# Ways to look for a thing, before "for".
_SEEKING = (
    r"(?:looking|hunting|searching|on the lookout|on the hunt|casting about|ringing|asking|shopping|scouting|begging"
    r"|longing|crying out|fishing|angling|advertising|desperate|eager|pining|in the market)"
    r"(?: out| about| around| round| all over| everywhere| everybody| high and low| for (?:weeks|months|ages"
    r"|years))* for"
)
_WOULD = r"(?:would|['’]d) "
# What begins a thing one may be given, and no wish about somebody.
_SOME_THING = (
    r"(?:an?|some|some(?:one|body|where)|any(?:one|body)|another|one|two|three|four|five|six|ten|help|advice|more|new"
    r"|old|decent|good|proper|cheap|used|second-hand|spare)\b"
)
# What one wants of life, which nobody is introduced for.
OF_LIFE = (
    r"(?:(?:breath|luck|love|words|patience|sleep|time|faith|(?:no|any|some|every)body['’]s|a god)\b|(?:an?|some|more"
    r"|another) (?:[\w-]+ )?(?:word|chat|break|rest|holidays?|change|bab(?:y|ies)|child(?:ren)?|dog|divorce|drink"
    r"|coffee|tea|quiet|peace|life|time|sleep|money|week|day|rise|raise|answer|reply|decision|meeting|call|copy|say"
    r"|slap|miracle)\b)"
)
_HOPING = (
    r"(?:wants|hopes|wishes|needs|means|plans|intends|aims|longs|would (?:dearly )?(?:like|love)"
    r"|['’]d (?:dearly )?(?:like|love)|is (?:hoping|keen|eager|itching|dying|trying|desperate|longing|looking"
    r"|planning)|are (?:hoping|keen|trying|looking)|has (?:long|always) wanted|has been meaning)"
)
# Deeds that are done for somebody else, and those of them that may be shown or told to anybody.
_GIVING = (
    r"(?:lend|host|teach|review|help|share|introduce|read|show|advise|translate|proofread|mentor|record|check|explain"
    r"|walk|drive|carry|draw|map|fix|repair|mend|train|coach|supply|print|put up)"
)

# What follows the subject. The order matters: the first rule that fits reads the clause.
RULES = (
    _rule(FactKind.PROJECT, r"(?:is |are |['’]s |['’]re )?trying to get(?= .{3,60} (?:off the ground"
                            r"|up and running|going"
                            r"|under way)\b)"),
    _rule(FactKind.NEED, rf"{_BE}(?:still )?{_SEEKING}|(?:begs|longs|pines) for"
                         rf"|(?:dreams|is dreaming|['’]s dreaming) of(?= (?!{OF_LIFE})(?:an?|some|somebody"
                         rf"|someone) )"),
    _rule(FactKind.NEED, rf"{_WOULD}(?:dearly |also |really )?(?:love|like|welcome|appreciate|be (?:glad|grateful"
                         r"|thankful) (?:of|for)|give (?:a lot|anything|her (?:right|left) arm|his (?:right"
                         rf"|left) arm) for|kill for|die for|jump at)(?= (?!{OF_LIFE})(?:{_SOME_THING}"
                         r"|[a-z-]+s (?:who|that|to|for|with) ))"),
    _rule(FactKind.NEED, r"wishes (?:(?:she|he|they) (?:could (?:find|get(?: hold of)?|borrow|hire|meet)|had|knew)"
                         rf"|there (?:was|were)) (?={_SOME_THING})"),
    _rule(FactKind.NEED, rf"{_HOPING} to (?:find|meet|hire|get hold of|borrow|rent|buy|source|recruit|track down"
                         rf"|take on"
                         rf"|lay (?:her |his |their )?hands on|talk to|speak to|sit with|hear from|learn from)"
                         rf"(?= (?!(?:me|us|him|her|them|you|it|that)\b))"),
    _rule(FactKind.NEED, rf"{_HOPING}(?= to (?:learn|know|understand|find out|see how|hear how) (?!(?:me|us|that)\b"
                         r"|.*\bthe(?:m|y|ir)\b)\w)"),
    _rule(FactKind.NEED, r"(?:(?:has|is|['’]s got) |)(?:no idea|not a clue|no clue)(?= (?:how|where|whom?|what"
                         r"|which) to )|(?:has(?:n['’]t| not)|have(?:n['’]t| not)) (?:got )?(?:a clue|the faintest"
                         r"|any idea)(?= (?:how|where|whom?|what|which) to )|(?:does(?:n['’]t| not)|do(?:n['’]t"
                         r"| not)) know(?= (?:how|where|whom?|what|which) to )"),
    _rule(FactKind.NEED, r"can(?:['’]?t|not) make (?:head (?:n?or|or) tail|sense) of"),
    _rule(FactKind.NEED, rf"{_BE}in (?:search|need) of|{_BE}trying to find|{_BE}seeking|seeks|needs?|(?:is|was"
                         r"|are|were) after|(?:has|have) been after|(?:['’]s|['’]re) after|could (?:really )?(?:use"
                         rf"|do with)|{_BE}short(?: (?:of|on)(?! {OF_LIFE})|(?= (?:an?|one|two|three|four|some)\b))"
                         rf"|{_BE}crying out for|{_BE}lacking|(?:would welcome|(?:would|['’]d) be glad of)(?= (?:an?"
                         rf"|some|help)\b)|would(?: not|n['’]t) say no to|{_BE}trying to (?:get|borrow|hire|rent|buy"
                         rf"|locate|source|recruit)|(?:would|['’]d) kill for|{_BE}dying for|(?:can(?:['’]?t|not)"
                         rf"|could not|couldn['’]t) find|{_BE}missing|lacks|has no|have no|(?:has|have)n['’]t got"
                         r"|(?:wants|hopes|wishes|would like|would love|is keen|needs) to (?:borrow|hire|rent|use"
                         r"|try)|asked (?:me )?(?:for|if I (?:knew|know|had)|whether I (?:knew|know|had))"
                         rf"|{_BE}(?:struggling|stuck) (?:with|on|for)|struggles with"),
    _rule(FactKind.NEED, r"(?:would love|would like|wants?|hopes?|is hoping|are hoping|wishes) (?:to (?:find"
                         r"|meet|hire|have|get)|for)"),
    _rule(FactKind.NEED, r"(?:wants|wanted|needed)(?= (?:someone|somebody|an? (?:[\w-]+ ){1,3}(?:who|to|for|from"
                         r"|with|that)|help|advice))"),
    # What is wanted for something: "wants old looms for a class"; no wish for oneself ("wants more time for her").
    _rule(FactKind.NEED, rf"wants(?= (?!{_NO_THING})(?:[\w-]+ ){{1,5}}?(?:for|from|who|whom|that|which|willing) )"),
    _rule(FactKind.NEED, rf"wants(?= (?!{OF_LIFE})(?:(?:an?|some|two|three|four|five|six|ten"
                         rf"|another) [\w-]+(?: [\w-]+){{0,4}}"
                         rf"|(?!{_NO_THING})(?:[\w-]+ ){{0,3}}[\w-]{{4,}}s(?<!names))(?:$|[,;.]))"),
    _rule(FactKind.OFFER, r"offer(?:s|ed)(?: me)?(?= (?:to|help|her|his|their|an?|the|space|me))|(?:is|are"
                          r"|['’]s|was) (?:happy|glad|willing|ready) (?=to )"),
    _rule(FactKind.OFFER, r"(?:would|could|can) (?=(?:lend|host|teach|review|help|share|introduce|read|show"
                          r"|advise|translate|proofread|mentor|record|check)\b)"),
    _rule(FactKind.OFFER, rf"(?:(?:would|could|can|will) (?:happily |gladly |always |cheerfully )?|['’](?:d|ll)"
                          rf" (?:happily |gladly |always |cheerfully ))(?={_GIVING}\b)"
                          rf"|(?:would|will|['’]d|['’]ll) (?:happily|gladly|cheerfully)"
                          r" (?=[a-z]+ (?!(?:him|her|it|them|me|us|that|this|in|there)\b)[a-z]+)"),
    _rule(FactKind.OFFER, r"(?=gives [^,;]{3,60}? away\b|gives away \w)"),
    _rule(FactKind.OFFER, r"(?:(?:loves|likes|enjoys) (?:nothing (?:better|more) than )?|does(?: not"
                          r"|n['’]t) mind |is always up for |never says no to )(?=(?:explaining|showing|teaching"
                          r"|helping|lending|hosting|mentoring|advising|carrying|sharing|coaching|training"
                          r"|taking people|having people|putting people up)\b)"),
    # Whom it is done for is anybody, or nothing is asked for it: "opens the kitchen to anyone who wants to learn".
    _rule(FactKind.OFFER, rf"(?=(?:(?:can |will ){_GIVING}"
                          rf"|[a-z]+s)(?<!is)(?<!was)(?<!has)(?<!wants)(?<!needs)(?<!seeks)(?<!asks)(?<!hates)"
                          rf"(?<!trusts)(?<!beats)(?<!knows)(?<!says)(?<!tells)(?<!thinks) (?:[\w'’-]+ ){{0,7}}?"
                          rf"(?:any(?:one|body)|who(?:m)?ever|all comers|for (?:free|nothing)|free of charge"
                          rf"|pro bono|at cost)"
                          rf"(?=$|[ ,.;]))"),
    _rule(FactKind.OFFER, r"(?=takes (?:on |in )?(?:beginners|visitors|guests|learners|volunteers|students"
                          r"|interns|trainees"
                          r"|newcomers)\b)"),
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
    _rule(FactKind.INTEREST, r"(?:has a (?:soft spot|weakness|passion|thing) for|is never happier than when"
                             r"|(?:has )?(?:always )?loved?(?= \w+ing\b))"),
    _rule(FactKind.INTEREST, r"spends (?:most of |half |all )?(?:her|his|their|every|the|most|each|half|whole)"
                             r" (?:[\w-]+ ){0,3}?(?:days?|weekends?|evenings?|mornings?|nights?|holidays?|summers?"
                             r"|winters?|sundays?|saturdays?|fridays?|hours?|time|afternoons?)(?: off)?(?= \w+ing )"),
    _rule(FactKind.INTEREST, r"(?:has |['’]s )?(?:just |recently )?taken up (?=\w)|is learning (?=\w+\b)"),
    _rule(FactKind.INTEREST, r"(?=(?:plays|sings|collects|restores|paints|bakes|knits|keeps (?:bees|hens"
                             r"|chickens|goats|sheep|pigeons|horses|an allotment)|rows|sails|climbs|cycles|swims"
                             r"|brews|gardens|builds|carves|breeds|grows|races|rides|skis|skates|weaves|sews|draws"
                             r"|dances|fishes|hikes|surfs|dives|juggles|records|makes (?:\w+ )?(?:cheese|jam|wine"
                             r"|cider|pots|furniture|guitars|violins|bread|films|maps))\b)"),
    _rule(FactKind.PROJECT, rf"(?:is|are|['’]s|['’]re) (?:also |now |still |busy )*(?=(?:{_MAKING})\b)"),
    _rule(FactKind.PROJECT, r"(?:works|is working|['’]s working) on"),
    _rule(FactKind.ROLE, rf"(?:(?:is|['’]s|was) (?:now )?(?=(?:an?|the) (?:\w+ )?{_CALLING}\b))"
                         r"|(?:is |['’]s )?now (?=(?:head|director|chair|lead|runs|leads|heads|manages)\b)"
                         r"|works as|became"),
    _rule(FactKind.ROLE, rf"(?={POST})"),
    _rule(FactKind.ROLE, r"(?=(?:runs|leads|heads|manages|directs|chairs|founded)\b)"),
    _rule(FactKind.INTEREST, r"(?=(?:hopes|plans|intends|aims) to \w+)|(?=dreams (?:of|about) \w+ing\b)"),
    _rule(FactKind.PREFERENCE, r"(?=(?:only|never|prefers|please|hates|does not (?:read|answer|want to be)"
                               r"|doesn['’]t (?:read|answer|want to be|like)|would rather|asked (?:me )?not to"
                               r"|asks not to|not before)\b)|prefers"),
    _rule(FactKind.PERSONAL, r"(?:has|have|['’]s got) (?=(?:two|three|four|five|a|an|twin|\d) \w*\s?(?:kids?"
                             r"|children|daughters?|sons?|twins|dogs?|cats?|baby|horse)\b)|(?:is "
                             r"|['’]s )?expecting"),
)  # fmt: skip
