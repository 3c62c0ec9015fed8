"""Units of measure and counted nouns: the singular form that stands for them."""

from __future__ import annotations

from collections.abc import Mapping

from extract.normalize.word_lists import word_set

IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "businessmen": "businessman", "lives": "life", "wives": "wife", "knives": "knife", "halves": "half",
    "leaves": "leaf", "wolves": "wolf", "thieves": "thief", "shelves": "shelf", "loaves": "loaf", "calves": "calf",
    "analyses": "analysis", "crises": "crisis", "bases": "base", "criteria": "criterion", "phenomena": "phenomenon",
    "data": "data", "media": "media", "indices": "index", "mice": "mouse", "geese": "goose", "oxen": "ox",
    "potatoes": "potato", "tomatoes": "tomato", "heroes": "hero", "vetoes": "veto", "echoes": "echo",
    "embargoes": "embargo", "cargoes": "cargo", "shoes": "shoe", "movies": "movie", "cookies": "cookie",
    "calories": "calorie", "ties": "tie", "buses": "bus", "gases": "gas", "lenses": "lens", "axes": "axe",
    "viruses": "virus", "bonuses": "bonus", "campuses": "campus", "statuses": "status",
}  # fmt: skip
# The same in both numbers, or a plural without an "s": a noun that a number may count as it stands.
UNCHANGED = word_set(
    "aircraft series species headquarters offspring sheep cattle fish deer swine poultry personnel police staff troops"
    " livestock head works means corps spacecraft hovercraft watercraft unemployed jobless homeless dead injured"
    " wounded poor elderly faithful crossroads barracks salmon trout shrimp yen baht yuan won mahjong"
) - {"yen", "baht", "yuan", "won", "mahjong", "troops"}
# Words in -s that are no plurals and so cannot end a counted noun.
NOT_PLURAL = word_set(
    "as is was has does its this thus his hers ours yours theirs us plus minus versus across previous various serious"
    " famous religious business congress process access progress success loss boss class press stress mass pass gas"
    " bus less unless always perhaps besides sometimes afterwards towards upwards downwards overseas abroad news"
    " politics economics physics mathematics ethics athletics u.s virus status focus bonus census consensus surplus"
    " apparatus campus nexus chorus basis analysis crisis emphasis thesis oasis diabetes express address witness"
    " illness wireless regardless nevertheless nonetheless says goes makes takes gives gets wants needs shows"
)
# Plurals that stand before another noun more often than they are counted ("30 sales offices").
MODIFIERS = word_set("sales arms goods customs sports savings earnings systems communications operations")


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of a noun, or is one that has no other form."""
    low = word.casefold()
    if low in IRREGULAR or low in UNCHANGED:
        return True
    return len(low) > 3 and low.endswith("s") and low not in NOT_PLURAL and not low.endswith(("ss", "ous", "'s", "’s"))


def singular(word: str) -> str:
    """Lower case and singular: ``"Cars"`` → ``"car"``, ``"countries"`` → ``"country"``."""
    low = word.casefold().strip(".,;:'’")
    if low in IRREGULAR:
        return IRREGULAR[low]
    if (
        low in UNCHANGED
        or low in NOT_PLURAL
        or len(low) < 4
        or not low.endswith("s")
        or low.endswith(("ss", "us", "is"))
    ):
        return low
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    for ending, single in (("men", "man"), ("women", "woman")):
        if low.endswith(ending):
            return low[: -len(ending)] + single
    return low[:-1]


class UnitGrammar:
    """Units of measure by their forms: lower-case words, singular and plural, up to three words long.

    Abbreviations with a capital letter ("MW") are matched as written.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = dict(forms)

    def find_after(self, words: list[str]) -> tuple[str, int] | None:
        """The unit that the longest run of ``words`` names, and how many words it takes."""
        for count in range(min(3, len(words)), 0, -1):
            form = " ".join(words[:count])
            unit = self._forms.get(form) or self._forms.get(form.casefold())
            if unit:
                return unit, count
        return None
