"""The words a message may use without evidence, and those a kind of evidence brings with it.

Data and its lookups. A word belongs to `FREE` only if no sentence made of such words alone tells the reader a fact;
what is free in the present ("I could ask her") is not free in the past ("I asked her"): see `support`.
"""

from __future__ import annotations

import re

from assistant.domain import FactKind, FavourKind
from assistant.text import fold, stem
from assistant.verbs import opens_plainly

_FREE_WORDS = """
able across advice along already answer anybody anyone anything anytime anyway around ask away back bad behalf best
better belated belatedly between bit brief briefly busy call care chat check cheers come connect convenient
conversation curious day days dear detail details directly easy enjoy enough exactly example exchange explain fair
feel fine fit follow forget forgotten forward forwarded gather glad gladly go good greetings hand happily happy hear
hello help helps hesitate hi hold honestly hope hour hurry idea ignore instead interest interested introduce
introduction kind kindly know last learn less let like line little long look lot love mail maybe mean mention message
mind minute minutes moment need nice note noted nothing obligation offer ok okay old once open opinion owe part pass
perhaps person phone plainly plenty please pleased pleasure point possible pressure problem properly proper question
questions quick quickly quiet rather read ready really reason regards remember reply right rush say see send sense
share short show simple simply sincerely small somebody someone something sometime soon sorry sort sound spare sparing
speak start stay still straight suit suits sure take talk tell thank thanks thing think thought thoughts time together
touch toward trouble try turn use useful usual view views want warm warmly way week welcome well whatever whenever
wherever whichever whoever wish wishes wonder wondering word work worth write wrong yes yours
"""

FREE = frozenset(stem(word) for word in _FREE_WORDS.split())

