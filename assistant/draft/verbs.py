"""English verbs as notes use them: which word is one, in which form, and the form a sentence needs.

A word list and small rules. It must never decide what a phrase means: only what shape it has.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.text import find_words, fold

_BASES = frozenset(
    """accept act adapt add admire advise agree aim analyse answer apply appoint appreciate arrange arrive ask assemble
    assess attend back bake balance be become begin blend blog book borrow breed brew bring build burn buy
    calculate call campaign care carry carve cast catch celebrate chair change check choose clean climb close
    coach code collect combine come commission compare compile complete compose conduct confirm connect consult
    contribute convert convince cook coordinate copy count cover craft create cross cultivate curate cut cycle
    dance deal decide deliver demonstrate deploy design develop direct discuss dive do document donate draft
    draw dream dress drive earn edit employ encourage engage engineer enjoy escape establish evaluate examine
    exchange exhibit expand experiment explain explore extend face facilitate farm feed ferment fetch film find
    finish fish fit fix fly follow forage found fund garden gather get give go grow guide handle harvest have
    head hear help hike hire hold hope host hunt illustrate improve install interview introduce invent invest
    invite join judge juggle keep knit know launch lay lead learn leave lecture lend listen live log look love
    make manage map mark measure meet mend mentor mill mix model monitor mount move narrow need negotiate offer
    open operate order organise organize own pack paint pass pay perform photograph pick pilot pitch plan plant
    play point practise practice prefer prepare present preserve press print process produce programme program
    promote proofread propose protect prove provide publish pull pursue push put race raise reach read rebuild
    receive recommend record recruit redesign reduce rehearse remember renovate rent repair replace report
    represent research restore retire return review revise revive ride ring roast row run sail say scan score
    screen search see sell send serve set settle sew shape share ship shoot show sign sing sit skate sketch ski
    sleep solve sort source speak specialise specialize spend split sponsor spot spread stage start stay stitch
    stop store struggle study submit suggest supervise supply support surf survey swim switch take talk teach
    tell test thank think throw tour trace track train transcribe translate travel treat try tune turn tutor
    understand update use value visit volunteer wait walk want warn wash watch wear weave weld win wish work
    worry write""".split()
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in """began:begin begun:begin bought:buy bred:breed brought:bring built:build came:come caught:catch
    chose:choose chosen:choose cut:cut dealt:deal did:do done:do drew:draw drawn:draw drove:drive driven:drive fed:feed
    found:find flew:fly gave:give given:give went:go gone:go grew:grow grown:grow got:get had:have held:hold
    kept:keep knew:know known:know laid:lay led:lead left:leave lent:lend made:make meant:mean met:meet paid:pay
    put:put ran:run read:read rebuilt:rebuild rode:ride ridden:ride said:say sang:sing sung:sing sat:sit
    sent:send set:set sewn:sew shot:shoot showed:show shown:show slept:sleep sold:sell spent:spend spoke:speak
    spoken:speak split:split spread:spread stood:stand swam:swim swum:swim took:take taken:take taught:teach
    thought:think threw:throw told:tell understood:understand was:be were:be been:be woke:wake heard:hear
    saw:see seen:see sought:seek felt:feel lost:lose hid:hide wore:wear wove:weave woven:weave won:win
    wrote:write written:write rang:ring lit:light let:let""".split()
)
_DOUBLING = frozenset(
    """begin blog chat cut dig drop fit get hit hug jog knit let log map mop net pat plan plot program put quit rig rip
    row? run set ship shop sit skip spin split spot step stop swim tip travel? trim win wrap""".replace(
        "?", "_"
    ).split()
)
# Verbs that tell what one is or has, not what one does: "know a notary", never "can know a notary".
STATIVE = frozenset("be have know own run keep speak live work need want".split())
# As often a thing as a deed; what follows tells which.
_ALSO_NOUNS = frozenset(
    """answer back book care change check cover cut design draft draw drive exchange farm film fish fund garden guide
    hand help host interview judge lead lecture log look map mark measure model need offer order paint pass
    pitch plan plant play point practice present press print process programme program race record report
    research return review ride ring row sail scan score screen search share ship show sketch source stage start
    stay stop store study supply support survey switch talk test thank tour track train trace treat turn use
    value visit volunteer wait walk watch wish work""".split()
)
_AFTER_NOUN = frozenset("of for with on about from at in between by to into over under near".split())
_MODALS = frozenset("can could would will may might".split())
_OPEN = frozenset(
    """a an the my our your her his their its this that these those some any every each all both one two three four
    five six seven eight nine ten several many more most me us you him them it people someone somebody""".split()
)
_PARTICLES = frozenset("up out off down over back on for with to in at from into after through around about".split())


class Shape(StrEnum):
    """What a phrase of a note is, as far as its grammar goes."""

    NOUN = "noun"  # a notary in Lisbon
    GERUND = "gerund"  # teaching chess to beginners
    INFINITIVE = "infinitive"  # to find a school
    MODAL = "modal"  # can lend a projector
    BARE = "bare"  # review grant applications
    FINITE = "finite"  # runs the sailing school
    PAST = "past"  # gave a talk in Brest
    CLAUSE = "clause"  # volunteers photograph tide marks


@lru_cache(maxsize=20_000)
def base_of(word: str) -> tuple[str, str]:
    """The verb a word is a form of, and the form: `base`, `s`, `past` or `ing`; two empty strings for no verb."""
    word = fold(word)
    if word in _IRREGULAR and word not in _BASES:
        return _IRREGULAR[word], "past"
    if word in _BASES:
        return word, "base"
    for ending, form in (("ing", "ing"), ("ed", "past"), ("s", "s")):
        if word.endswith(ending):
            base = next((one for one in _stripped(word, ending) if one in _BASES), "")
            if base:
                return base, form
    return "", ""


def _stripped(word: str, ending: str) -> tuple[str, ...]:
    root = word.removesuffix(ending)
    if ending == "s":
        return (root, root.removesuffix("e"), f"{root.removesuffix('ie')}y")
    undoubled = root[:-1] if len(root) > 2 and root[-1] == root[-2] else root
    return (root, f"{root}e", undoubled, f"{root.removesuffix('i')}y")


def gerund_of(word: str) -> str:
    """ "gave" -> "giving", "cut" -> "cutting", "studied" -> "studying"; empty for what is no verb."""
    base, _ = base_of(word)
    if not base:
        return ""
    if base in _DOUBLING:
        return f"{base}{base[-1]}ing"
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}ing"


def shape_of(phrase: str) -> Shape:
    """The shape of a phrase. A word that is as often a thing as a deed is a deed where an object follows it."""
    words = [fold(word.text) for word in find_words(phrase)]
    if not words:
        return Shape.NOUN
    first, second = words[0], words[1] if len(words) > 1 else ""
    base, form = base_of(first)
    if first == "to" and second:
        return Shape.INFINITIVE
    if first in _MODALS:
        return Shape.MODAL
    if form == "ing":
        if first in _THINGS and (not second or second in _AFTER_NOUN or second in ("and", "or", "is", "that", "near")):
            return Shape.NOUN
        is_deed = not second or second in _OPEN | _PARTICLES or second.endswith("ly") or base not in _NOUN_MAKERS
        return Shape.GERUND if is_deed else Shape.NOUN
    if form == "base" and _is_deed(first, second):
        return Shape.BARE
    if form == "past" and (second in _OPEN | _PARTICLES or not _PAST_BEFORE_NOUN.match(phrase)):
        return Shape.PAST
    if form == "s" and _is_deed_of_another(first, second):
        return Shape.FINITE
    return Shape.CLAUSE if _has_verb(words) else Shape.NOUN


# "Reading rooms", "working group": the -ing word belongs to the noun behind it.
_NOUN_MAKERS = frozenset(
    """act build cook dance dive drink fish live meet print read rehearse run sail sew sing sit swim train wait walk
    work write""".split()
)
# "Funding for village halls" is a thing, not a deed.
_THINGS = frozenset(
    """funding housing training building meeting recording painting evening wedding opening clothing lighting heating
    parking drawing hearing gathering crossing landing lodging banking planning marketing engineering ceiling
    morning setting spring string thing something anything nothing everything being standing outing screening
    sitting listing offering posting rating saving savings beginning ending briefing blessing christening
    covering filing fitting mooring moorings rigging scaffolding shipping shopping catering counselling backing
    bedding booking flooring grading icing lining plumbing seating signing spelling staging wiring""".split()
)
_PAST_BEFORE_NOUN = re.compile(r"\w+ed (?:[a-z-]+ )?[a-z-]+(?:$| (?:for|of|in|at|on|with)\b)", re.IGNORECASE)


def _is_deed_of_another(first: str, second: str) -> bool:
    """ "runs a school", "works with clay"; but not "plans for a hall"."""
    if second in _OPEN:
        return True
    if second in ("up", "down", "out", "around", "through", "across"):
        return True
    if first == "works":
        return second in ("as", "at", "for", "in", "on", "with")
    return base_of(first)[0] not in _ALSO_NOUNS


# A thing far more often than a deed: a deed only where "the", "my" or the like follows.
_MOSTLY_NOUNS = frozenset("back book care farm film fish fund garden guide interview map programme ship tour".split())


def _is_deed(first: str, second: str) -> bool:
    if second in _OPEN:
        return True
    if not second or first in _MOSTLY_NOUNS:
        return first not in _ALSO_NOUNS | _MOSTLY_NOUNS
    return first not in _ALSO_NOUNS or second not in _AFTER_NOUN


def _has_verb(words: list[str]) -> bool:
    """Whether a subject of one to three words is followed by its verb: "pupils log water levels"."""
    if words[0] in ("someone", "somebody", "people", "who", "what", "how", "where"):
        return False
    for place in range(1, min(4, len(words) - 1)):
        if words[place] in _AFTER_NOUN or words[place] in ("who", "that", "which", "and", "or"):
            return False
        base, form = base_of(words[place])
        plural = words[place - 1].endswith("s") and not words[place - 1].endswith("ss")
        agrees = form == "base" and plural and place <= 2 or form == "s" and not plural
        if base and agrees and words[place + 1] not in ("of",) and (base not in _ALSO_NOUNS or plural):
            return True
    return False
