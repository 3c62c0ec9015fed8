"""What stands around a name and tells its kind: signs of places, bodies, persons, peoples, products and works.

Source: usage of the records and news of this field. Reason: a statistical recogniser finds the span of a name that it
does not know and guesses the label; the words beside it tell more. ``*_BEFORE`` are searched in the text that ends at
the name (blanks for line ends), ``*_AFTER`` match where it ends.
"""

from __future__ import annotations

import re

from extract.components.entities.lists import sign

_SPEECH = r"(?:{speech})"
# Behind these stands a place, if the name can be one at all.
IN_BEFORE = re.compile(r"\b(?:in|near|outside|throughout)\s+$", re.I)
AT_BEFORE = re.compile(r"\bat\s+$", re.I)
GOING_BEFORE = sign(r"\b(?:{going_before})\s+to\s+$", re.I)
SITE_AT = sign(r"\b(?:{site_at})\s+at\s+$", re.I)
FROM_BEFORE = sign(r"\b(?:{from_before})\s+$", re.I)
TO_BEFORE = sign(r"\b(?:{to_before})\s+$", re.I)
# "shares *in Roe*", "confidence *in Roe*", "published *in Roe*".
NO_PLACE_IN = sign(r"\b(?:{no_place_in})\s+in\s+$")
NO_PLACE_FROM = sign(r"\b(?:{no_place_from})\s+from\s+$")
NO_PLACE_TO = sign(rf"\b{_SPEECH}(?:\s+\w+)?\s+to\s+$", re.I)
NO_PLACE_OF = sign(r"\b(?:{no_place_of})\s+of\s+$", re.I)
# "the mayor *of Roe*", "the villages of *Roe*".
TOWN_BEFORE = sign(r"\b(?:{town_before})\s+of\s+$", re.I)
MAYOR_BEFORE = re.compile(r"\b(?:mayors?|towns?|villages?|cit(?:y|ies)|ports?|[A-Z][a-z]+s)\s+of\s+$")
TOWN_AFTER = sign(r"\s+(?:{kind_of_region})\b|,\s+(?:an?|the|its)\s+(?:[a-z-]+\s+){0,3}?(?:{kind_of_town})\b")
LOC_BEFORE = sign(r"\b(?:{landform_of})\s+of\s+(?:the\s+)?$|\b(?:{along_the})\s+the\s+$", re.I)
FERRY_BEFORE = sign(r"\b(?:{ferry_before})\s+between\s+$", re.I)
ON_ISLAND = sign(r"(?:\b(?:{on_island})|,|\b(?:and|or))\s+on\s+$", re.I)
# A scholar, a manager: behind "at" stands the body that they serve.
STAFF_AT = sign(r"\b(?:{staff_at})\s+at\s+$")
_FIRMS = r"(?:{firms_many})"
BODY_BEFORE = sign(
    rf"\b{_FIRMS}\s*,?\s+(?:such\s+as|like|including|led\s+by)\s+$|\b(?:{{owned_of}})\s+of\s+$|"
    rf"\b(?:{{made_by}})\s+by\s+$|\b(?:{{body_named}})\s+(?:called\s+)?$|"
    rf"\b(?:{{body_apposed}}),\s+$|\b(?:{{bought_from}})\s+from\s+$|"
    rf"\b(?:{{sold_to}})\s+(?:[a-z-]+\s+){{1,4}}to\s+$",
    re.I,
)
BODY_AFTER = sign(
    r",\s+(?:which|whose)\s+(?:[a-z-]+\s+){0,2}?(?:{firm_does})\b|\s+(?:{firm_makes})\s+[a-z\d]|"
    r"\s+(?:{firm_owns})\b|\s+(?:{firm_closes})\s+its\b|['’]s\s+(?:share price|buyers?|shareholders|"
    r"[A-Z]\w+\s+name\b)"
)
ACCORDING = re.compile(r"\b(?:according\s+to|data\s+from|figures\s+from)\s+$", re.I)
PARTY_AFTER = re.compile(r"\s+party\b")
PARTY_BEFORE = re.compile(r"\b(?:the|whose|his|her|their)\s+(?:\w+\s+)?$", re.I)
FREIGHTER = sign(r"\s+(?:{freighter})\b")
# What only a person does: beside it an unknown "place" is a person.
PERSON_AFTER = sign(r"\s+(?:{person_after})\b|['’]s?\s+(?:{person_owns})\b")
PERSON_BEFORE = sign(r"\b(?:{person_before})\s+$", re.I)
# "worked under *Roe*", "met *Roe*": a person, whatever a recogniser guessed.
PERSON_TO = sign(r"\b(?:{person_to})\s+$")
_PEOPLE = r"(?:{people})"
TRIBE_AFTER = sign(r"\s+(?:(?:{tribe_after})\b|leaders?\s+[A-Z][a-z])")
PEOPLE_AFTER = sign(rf"\s+(?:[a-z]+\s+)?{_PEOPLE}\b")
LEADER_AFTER = re.compile(r"\s+leaders?\s+[A-Z][a-z]")
PEOPLE_BEFORE = sign(r"(?:\b(?:{people_before})|,)\s+$", re.I)
_GOODS = r"(?:{goods})"
PRODUCT_BEFORE = sign(
    r"\b(?:{sold_as})\s+(?:\w+\s+)?(?:as|under\s+the\s+names?(?:\s+of)?)\s+$|"
    r"\b(?:{brand_apposed})s?,\s+$|\b(?:bottles|brews)\s+$|\b(?:{brand_named})\s+(?:called\s+|"
    r"named\s+|such\s+as\s+|like\s+)?$|\bbrand\s+under\s+which\s+(?:[a-z]+\s+){1,5}(?:sold|marketed),\s+$"
)
PRODUCT_AFTER = sign(
    rf",\s+(?:an?|its|their|the)\s+(?:[A-Za-z-]+\s+){{0,3}}?{_GOODS}(?:\s+(?:brand|variety))?\s*(?:,|\.|"
    rf"(?:{{product_after}})\b)"
)
LABEL_AFTER = re.compile(r"\s+(?:brand|label|trademark|name)\b")
LABEL_BEFORE = re.compile(
    r"\b(?:under|sells|with|carr(?:y|ies|ying)|bear(?:s|ing)?)\s+(?:(?:the|its|their|a|an|our|"
    r"\S+['’]s?)\s+)?(?:own\s+)?$"
)
WORK_BEFORE = sign(r"""\b(?:{work_before})\s*,?\s+(?:called|entitled|titled|named)\s+[*_\"“‘']?$""")
LAW_BEFORE = re.compile(
    r"\b(?:under|signed|ratif\w+|renew\w*|violat\w+|join\w*|Article \d+ of|pillars? of)\s+(?:the\s+)?$"
)
LAW_TOO = sign(r"\b(?:{law_too}),?\s+(?:or|known\s+as|called)\s+(?:the\s+)?$")
IN_COUNTRY = re.compile(r"\bin\s+((?:[A-Z][a-z]+\s)?[A-Z][a-z]+)['’]s?\s+$", re.I)
LAW_AFTER = sign(r",\s+(?:under\s+which|the\s+(?:[A-Z][\w-]*\s+){1,5}(?:{law_apposed})\b)|\s+(?:{law_ends})\b")