# Whole phrases that promise, ask or wish and state nothing; they are left out before a sentence is measured.
FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bno (?:need|pressure|hurry|rush|trouble|problem|obligation|strings|reply needed"
        r"|answer needed)\b(?: (?:to|at all))?",
        r"\b(?:do not|don't|please don't) (?:feel|hesitate|worry)\b",
        r"\b(?:you )?(?:do not|don't) (?:have|need) to (?:answer|reply|decide)\b",
        r"\bif (?:not|it is not|it's not|this is not|that is not|you would rather not|you'd rather not)\b",
        r"\bif (?:you have|you've) (?:found|sorted|got|solved|settled) (?:someone|one|it|that|her|him|them"
        r"|this|something)"
        r"(?: (?:since|already|by now|in the meantime))?\b",
        r"\bif (?:it|this|that) is (?:no longer|not) (?:of )?(?:use|useful|needed|relevant|right|interest)\b",
        r"\bi (?:will|would) (?:quite |fully |entirely )?understand\b",
        r"\bi(?:'m| am) writing (?:to|because|with)\b",
        r"\bask (?:\w+ ){0,2}(?:whether|if|what|when|how)\b[^.,;:!?]*",
        r"\b(?:good|best of) luck\b",
        r"\bas i understand it\b",
        r"\b(?:you|i) (?:finished|completed|did|took|got|have) (?:your |my |an? )?(?=(?:MSc|BSc|PhD|MA|BA|degree"
        r"|master|doctora))",
        r"\b(?:as far as|if) i (?:know|remember|recall|am not mistaken)(?: (?:rightly|correctly|well|it))?\b",
        r"\bso here is (?:mine|one|it)\b",
        r"\bcaught my (?:eye|attention)\b",
        r"\bi want nothing in return\b|\bit can wait\b|\bi can call again(?: at a better time)?\b",
        r"\bno need to call back\b|\b(?:i am )?happy to try again another day\b|\bis this a good moment\b",
        r"\b(?:lines (?:you can|are for) pass(?:ing)? on|if you are willing)\b",
        r"^\s*(?:\w[\w'’-]*, )?meet (?=[A-Z])|\bask \w+ first\b|\bpass (?:it|this) on\b",
        r"\b(?:i would like|i want|let me|i would love) (?:the two of you to meet"
        r"|(?:to )?bring the two of you together)\b",
        r"\bi leave (?:the rest|it|that) to\b|\bwrite first\b|\bnever mind\b|\bif you know it already\b",
        r"\bi would like to invite you to\b|\bhave somebody in mind\b|\b(?:whom )?you may like to meet\b",
        r"\banything (?:that )?i have (?:left out|forgotten)\b|\b(?:here is )?what i wanted to come back to\b",
        r"\bi am coming back to you\b|\bif \w+ says yes(?: too)?\b|\bi thought of you\b",
        r"\b(?:find|found|finding) (?:the |any |some )?time(?: for)?\b",
        r"\b(?:come|came) across anything(?: new)?(?: on| about)?\b",
        r"\banything new(?: on| about)?\b",
        r"\bin case\b",
        r"\b(?:if|and if) (?:that|this|it) (?:is|has been) (?:settled|sorted|solved|done|dealt with)"
        r"(?: (?:by now|already|since))?\b|\ball the better\b|\bjust ignore this\b",
        r"\bif i (?:can|could) ever return the (?:kindness|favou?r)\b|\b(?:is|was) (?:that|this|it) new to you\b",
        r"\bif i have (?:it|that|this) right\b|\bif i remember (?:rightly|correctly)\b|\bearlier this (?:month"
        r"|week|year)\b",
        r"\bi have one thing to ask\b|\bthere is one thing i would (?:like to )?ask\b|\bmuch time has gone by\b",
        r"\b(?:i would just like|i wanted) to hear how (?:you are|things are)\b|\bno need for a long answer\b",
        r"\b(?:a while|some time|a long time|long) (?:ago|now)\b(?: now)?",
        r"\bhow (?:are|is) (?:things|life|all)(?: with you| going)?\b",
        r"\bfeel free(?: to)?\b",
        r"\bi wanted (?:to say (?:so|it) properly|you to have (?:that|it) in writing)\b|\bnot only in passing\b",
        r"\bsomething i can do (?:for you|in return)\b",
        r"\b(?:this|my) (?:mail|message|note) needs no answer\b",
        r"\bgetting on(?: with)?\b",
        r"\bcoming along\b",
        r"\blately\b",
        r"\bthe two of (?:you|us)\b",
        r"\bput (?:you|them|us|the two of you)? ?in touch\b",
        r"\bnothing (?:to )?(?:expected|owed|in return)\b",
        r"\b(?:all the best|best wishes|kind regards|warm regards|with best wishes|yours sincerely|take care)\b",
        r"\bi hope (?:you are|you're|all is|this finds you) (?:well|fine)\b",
        # the plain writer's own courtesies
        r"\ba (?:plain )?no(?: from you)? is fine\b|\bthat is fine too\b|\bi want nothing in return\b",
        r"\bit is no trouble at all\b|\bi have not forgotten it\b|\bi have something that may be of use to you\b",
        r"\bi am (?:writing|coming back to you|calling)(?: to you)? (?:with a question|because of)\b"
        r"|\bnow i have a question\b"
        r"|\bwith a question\b",
        r"\bit would be good to (?:see you there|hear from you)\b|\bover to the two of you\b",
        r"\bi have wondered how things are(?: with you)?\b|\bwhenever it suits you\b|\bhow is (?:life|work)\b"
        r"|\bwhat is new in\b",
        r"\bwe were last in touch\b|\btoo much time has gone by\b|\bi wanted to hear how you are\b",
        r"\bi(?: have|['’]ve)? (?:never|not yet|hardly|not) (?:properly )?thanked you\b(?: for (?:it|that|this)\b)?"
        r"|\bi (?:do not|don['’]t) think i (?:ever|have ever) thanked you\b|\bclose to home\b|\btreating you\b",
        r"\b(?:i came across this|this may be something for you|i wanted to pass this on to you)(?=:)",
    )
)

# What a kind of evidence says besides its words: a need is something looked for, an offer something one can do.
IMPLIED: dict[FactKind | FavourKind, str] = {
    FactKind.NEED: "seek look hunt search need want find still after",
    FactKind.OFFER: "offer can know help happy glad give share",
    FactKind.ROLE: "work role job be",
    FactKind.EMPLOYER: "work employer company join at",
    FactKind.EDUCATION: "study attend graduate school student university go degree",
    FactKind.PLACE: "live base place city town be spend know move",
    FactKind.INTEREST: "interest love enjoy like keen share care taste fond fan soft spot weakness",
    FactKind.EVENT: "attend event be go there",
    FactKind.PROJECT: "work project build",
    FactKind.PREFERENCE: "prefer preference",
    FavourKind.GAVE: "give send share help",
    FavourKind.RECEIVED: "give send receive help thank",
    FavourKind.ASKED: "ask",
}

