"""What stands around a name and tells its kind: signs of places, bodies, persons, peoples, products and works.

Source: usage of the records and news of this field. Reason: a statistical recogniser finds the span of a name that it
does not know and guesses the label; the words beside it tell more. ``*_BEFORE`` are searched in the text that ends at
the name (blanks for line ends), ``*_AFTER`` match where it ends.
"""

from __future__ import annotations

import re

_SPEECH = (
    r"(?:said|says|told|wrote|writes|spoke|speaking|talked|talks?|replied|reported|reports|listen(?:ed|ing)?|"
    r"respond\w*|"
    r"repl(?:y|ied|ies)|due|thanks|according|letters?|message|question|answer|answered|gave|handed|offered|paid|"
    r"addressed|belong\w*|similar|contrary|close|opposed|compared|attributed|credited|referred|refer|loyal|succumbed)"
)
# Behind these stands a place, if the name can be one at all.
IN_BEFORE = re.compile(r"\b(?:in|near|outside|throughout)\s+$", re.I)
AT_BEFORE = re.compile(r"\bat\s+$", re.I)
GOING_BEFORE = re.compile(
    r"\b(?:went|go|goes|going|travel(?:s|led|ed)?|flew|fl(?:y|ies)|drove|returned|returns?|sailed|moved|shipped|sent|trucked|"
    r"exported|bound|hauled|railed|way|road|train|ferry|trip|exports|convoys?)\s+to\s+$",
    re.I,
)
SITE_AT = re.compile(
    r"\b(?:plants?|factor(?:y|ies)|mills?|works|mines?|brewery|refinery|smelters?|ports?|docked|landed|grown|yards?|camp|"
    r"markets?|load(?:ed|s)?|born|meeting|conference|talks|rallied|unloaded|arrived?|customs|quays?|warehouses?)\s+at\s+$",
    re.I,
)
FROM_BEFORE = re.compile(
    r"\b(?:from|via|through|into|around|round|inside|above|beyond|past|off|leaving|left for|"
    r"bound for|reached|between)\s+$",
    re.I,
)
TO_BEFORE = re.compile(r"\b(?:to|towards?|of|for|between|and|or|about)\s+$", re.I)
# "shares *in Roe*", "confidence *in Roe*", "published *in Roe*".
NO_PLACE_IN = re.compile(
    r"\b(?:shares?|stakes?|invest\w*|interests?|confidence|faith|trust|beliefs?|believed?|believes|jobs?|employees|"
    r"partners?|written|published|printed|reported|reports?|articles?|wrote|role|careers?|as|quoted|argued|argues|"
    r"essays?|papers?|holdings?|control|competition|rivals?|ally|allies|friend|successor|match|found|saw|"
    r"sees)\s+in\s+$"
)
NO_PLACE_FROM = re.compile(
    r"\b(?:letters?|messages?|questions?|answers?|requests?|calls?|notes?|memo(?:randa|randum|s)?|words?|quotes?|"
    r"quotations?|hear|heard|learn\w*|quot\w*|remarks?|comments?|reply|replies|orders?|different|"
    r"differs?|supplies|borrow\w*|apart|objections?|support|help|pressure|instructions|advice|reports?|telegrams?|"
    r"statement|speech|independent|suggestions?|proposals?|leave|got|get)\s+from\s+$"
)
NO_PLACE_TO = re.compile(rf"\b{_SPEECH}(?:\s+\w+)?\s+to\s+$", re.I)
NO_PLACE_OF = re.compile(
    r"\b(?:speech|speeches|views?|works?|theor(?:y|ies)|writings?|readers?|disciples|followers|students?|"
    r"polic(?:y|ies)|"
    r"government|words?|death|life|wife|son|daughter|brother|election|case|letters?|opinions?|ideas?|books?|era|"
    r"arguments?|instead|support|supporters?|criticism|critics|because|ahead|administration|leadership|behalf|"
    r"statements?|"
    r"remarks?|resignation|appointment|visit|executive|president|chairman|shares?|products|boycott|plants?)\s+of\s+$",
    re.I,
)
# "the mayor *of Roe*", "the villages of *Roe*".
TOWN_BEFORE = re.compile(
    r"\b(?:mayors?|towns?|townships?|cit(?:y|ies)|villages?|hamlets?|districts?|provinces?|prefectures?|suburbs?|"
    r"parish|"
    r"municipalit(?:y|ies)|residents|inhabitants|citizens|ports?|outskirts|streets|markets?|clergy|bishops?|people|"
    r"merchants|growers|shopkeepers|weavers|dockers|burghers|governorate|county|region|capital|"
    r"city council)\s+of\s+$",
    re.I,
)
MAYOR_BEFORE = re.compile(r"\b(?:mayors?|towns?|villages?|cit(?:y|ies)|ports?|[A-Z][a-z]+s)\s+of\s+$")
TOWN_AFTER = re.compile(
    r"\s+(?:district|province|prefecture|municipality|suburb|neighbourhood|neighborhood|governorate|oblast)\b|"
    r",\s+(?:an?|the|its)\s+(?:[a-z-]+\s+){0,3}?(?:town|township|city|village|port|suburb|hamlet|district|"
    r"province|capital)\b"
)
LOC_BEFORE = re.compile(
    r"\b(?:islands?|isles?|atolls?|islets?|rivers?|lakes?|valleys?|peninsula|mountains?|hills|plateau|desert|"
    r"lowlands|"
    r"highlands|banks|mouth|shores?|slopes|gulf)\s+of\s+(?:the\s+)?$|"
    r"\b(?:sail\w*|up|down|along|upstream|downstream|cross\w*)\s+the\s+$",
    re.I,
)
FERRY_BEFORE = re.compile(r"\b(?:ferry|ferries|strait|channel|crossing|boat|sound)\s+between\s+$", re.I)
ON_ISLAND = re.compile(
    r"(?:\b(?:growers|farmers|fishermen|fishers|islanders|mines?|villages?|villagers|people|constituents|"
    r"residents|lands?|"
    r"landed|live|lives|lived|living|bases?|ports?|plant(?:s|ed|ations?)?|stations?|stores?|mills?|hotels?|grown|"
    r"caught|"
    r"smelters?|born|schools?|families|clinics?|airstrip|harbou?r|factory|cannery|wharf|workers|estates?|birds|"
    r"cattle)|,|"
    r"\b(?:and|or))\s+on\s+$",
    re.I,
)
# A scholar, a manager: behind "at" stands the body that they serve.
STAFF_AT = re.compile(
    r"\b(?:analysts?|economists?|professors?|researchers?|strategists?|directors?|managers?|partners?|fellows?|"
    r"lecturers?|"
    r"executives?|traders?|scholars?|lawyers?|consultants?|engineers?|head of \w+|adviser|advisor|expert|employees|"
    r"specialists?|buyers?|brokers?|president|chairman|officials?|historians?)\s+at\s+$"
)
_FIRMS = (
    r"(?:firms?|compan(?:y|ies)|producers|makers|groups|chains|banks|retailers|exporters|importers|traders|shippers|"
    r"refiners|manufacturers|unions|carriers|airlines|brands|competitors|rivals|customers|clients|suppliers|brewers|"
    r"growers|cooperatives|multinationals|papers|newspapers|lenders|insurers|giants|corporations|houses|"
    r"conglomerates)"
)
BODY_BEFORE = re.compile(
    rf"\b{_FIRMS}\s*,?\s+(?:such\s+as|like|including|led\s+by)\s+$|"
    r"\b(?:firms?|compan(?:y|ies)|business|group|subsidiary|subsidiaries|shareholders?|shares|boycott|suppliers?|"
    r"customers?|"
    r"products)\s+of\s+$|"
    r"\b(?:manufactured|bottled|assembled|packed|refined|marketed|distributed|canned)\s+by\s+$|"
    r"\b(?:newspaper|daily|weekly|union federation|trade union|airline|foundation|cooperative|co-operative|"
    r"brewery|cannery|"
    r"brewer|refiner|charity|shipping line|loyalist|separatist|guerrilla|opposition|ruling|bank|"
    r"lobby)\s+(?:called\s+)?$|"
    r"\b(?:association|federation|union|company|firm|refinery|cannery|cooperative|airline|employer|supplier|"
    r"newspaper),\s+$|"
    r"\b(?:orders|parts|supplies|contracts?|deliveries|bought|purchases)\s+from\s+$|"
    r"\b(?:sold|sells?|sale of|suppl(?:y|ies|ied)|leased|licensed)\s+(?:[a-z-]+\s+){1,4}to\s+$",
    re.I,
)
BODY_AFTER = re.compile(
    r",\s+(?:which|whose)\s+(?:[a-z-]+\s+){0,2}?(?:makes?|made|sells?|sold|draws?|owns?|owned|produces?|operates?|"
    r"employs?|"
    r"runs?|exports?|imports?|mines?|ships?|bottles?|grows?|assembles?|buys?|bought|builds?|built|controls?|supplies|"
    r"processes|packs?|refines?|weaves?|spins?|insures?|brews?)\b|"
    r"\s+(?:employs|assembles|manufactures|bottles|refines|brews|exports|imports)\s+[a-z\d]|"
    r"\s+(?:buses|trucks|tractors|cars|freighters?|ships|machines|stores|supermarkets|shops|tyres|tires|containers|"
    r"vessels|headers|lorries|bicycles|phones|shares|bonds|brand)\b|"
    r"\s+(?:sold|shut|closed|opened|reopened|expanded)\s+its\b|['’]s\s+(?:share price|buyers?|shareholders|"
    r"[A-Z]\w+\s+name\b)"
)
ACCORDING = re.compile(r"\b(?:according\s+to|data\s+from|figures\s+from)\s+$", re.I)
PARTY_AFTER = re.compile(r"\s+party\b")
PARTY_BEFORE = re.compile(r"\b(?:the|whose|his|her|their)\s+(?:\w+\s+)?$", re.I)
FREIGHTER = re.compile(r"\s+(?:freighters?|trucks?|planes?|jets?|ships?|tankers?|buses|flights?|lorry|lorries)\b")
# What only a person does: beside it an unknown "place" is a person.
PERSON_AFTER = re.compile(
    r"\s+(?:said|says|wrote|writes|told|tells|thinks?|thought|believes?|believed|asked|asks|argues?|argued|sees|saw|"
    r"replied|recalls?|recalled|explains?|explained|insists?|insisted|admits?|admitted|hopes?|hoped|expects?|"
    r"expected|fears?|"
    r"feared|warns?|warned|noted|notes|adds|added|went|took the|ever|himself|herself|sighed|laughed|smiled|nodded|"
    r"married)\b"
    r"|['’]s?\s+(?:phrase|words|book|essays?|speech|theory|view|argument|remarks?|wife|widow|son|daughter|numbers|"
    r"estimate|"
    r"model|thesis|point)\b"
)
PERSON_BEFORE = re.compile(
    r"\b(?:named|called|surnamed|readers of|followers of|disciples of|speech of|death of|son of|daughter of|wife of|"
    r"ask(?:ed)?|thank(?:ed)?|married|said|writes|wrote|whether)\s+$",
    re.I,
)
_PEOPLE = (
    r"(?:communit(?:y|ies)|people|peoples|tribe|tribes|tribesm[ae]n|clans?|villages?|villagers|herders?|"
    r"herdsm[ae]n|farmers?|"
    r"weavers?|fisherm[ae]n|nomads?|minorit(?:y|ies)|chiefs?|chieftains?|rebels|population|peasants?|wom[ae]n|"
    r"refugees|"
    r"ethnic|workers|labourers|separatists|traders|families|families|settlers|activists|lowlands|homelands?|migrants|"
    r"pastoralists|elders|customs?)"
)
TRIBE_AFTER = re.compile(
    r"\s+(?:(?:communit(?:y|ies)|peoples?|tribes?|tribesm[ae]n|clans?|villagers|herders?|herdsm[ae]n|nomads?|minorit(?:y|ies)|"
    r"chieftains?|elders|pastoralists|homelands?)\b|leaders?\s+[A-Z][a-z])"
)
PEOPLE_AFTER = re.compile(rf"\s+(?:[a-z]+\s+)?{_PEOPLE}\b")
LEADER_AFTER = re.compile(r"\s+leaders?\s+[A-Z][a-z]")
PEOPLE_BEFORE = re.compile(
    r"(?:\b(?:the|an?|and|many|some|of|by|for|between|local|ethnic|young|poor|two|few)|,)\s+$", re.I
)
_GOODS = (
    r"(?:water|beer|soap|wine|cigarettes?|whisky|whiskey|rum|car|tractor|drug|fertili[sz]er|pesticide|herbicide|"
    r"fungicide|"
    r"insecticide|seeds?|biscuits?|juice|drink|soda|coffee|tea|cigars?|toothpaste|shampoo|detergent|cereal|"
    r"chocolate|cheese|"
    r"yog[h]?urt|sauce|margarine|vodka|perfume|phone|smartphone|tablet|vaccine|medicine|truck|motorcycle|scooter|"
    r"variety|"
    r"cultivar|sweetener|snack|lager|fabric|fibre|fiber|syrup)"
)
PRODUCT_BEFORE = re.compile(
    r"\b(?:sold|sells?|selling|market(?:ed|s)|bottled|branded|exported|trademarked)\s+(?:\w+\s+)?(?:as|"
    r"under\s+the\s+names?(?:\s+of)?)\s+$|"
    r"\b(?:label|brand|brands|trademark|brand\s+name|trade\s+name)s?,\s+$|\b(?:bottles|brews)\s+$|"
    r"\b(?:brands?|labels?|trade\s+names?|trademarks?|cultivars?|variety)\s+(?:called\s+|named\s+|such\s+as\s+|"
    r"like\s+)?$|"
    r"\bbrand\s+under\s+which\s+(?:[a-z]+\s+){1,5}(?:sold|marketed),\s+$"
)
PRODUCT_AFTER = re.compile(
    rf",\s+(?:an?|its|their|the)\s+(?:[A-Za-z-]+\s+){{0,3}}?{_GOODS}(?:\s+(?:brand|variety))?\s*(?:,|\.|(?:from|by|"
    rf"made|of|sold|bottled|brewed|that|which)\b)"
)
LABEL_AFTER = re.compile(r"\s+(?:brand|label|trademark|name)\b")
LABEL_BEFORE = re.compile(
    r"\b(?:under|sells|with|carr(?:y|ies|ying)|bear(?:s|ing)?)\s+(?:(?:the|its|their|a|an|our|"
    r"\S+['’]s?)\s+)?(?:own\s+)?$"
)
WORK_BEFORE = re.compile(
    r"\b(?:books?|papers?|articles?|essay|novel|film|movie|report|study|pamphlet|song|poem|play|memoirs?|documentary|"
    r"treatise|lecture|series|exhibition|editorial|column|thesis)\s*,?\s+(?:called|entitled|titled|"
    r"named)\s+[*_\"“‘']?$"
)
LAW_BEFORE = re.compile(
    r"\b(?:under|signed|ratif\w+|renew\w*|violat\w+|join\w*|Article \d+ of|pillars? of)\s+(?:the\s+)?$"
)
LAW_TOO = re.compile(
    r"\b(?:Accord|Agreement|Treaty|Pact|Act|Convention|Framework|Protocol|Arrangement),?\s+(?:or|known\s+as|called)\s+(?:the\s+)?$"
)
IN_COUNTRY = re.compile(r"\bin\s+((?:[A-Z][a-z]+\s)?[A-Z][a-z]+)['’]s?\s+$", re.I)
LAW_AFTER = re.compile(
    r",\s+(?:under\s+which|the\s+(?:[A-Z][\w-]*\s+){1,5}(?:Agreement|Framework|Act|Treaty|Arrangement|Convention|"
    r"Accord|Pact)\b)"
    r"|\s+(?:runs\s+out|expires|expired|lapses|lapsed|entered\s+into\s+force)\b"
)
