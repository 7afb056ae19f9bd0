"""The words a message may use without evidence, and the words that mean the same.

Data and its lookups. A word belongs to `FREE` only if no sentence made of such words alone tells the reader a fact;
what is free in the present ("I could ask her") is not free in the past ("I asked her"): see `support`.
"""

from __future__ import annotations

import re

from assistant.domain import FactKind, FavourKind
from assistant.text import fold, stem

_FREE_WORDS = """
able across advice along already answer anybody anyone anything anytime anyway around ask away back bad behalf
best better between bit brief briefly busy call care chat check cheers come connect convenient conversation
curious day days dear detail details directly easy enjoy enough exactly example exchange explain fair feel fine
fit follow forget forgotten forward forwarded gather glad gladly go good greetings hand happily happy hear hello
help helps hesitate hi hold honestly hope hour hurry idea ignore instead interest interested introduce introduction
kind kindly know last learn less let like line little long look lot love mail maybe mean mention message mind minute
minutes moment need nice note noted nothing obligation offer ok okay old once open opinion owe part pass perhaps
person phone plainly please pleased pleasure point possible pressure problem question questions quick quickly
quiet rather read ready really reason regards remember reply right rush say see send sense share short show
simple simply sincerely small somebody someone something sometime soon sorry sort sound spare sparing speak
start stay still straight suit suits sure take talk tell thank thanks thing think thought thoughts time together touch
toward trouble try turn use useful usual view views want warm warmly way week welcome well whatever whenever
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
        r"\b(?:i came across this|this may be something for you|i wanted to pass this on to you)(?=:)",
    )
)

# One line a meaning: the forms of each word are one by stem already.
_SAME_MEANING = """
seek look hunt search find need want after require
speak language speaking tongue
talk lecture speech keynote presentation
chat conversation
paper article study publication essay
company firm business employer organisation organization
child kid daughter? son?
run lead head manage direct
founder founded founding
move relocate
begin start launch found set-up
build make create develop construct
mail email e-mail
help assist support aid
lend loan borrow
teach lesson tutor instruct
buy purchase
photo photograph picture
film movie
job position post role
doctor physician
lawyer solicitor attorney
fix repair mend restore
big large
town city
house home
sing choir singing chorus
swim swimming
cook cooking
bread baking bake baker sourdough?
garden gardening
university college
study student graduate degree
teach teacher
write writer author
research researcher
science scientist scientific
music musician musical
engineer engineering
review read comment proofread
data dataset
know acquaint acquaintance contact
live base based reside
visit visitor
both share common
grant funding fund
application proposal bid
introduce introduction connect
free spare
office desk? studio?
join joined
leave left quit
marry married wedding
flat apartment
work job
radio wireless
event conference meetup gathering
hour minute
love enjoy keen interest like fond
give offer
advise advice adviser advisor
translate translation translator
design designer
photograph photographer
record recording
paint painter painting
farm farmer farming
brew brewer brewery
"""

CONCEPTS: dict[str, set[str]] = {}
for _number, _line in enumerate(_SAME_MEANING.strip().splitlines()):
    for _word in _line.split():
        if not _word.endswith("?"):
            CONCEPTS.setdefault(stem(_word), set()).add(f"={_number}")

# What a kind of evidence says besides its words: a need is something looked for, an offer something one can do.
IMPLIED: dict[FactKind | FavourKind, str] = {
    FactKind.NEED: "seek look hunt search need want find still after",
    FactKind.OFFER: "offer can know help happy glad give share",
    FactKind.ROLE: "work role job be",
    FactKind.EMPLOYER: "work employer company join at",
    FactKind.EDUCATION: "study attend graduate school student university go degree",
    FactKind.PLACE: "live base place city town be spend know move",
    FactKind.INTEREST: "interest love enjoy like keen share care",
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
    r"\b(?:you must (?:be|have)|no doubt you|i (?:can )?imagine (?:that )?you|i(?:['’]m| am) sure (?:that )?you"
    r"|i bet you"
    r"|i suspect (?:that )?you|you (?:are|['’]re) (?:probably|surely|no doubt|bound to)|you probably|you surely"
    r"|you(?:['’]ll| will) (?:surely|certainly|definitely|love|get|win|be (?:delighted|happy|glad|amazed)))\b",
    re.IGNORECASE,
)


def meanings(word: str) -> frozenset[str]:
    """The word's stem and the groups of `_SAME_MEANING` it stands in."""
    key = stem(word)
    return frozenset({key, *CONCEPTS.get(key, ())})


def without_frames(text: str) -> str:
    """The text with every phrase of `FRAMES` blanked by spaces, so that positions stay."""
    for frame in FRAMES:
        text = frame.sub(lambda match: " " * len(match.group()), text)
    return text


PLAIN_OPENERS = frozenset(fold(word) for word in _FREE_WORDS.split()) | frozenset(
    fold(word)
    for word in (
        "a about after all also although an and any are as at because before both but by can could did do does during "
        "each even every few first for from given good had has have having her here his how however i if in instead is "
        "it its last let like many may maybe me might more most much my next no nobody not nothing now of on once one "
        "only or our out over perhaps please rather seeing shall she should since so some someone something sometimes "
        "soon still such take thank thanks that the their then there these they this those though through to together "
        "too under until up we well were what when where whether which while who why will with without would yes yet "
        "you your yours should shall looking knowing having being reading hearing writing working living coming "
        "all best kind warm regards wishes sincerely cheers dear hi hello subject offer offering idea question "
        "two three notes note help small quick short"
    ).split()
)