# What a field of a contact's record says besides its words.
IMPLIED_BY_FIELD = {
    "org": "work at company",
    "title": "work role job as be run lead",
    "location": "live base place city town be know",
    "how_met": "meet know",
    "heading": "",
}

MONTHS = frozenset("january february march april may june july august september october november december".split())

MEETING = re.compile(
    r"\b(?:met|meet|meeting|coffee|lunch|dinner|breakfast|tea|beer|drinks?|walk(?:ed)?|call(?:ed)?|phone(?:d)?"
    r"|video|visit(?:ed)?"
    r"|zoom|chat(?:ted)?|catch-?up|talked|spoke|sat (?:next to|beside|with)|shared a (?:table|train|taxi)"
    r"|together|stayed with"
    r"|workshop|reunion|supper|pub|swim)\b",
    re.IGNORECASE,
)

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|stopped|refus(?:es|ed)|no longer"
    r"|(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca)n['’]t)\b",
    re.IGNORECASE,
)

# Words of little weight: beside words the notes do hold they tell nothing more ("you sent *back* two pages").
_LIGHT_WORDS = """
new good big little small again ago all along another even mine ours hers theirs taste version process any anything
apart aside back become square foot feet begin behind bring carry close come common count couple
do down early end enough entire even everything face far find finish first forward further generally get go half hand
happen have hold idea include involve item join keep kind last late later least leave left less light likely little long
lot mainly make manage many matter mean middle mind moment month most mostly much near nearly next nobody nothing
number occasion once one only onto open order other otherwise over own pair part particular past people person piece
plain point presumably pretty put quite rather reach real recent recently remain rest return right round run same
second see set several share short show side since single sit some somebody somehow someone something somewhere sort
spare spend spot stand start stay step still stop stuff suppose sure take thing third through time top touch toward
trade turn twice two type under until up upon use various via wait way whole wide within without wonder word work world
year yet believe grateful thankful appreciate anyway especially exactly currently already always often usually
sometimes ever never soon today tomorrow yesterday tonight morning afternoon evening night week weekend spring summer
autumn winter season page bit say tell told mention ask hear know think suspect guess old fill print face strength
"""
LIGHT = frozenset(stem(word) for word in _LIGHT_WORDS.split())
# As the verb of a sentence only these are light: "you *took* four days"; "you *filled* the house" tells a deed.
LIGHT_VERBS = frozenset(
    """be have do get go come take make put give say tell keep start begin think know feel find hope suspect wonder
    remember
    mention write believe hear see seem need want ask gather guess mean understand become bring let look stand stay use
    turn face count hold wait happen try owe thank spend like""".split()
)


# What is handed over when one offers to send a thing: "Shall I send you the files?"
DELIVERABLES = frozenset(
    stem(word)
    for word in "file files link slides copy photo picture details measurement numbers address paper programme draft "
    "notes list recording text invitation contact".split()
)


def is_light(word: str) -> bool:
    """Whether the word tells nothing by itself beside others that the notes hold."""
    return stem(word) in LIGHT


# A verb and its particle tell together what neither tells alone.
PHRASAL = re.compile(
    r"\b(?:g(?:ive|ives|iving|ave|iven) up|l(?:et|ets|etting) go|(?:break|breaks|breaking|broke|broken|split|splits"
    r"|splitting) up"
    r"|(?:turn|turns|turned|turning) down|(?:shut|shuts|shutting|close|closes|closed|closing) down|(?:lay|lays"
    r"|laying|laid) off"
    r"|(?:fall|falls|fell|falling|fallen) out|(?:call|called|calls|calling) off|(?:pull|pulled|pulling) out"
    r"|(?:step|stepped|stepping) down|(?:take|taking|took|taken) over|(?:set|setting) up|(?:move|moved|moving) on)\b",
    re.IGNORECASE,
)


