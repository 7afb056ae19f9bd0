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
    apologise applaud approve assess attend award back bake balance battle be become begin belong bite blend
    blog blow book borrow break breed brew bring build burn buy calculate call campaign care carry carve cast
    catch celebrate chair change check cheer choose claim clean click climb close coach code collapse collect
    combine come commission commute compare compile complain complete compose conduct confirm connect consider
    consult contribute convert convince cook coordinate cope copy cost count cover craft create cross cry
    cultivate curate cut cycle dance date deal decide deliver demonstrate deploy deserve design develop die dig
    direct discuss dive divorce do document donate double draft draw dream dress drive drop earn eat edit email
    emigrate employ encourage engage engineer enjoy escape establish evaluate examine exchange exhibit expand
    expect experiment explain explore extend face facilitate fail fall fancy farm feed feel ferment fetch fight
    film find finish fire fish fit fix fly follow forage forget forgive found freeze fund garden gather get give
    go graduate grow guess guide handle hang happen harvest hate have head hear help hide hike hire hit hold
    hope host hug hunt hurt illustrate improve inherit insist install interview introduce invent invest invite
    jog join joke judge juggle keep kick kiss knit know land last laugh launch lay lead learn leave lecture lend
    lie listen live log look lose love make manage map mark marry measure meet mend mentor mill miss mix moan
    model monitor mount move narrow need negotiate nominate notice occur offer open operate order organise
    organize owe own pack paint pass pay perform phone photograph pick pilot pitch plan plant play point post
    practice practise prefer prepare present preserve press pretend print process produce program programme
    promise promote proofread propose protect prove provide publish pull pursue push put quit race rain raise
    reach read rebuild receive recommend record recover recruit redesign reduce refuse regret rehearse reject
    relax relocate remain remember renovate rent reopen repair replace report represent research resign restore
    retire retrain return review revise revive ride ring rise roast row run sack sail say scan score screen
    search see seek seem sell send serve set settle sew shake shape share shine ship shoot shout show shrink
    shut sign sing sit skate sketch ski sleep slip smell smile smoke snow solve sort source speak specialise
    specialize spend spill split sponsor spot spread squeeze stage stand start stay steal stick stitch stop
    store strike struggle study submit succeed suffer suggest supervise supply support surf survey swap swear
    sweep swim switch take talk teach tear tell test text thank think throw tidy touch tour trace track train
    transcribe translate travel treat trip trust try tune turn tutor understand unload update use value vanish
    visit volunteer vote wait wake walk want warn wash watch wave wear weave welcome weld whisper win wish
    wonder work worry write""".split()
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
    thought:think threw:throw told:tell understood:understand was:be were:be been:be woke:wake wore:wear
    wove:weave woven:weave won:win wrote:write written:write rang:ring rung:ring lit:light let:let heard:hear
    saw:see seen:see ate:eat eaten:eat drank:drink drunk:drink fell:fall fallen:fall felt:feel lost:lose
    broke:break broken:break rose:rise risen:rise sought:seek stuck:stick struck:strike swept:sweep tore:tear
    torn:tear bit:bite bitten:bite blew:blow blown:blow dug:dig forgot:forget forgotten:forget forgave:forgive
    froze:freeze frozen:freeze hung:hang hid:hide hidden:hide shook:shake shaken:shake shone:shine shrank:shrink
    shut:shut stole:steal stolen:steal swore:swear sworn:swear fought:fight became:become begun:begin quit:quit
    cost:cost hit:hit hurt:hurt spilt:spill dreamt:dream learnt:learn""".split()
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


def is_often_noun(word: str) -> bool:
    """Whether the word, though a form of a verb, is as often a thing: "programmes", "plan", "work"."""
    return base_of(word)[0] in _ALSO_NOUNS | _MOSTLY_NOUNS


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


def opens_plainly() -> frozenset[str]:
    """Verbs a sentence may open with, in base form and in -ing: written large there, they are no names."""
    return _BASES | frozenset(filter(None, map(gerund_of, _BASES)))


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
