"""What stands around a name and tells its kind: signs of places, bodies, persons, peoples, products and works.

Source: usage of the records and news of this field. Reason: a statistical recogniser finds the span of a name that it
does not know and guesses the label; the words beside it tell more. ``*_BEFORE`` are searched in the text that ends at
the name (blanks for line ends), ``*_AFTER`` match where it ends.
"""

from __future__ import annotations

import re

from extract.components.entities.lists import sign

# Behind these stands a place, if the name can be one at all.
IN_BEFORE = re.compile(r"\b(?:in|near|outside|throughout)\s+$", re.I)
AT_BEFORE = re.compile(r"\bat\s+$", re.I)
GOING_BEFORE = sign(r"\b(?:{going_before})\s+to\s+$", re.I)
FROM_BEFORE = sign(r"\b(?:{from_before})\s+$", re.I)
TO_BEFORE = sign(r"\b(?:{to_before})\s+$", re.I)
# "shares *in Roe*", "confidence *in Roe*", "published *in Roe*".
NO_PLACE_IN = sign(r"\b(?:{no_place_in})\s+in\s+$")
NO_PLACE_FROM = sign(r"\b(?:{no_place_from})\s+from\s+$")
# "the mayor *of Roe*", "the villages of *Roe*".
TOWN_BEFORE = sign(r"\b(?:{town_before})\s+of\s+$", re.I)
TOWN_AFTER = sign(r"\s+(?:{kind_of_region})\b|,\s+(?:an?|the|its)\s+(?:[a-z-]+\s+){0,3}?(?:{kind_of_town})\b")
LOC_BEFORE = sign(r"\b(?:{landform_of})\s+of\s+(?:the\s+)?$|\b(?:{along_the})\s+the\s+$", re.I)
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
PARTY_AFTER = re.compile(r"\s+party\b")
PARTY_BEFORE = re.compile(r"\b(?:the|whose|his|her|their)\s+(?:\w+\s+)?$", re.I)
# What only a person does: beside it an unknown "place" is a person.
PERSON_AFTER = sign(r"\s+(?:{person_after})\b|['’]s?\s+(?:{person_owns})\b")
# "worked under *Roe*", "met *Roe*": a person, whatever a recogniser guessed.
PERSON_TO = sign(r"\b(?:{person_to})\s+$")
_PEOPLE = r"(?:{people})"
TRIBE_AFTER = sign(r"\s+(?:(?:{tribe_after})\b|leaders?\s+[A-Z][a-z])")
PEOPLE_AFTER = sign(rf"\s+(?:[a-z]+\s+)?{_PEOPLE}\b")
PEOPLE_BEFORE = sign(r"(?:\b(?:{people_before})|,)\s+$", re.I)