PRAISE = re.compile(
    r"\b(?:amaz\w+|impress\w+|inspir\w+|fantastic|brilliant|outstanding|excellent|incredible|exceptional"
    r"|remarkabl\w+|wonderful"
    r"|awesome|stunning|extraordinary|world-class|renowned|legendary|genius|superb|admir\w+|huge fan|big fan|congrat\w+"
    r"|the (?:very )?"
    r"(?:best|finest|greatest|leading|foremost|top)(?= [a-z])(?! (?:way|time|thing|person|to|of|wishes))"
    r"|made my (?:day|week|year)|means? (?:a lot|so much)|meant (?:a lot|so much)|moved me|touched me|stayed with me"
    r"|blew me away|opened my eyes|changed (?:how|the way|my)|(?:still|often|always) (?:smile|think (?:of|about|back))"
    r"|learn(?:ed|t) (?:so much|a lot)|(?:was|were|has been) (?:such )?a (?:great|huge|real|big|tremendous) (?:help"
    r"|pleasure|joy)"
    r"|helped me (?:a lot|so much|enormously)|keep thinking (?:of|about)|saved (?:me|us|my)|hit it off|great (?:time"
    r"|fun)"
    r"|groundbreaking|visionary|thought leader|blown away|honou?r(?:ed)?|fascinating|terrific|phenomenal|great work)\b",
    re.IGNORECASE,
)


# What nobody noted and the writer only supposes of the reader.
GUESS = re.compile(
    r"\b(?:get well|feel better|(?:a )?(?:speedy|full|quick) recovery|on the mend"
    r"|you must (?:be|have)|no doubt you|i (?:can )?imagine (?:that )?you|i(?:['’]m| am) sure (?:that )?you"
    r"|i bet you"
    r"|i suspect (?:that )?you|you (?:are|['’]re) (?:probably|surely|no doubt|bound to)|you probably|you surely"
    r"|you(?:['’]ll| will) (?:surely|certainly|definitely|love|get|win|be (?:delighted|happy|glad|amazed)))\b",
    re.IGNORECASE,
)


def without_frames(text: str) -> str:
    """The text with every phrase of `FRAMES` blanked by spaces, so that positions stay; short forms count as long."""
    long, places = _in_long_forms(text)
    bare = long
    for frame in FRAMES:
        bare = frame.sub(lambda match: " " * len(match.group()), bare)
    gone = {place for span, was, now in zip(places, long, bare, strict=True) if was != now for place in span}
    return "".join(" " if place in gone else char for place, char in enumerate(text))


_SHORT_FORM = re.compile(
    r"(?<=\w)(?P<end>n['’]t|['’](?:d|ll|m|re|ve))\b|\b(?:it|that|there|here)(?P<is>['’]s)\b", re.IGNORECASE
)
_LONG_ENDS = {"n't": " not", "'d": " would", "'ll": " will", "'m": " am", "'re": " are", "'ve": " have", "'s": " is"}


def _in_long_forms(text: str) -> tuple[str, list[range]]:
    """ "I'd" as "I would" and the like, and for each character the places in `text` it stands for."""
    said: list[str] = []
    places: list[range] = []
    last = 0
    for match in _SHORT_FORM.finditer(text):
        start, end = match.span("end") if match["end"] else match.span("is")
        long = _LONG_ENDS[text[start:end].lower().replace("’", "'")]
        said += [text[last:start], long]
        places += [*(range(at, at + 1) for at in range(last, start)), *[range(start, end)] * len(long)]
        last = end
    rest = (range(at, at + 1) for at in range(last, len(text)))
    return "".join([*said, text[last:]]), [*places, *rest]


PLAIN_OPENERS = (
    opens_plainly()
    | frozenset(fold(word) for word in _FREE_WORDS.split())
    | frozenset(
        fold(word)
        for word in (
            "a about after all also although an and any are as at because before both but by can could did do"
            " does during "
            "each even every few first for from given good had has have having her here his how however i if in"
            " instead is "
            "it its last let like many may maybe me might more most much my next no nobody not nothing now of on"
            " once one "
            "only or our out over perhaps please rather seeing shall she should since so some someone something"
            " sometimes "
            "soon still such take thank thanks that the their then there these they this those though through to"
            " together "
            "too under until up we well were what when where whether which while who why will with without would"
            " yes yet "
            "you your yours should shall looking knowing having being reading hearing writing working living coming "
            "all best kind warm regards wishes sincerely cheers dear hi hello subject offer offering idea question "
            "two three notes note help small quick short earlier later congratulations yesterday today finally"
            " meanwhile "
            "actually honestly frankly recently lately luckily unfortunately sadly hopefully again beyond besides"
            " otherwise "
            "likewise similarly speaking remembering sorry good great lovely happy glad nice true fair maybe back over "
            "between among none neither either somewhere everywhere nowhere everyone everybody anyone anybody people "
            "chapter according apart given seeing years months weeks days last this your yours being after during "
            "there's here's it's that's what's how's who's let's don't can't won't i'm you're we're they're"
        ).split()
    )
)
