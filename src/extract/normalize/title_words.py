"""The closed classes of words that stand around a person's name: forms of address, offices, ranks, what follows them.

Source: forms of address and offices as the records of this field print them (Congressional Record and Hansard style
guides, diplomatic lists, FOMC and White House transcripts). Reason: a title is a grammar of few heads with open
modifiers ("Deputy Assistant U.S. Trade Representative"), so heads are listed and modifiers are not.
All words are lower case and without full stops. Left out on purpose: words that are given names or particles as often
as titles (dean, earl, duke, sultan, del).
"""

from __future__ import annotations


def _set(*lines: str) -> frozenset[str]:
    """The blank-separated words of the lines."""
    return frozenset(word for line in lines for word in line.split())


# Address forms that tell the sex of the person; two mentions that differ in it are two persons.
MALE_ADDRESS = _set("mr mister sir monsieur signor señor senor herr lord baron king prince shri")
FEMALE_ADDRESS = _set(
    "mrs ms miss madam madame mme mlle lady dame baroness queen princess signora señora senora frau smt smti"
)
ADDRESS = (
    MALE_ADDRESS
    | FEMALE_ADDRESS
    | _set(
        "messrs dr doctor prof professor rev reverend hon honorable honourable rt right gentleman gentlewoman ",
        "monsignor msgr monseigneur ratu haji hajji hadji doña ",
        "esq sheikh shaikh sheik tun datuk dato dato' datin mx fr father pastor bishop archbishop cardinal rabbi imam ",
        "pandit maulana",
    )
)
# Heads of offices and ranks: the last word of a title before the name ("Deputy Prime *Minister* Roe").
OFFICE = _set(
    "president premier chancellor member minister secretary undersecretary under-secretary ambassador senator sen ",
    "representative rep congressman congresswoman congressperson delegate governor gov lieutenant-governor mayor ",
    "chairman chairwoman chairperson chair speaker leader whip commissioner director director-general dg ",
    "secretary-general governor-general attorney-general commissioner-general counsellor counselor consul ",
    "consul-general envoy negotiator administrator comptroller treasurer general gen admiral adm ",
    "colonel col major maj captain capt lieutenant lt sergeant sgt marshal ",
    "commander cmdr corporal brigadier brig commodore spc cpl pfc pvt ",
    "justice judge magistrate prosecutor attorney solicitor counsel advocate chief head ",
    "vice-president vice-premier vice-chairman vice-minister vice-chair ceo cfo coo chiefs councillor councilman ",
    "councilwoman councilor alderman assemblyman assemblywoman mp mep tsar czar emperor empress pope ayatollah ",
    "spokesman spokeswoman spokesperson adviser advisor aide economist analyst strategist editor reporter ",
    "correspondent columnist writer author historian lawyer farmer owner founder co-founder executive manager partner ",
    "officer official diplomat lawmaker legislator politician candidate nominee moderator operator witness ",
    "interpreter translator clerk rapporteur observer expert researcher scholar fellow inspector detective ",
    "superintendent principal provost rector vicar coach nurse teacher dictator strongman ruler ",
    "chef singer actor actress director-designate secretary-designate president-elect prime-minister ",
    "pm vp amb dep taoiseach tanaiste tánaiste",
)
# What may precede an office head and is no name: "former", "Acting", "then-", "Deputy", "Foreign", "Prime", …
MODIFIER = _set(
    "the a an his her its their our my former ex acting then late current incoming outgoing new old deputy assistant ",
    "associate vice senior junior chief principal prime foreign finance trade economic economy industry commerce ",
    "agriculture agricultural defense defence interior home health education labor labour transport transportation ",
    "energy environment justice culture treasury budget special permanent parliamentary under executive general ",
    "managing national state federal press cabinet majority minority house senate ranking honorary honourable ",
    "honorable right learned noble gallant first second third lord staff lieutenant brigadier rear major ",
    "air fleet inspector surgeon solicitor attorney political regional commercial legal financial military naval ",
    "and of for to u.s. us united states european union international central bank board ",
    "north south east west american presiding sitting",
)
# What an office governs after "of" or "for" ("Secretary of *State* Roe"): the office goes on up to these.
DOMAIN = _set(
    "state defense defence commerce overseas agriculture labor labour energy transportation transport education ",
    "interior ",
    "treasury exchequer finance foreign affairs external economy economic trade industry international health human ",
    "services housing urban development homeland security veterans justice environment planning budget management ",
    "culture science technology fisheries forestry mines natural resources water works home staff post office ",
    "parliament congress council board committee commission central bank governors revitalization ways means rolls ",
    "duchy lancaster privy seal chamber commons lords",
)
SUFFIX = _set(
    "jr sr ii iii iv esq phd md mp qc kc cbe obe mbe kcb kcmg gcmg mep mla mlc am ac ao cmg dso ma ba llb usn usa ",
    "usmc usaf ret bart bt",
)
# Words inside a surname that belong to it.
PARTICLE = _set("de del della der den di da do dos du des la le van von zu zur ten ter el al bin bint ben ibn")
NICKNAMES: dict[str, str] = {
    short: full
    for full, shorts in {
        "william": "bill billy will",
        "robert": "bob bobby rob",
        "richard": "dick rick rich",
        "james": "jim jimmy",
        "john": "jack johnny",
        "michael": "mike mickey mick",
        "thomas": "tom tommy",
        "charles": "charlie chuck",
        "edward": "ed eddie ted",
        "joseph": "joe",
        "daniel": "dan danny",
        "david": "dave",
        "anthony": "tony",
        "albert": "al bert",
        "donald": "don",
        "ronald": "ron",
        "kenneth": "ken",
        "stephen": "steve",
        "steven": "steve",
        "gerald": "gerry jerry",
        "samuel": "sam",
        "benjamin": "ben",
        "andrew": "andy",
        "alexander": "alex",
        "nicholas": "nick",
        "patrick": "pat",
        "timothy": "tim",
        "gregory": "greg",
        "lawrence": "larry",
        "frederick": "fred",
        "elizabeth": "liz beth betty",
        "margaret": "maggie peggy",
        "katherine": "kate kathy",
        "catherine": "cathy",
        "susan": "sue",
        "deborah": "debbie",
        "barbara": "barb",
    }.items()
    for short in shorts.split()
}
