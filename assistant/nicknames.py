"""Short forms of first names: that Ken is Kenneth and Pip is Philippa.

A table of what is common in English and its neighbours, and the rule that a short form opens the name. It must never
make two people of one book the same person: it only says what a name may stand for.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.text import fold

_TABLE = """
alexander alex al sandy sasha lex xander
alexandra alex sandra sandy sasha lexi
andrew andy drew
anthony tony ant
barbara barb babs
beatrice bea bee trixie
beatriz bea
benjamin ben benny benji
bernard bernie
catherine cath cathy kate katie kitty cat
charles charlie chuck chas
charlotte lottie charlie
christine chris chrissie tina
christopher chris kit topher
daniel dan danny
david dave davy
deborah deb debbie
dorothy dot dottie dolly
edward ed eddie ned ted teddy
eleanor ellie nell nora
elizabeth liz lizzie beth betty eliza libby lisa bess
emily em emmy
eugene gene
florence flo florrie
frances fran franny frankie
francis frank frankie
francisco paco pancho fran
frederick fred freddie
gabriel gabe
gerald gerry jerry
gillian gill jill
gregory greg
harold harry hal
harriet hattie harry
helen nell nellie
henry harry hank hal
isabel isa izzy bel bella
isabella izzy bella
jacob jake
james jim jimmy jamie
jane janey
janet jan
jennifer jen jenny
jessica jess jessie
joan joanie
johannes hans jo
john jack johnny
jonathan jon jonny
jose pepe
joseph joe joey
josephine jo josie
joshua josh
judith judy jude
katherine kath kathy kate katie kit kitty
kathleen kath kathy kate
kenneth ken kenny
kimberly kim
laurence larry laurie
lawrence larry laurie
leonard len lenny leo
lillian lil lily
louise lou
lucille lucy lou
madeleine maddy
magdalena lena magda
margaret maggie meg peggy peg marge rita greta madge daisy
maria mia mimi
martha marty mattie
martin marty
mary molly polly
matthew matt matty
maximilian max
megan meg
melissa mel lissa
michael mike mick micky mikey
mohammed mo
muhammad mo
natalie nat
nathaniel nat nate
nicholas nick nicky
nicola nicky nic
oliver ollie
olivia liv ollie
pamela pam
patricia pat patsy tricia trish
patrick pat paddy rick
penelope penny
peter pete
philip phil pip
philippa pip pippa
priscilla cilla pris
rachel rach
raymond ray
rebecca becca becky bex
richard rick ricky dick rich
robert bob bobby rob robbie bert rab
roderick rod roddy
ronald ron ronnie
rosemary rosie
samantha sam
samuel sam sammy
sarah sally sal
sebastian seb bas
simon si
stephanie steph
stephen steve stevie
steven steve stevie
susan sue susie
sylvester sly
teresa terri tess tessa
theodore ted theo teddy
theresa terri tess tessa
thomas tom tommy
timothy tim timmy
tobias toby
valerie val
vanessa nessa
veronica ronnie vera
victoria vicky tori
vincent vince vinny
virginia ginny ginger
walter walt wally
wilhelmina mina billie
william will bill billy liam
winifred win winnie freddie
yvonne vonnie
zachary zach zack
""".strip()
_SHORT = {line.split()[0]: frozenset(line.split()[1:]) for line in _TABLE.splitlines()}
_LEAST = 3  # letters of a short form that is only the front of a name


@lru_cache(maxsize=4096)
def may_be_called(first_name: str, said: str) -> bool:
    """Whether somebody of this first name may be called `said`: the name itself, its front, or a known short form."""
    name, short = fold(first_name), fold(said)
    if name == short or short in _SHORT.get(name, ()):
        return True
    return len(short) >= _LEAST and (name.startswith(short) or (short[-1:] in "yi" and name.startswith(short[:-1])))
