"""Closed classes of words that steer the rules for names; open classes are lexicons.

Source: function words, months and headings of English records; reason: they are capitalised and name nothing.
"""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """The blank-separated words of the lines."""
    return frozenset(word for line in lines for word in line.split())


# Capitalised at the start of a sentence or heading, and never part of a name.
FUNCTION_WORDS = word_set(
    "The A An This That These Those In On At By For From To Of With Without And But Or Nor So Yet If When While",
    "As Since Because Although Though After Before During Until Under Over Between Among Within Through Despite",
    "Against About It Its He His She Her They Their We Our You Your I My There Here What Who Whom Whose Which Why",
    "How Where Whether Not No Yes All Both Each Every Some Any Many Most More Much Few Several Such Other Another",
    "One Two Three Four Five Six Seven Eight Nine Ten Also Then Now Today Yesterday Tomorrow Meanwhile However",
    "Moreover Furthermore Instead Indeed Thus Hence Therefore Still Even Only Just Let Is Are Was Were Be Been",
    "Has Have Had Do Does Did Can Could Will Would Shall Should May Might Must Please Thank Thanks Dear Re Cc",
    "Subject Per Via Upon Like Unlike Following According Asked Told Said Says Monday Tuesday Wednesday Thursday",
    "Friday Saturday Sunday January February March April June July August September October November December Q",
    "Mr Mrs Ms Dr Ok Well Oh Page Photo Source Note Number Chapter Figure Table Exhibit Appendix Annex Vol Volume",
    "Part Text Tel Fax Secret Confidential Unclassified Urgent Priority Immediate Sent Received Primary Copy End",
    "Begin Summary Comment Background Former Late Last Next Good Right Welcome Go Sir Madam Applause Laughter",
    "Read Share Contact Related Recently Finally Further Earlier Later Once Again Given Based Including Regarding",
    "Concerning Nearly Almost Around Having Being Asking Speaking Taking Making Using Looking Never Always",
    "Perhaps Maybe Out Up Down Off Across Along Behind Beyond Above Below Near Too Very Own Same Than Mr. Mrs.",
    "Ms. Dr. Secretly Neither Either Everyone Everything Nothing Something Someone Anyone Nobody",
    "Hmm Hm Mm Uh Um Yeah Okay Hey Wow Huh Ah Ugh",
    "Christmas Easter Whereupon Twenty Thirty Forty Fifty Hundred",
)
# Adjectives and ordinals that alone do not make a name of a head noun ("New Committee", "First Round").
GENERIC = word_set(
    "New Joint Special First Second Third Fourth Final Next Last Annual Regular General Free Fair Bilateral",
    "Multilateral International National Regional Global Local Foreign Federal Public Private Economic Trade",
    "Political Military Civil Social Big Small Great Good Major Main Full Open Current Recent Proposed Draft",
    "Interim Venture Summary Group Working Old Own Future Key Other Same Early Late Official State",
    "American's World Total High Low Hard Long Short Strong Real Whole This That Each Every Government Defense",
    "Security Peace",
)
# Heads that behind nothing but a country's name still name one body ("U.S. Senate", "Japanese Embassy").
NATIONAL = word_set(
    "Senate Congress Treasury Navy Army Embassy Parliament Supreme Cabinet Constitution Revolution War Forces",
    "Airlines Airways Sea Ocean Islands Peninsula Strait Coast Channel Ministry Bank Times Post Herald Steel News",
    "Airport Canal Gulf Bay Commission Council Department Mission Round",
)


# Bodies whose names hold "and" on their left: "Food and Agriculture Organization".
JOINING_HEADS = word_set(
    "Committee Commission Organization Organisation Agency Department Bureau Board Institute Division Ministry",
    "Administration Council Association Subcommittee Service Services Authority Company Office Act Agreement",
    "Conference Bank Exchange Corporation Society Centre Center Directorate Party",
)
# Trades behind a company's own name ("Roe Motor"), which it goes without in the next sentence.
TRADES = word_set(
    "Motor Motors Steel Electric Electronics Airlines Airways Aerospace Holdings Group Industries Chemical Chemicals",
    "Pharmaceuticals Oil Petroleum Energy Corporation Company Technologies Technology Brothers Semiconductor",
    "Semiconductors Foods Automotive Aviation Shipping Mining Metals Financial Bancorp Telecom Stores International",
)
# Offices that also begin other names ("General Motors", "Chief Joseph"): a person's only before a given name.
AMBIGUOUS_OFFICES = word_set(
    "general chief major executive head chair fellow partner owner author writer principal official counsel whip",
)
# A full stop after these does not end a sentence.
ABBREVIATED = word_set(
    "mr mrs ms dr messrs prof rev hon rt sen rep gov gen adm col maj capt lt sgt cmdr amb st mt ft inc corp co ltd",
    "bros jr sr no vs jan feb mar apr jun jul aug sep sept oct nov dec sec u.s u.k brig comm supt pres treas def min",
    "del dept div assn",
)
# Labels of turns that name nobody.
NOBODY = word_set("q a question answer voice voices unidentified participant participants press reporters reporter all")
# States of the USA as newspapers shorten them, read so only before a full stop and behind a comma or "D-", "R-".
STATES = word_set(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn",
    "Tex Va Vt Wash Wis Wyo",
)
# What is measured is no name, though an acronym stands behind it: "Consumer Prices Index (CPI)".
MEASURES = word_set(
    "Index Rate Product Survey Account Ratio Deficit Debt Income Price Value Tax Requirement Borrowing Growth",
    "Expenditure Average Total Spread Yield Margin",
)
# Newspapers and bodies that the next sentence calls by their last word.
PAPERS = word_set("Times Post Journal Herald Tribune Guardian Telegraph Chronicle Gazette Observer")
SHORT_HEADS = PAPERS | word_set("Commission Community Communities Parliament")
