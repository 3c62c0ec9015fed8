"""Closed lists of words that steer the reading of measures and items."""

from __future__ import annotations

import re

from extract.normalize.word_lists import word_set

QUALIFYING = word_set(
    "about around approximately roughly some nearly almost close near an a the estimated over above more than less"
    " under below"
    " up at least most as much many only just merely well no fewer not exceeding excess upwards upward to whopping"
    " mere further"
    " another additional total short just potentially currently now annually"
)
SCALE_HEADS = frozenset(
    {"scale", "order", "tune", "total", "sum", "amount", "level", "value", "maximum", "minimum", "cost", "average"}
)
# Adjectives that a figure before them measures ("a 5 percent higher price"): never nouns that the tagger missed.
NO_NOUNS = word_set(
    "higher lower more less larger greater strong able wide long high deep effective annual fixed flat free old"
)
# Measures that goods may stand before ("rice imports"), and what stands there without being goods.
OF_GOODS = word_set(
    "tariff tariffs duty duties levy levies tax taxes imports exports production output prices price sales"
    " shipments purchases"
    " procurement capacity consumption quota quotas harvest crop"
)
NO_GOODS = word_set(
    "import export customs trade manufacturing baseline reference retaliatory safeguard antidumping value tax"
    " income sales market"
    " government world factory list peak base target goods border entry emergency transit retail consumer producer"
    " unit share net gross total average mean median two-way bilateral wholesale nominal real"
)
TELLING = word_set(
    "be say tell recall note state show believe think know argue hear read explain admit remark ask wonder"
)
DEEDS = word_set(
    "acquisition purchase purchases development construction production sale sales procurement expansion import"
    " imports growth"
    " supply building creation manufacture delivery export exports"
)
WORTH = frozenset(
    {
        "worth",
        "totaling",
        "totalling",
        "totaled",
        "totalled",
        "valued",
        "averaging",
        "averaged",
        "amounting",
        "costing",
        "equaling",
        "cost",
        "costs",
    }
)
# Verbs whose subject bears a duty.
BEARING = word_set("face attract bear carry incur pay suffer")
# Nouns of persons and makers by their ending: "importers", "analysts", "officials".
AGENT = re.compile(r"\w{3,}(?:ers|ors|ists|ians|men)$")
