"""Numbers that stand without their unit: what the sentence counts or spends, and the figures beside them, give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import lexicons
from extract.normalize.countries import country_code
from extract.normalize.figures.figure import Figure, NounFinder
from extract.normalize.figures.words import counted_noun, words_after
from extract.normalize.units import NOT_COUNTED, PEOPLE, counted, is_plural, singular

KINDS = "money|people|harmed|group|level|vote"
_ROWS = lexicons.load("en/figure_clauses", {"word": "regex", "kind": KINDS, "unit": "text?"}, key=("word", "kind"))


def _words(kind: str) -> str:
    return rf"\b(?P<{kind}>{'|'.join(row['word'] for row in _ROWS if row['kind'] == kind)})"


# What may stand between a word that leads to a number and the number.
_ABOUT = r"(?:(?:at\s+least|as\s+many\s+as|up\s+to|more\s+than|\w+ly|about|some|another|over|around|just)\s+)?"
_REACHES = rf"(?:was|were|is|are|at|of|to|from|by|than|reach\w+|numbered|total?led|exceed\w+)\s+{_ABOUT}\Z"
MONEY_WORD = re.compile(rf"{_words('money')}\b", re.IGNORECASE)
PEOPLE_WORD = re.compile(rf"{_words('people')}\b", re.IGNORECASE)
_HARMED = re.compile(rf"{_words('harmed')}\s+(?:at\s+)?{_ABOUT}\Z", re.IGNORECASE)
_GROUP = re.compile(rf"{_words('group')}\s+of\s+{_ABOUT}\Z")
_LEVEL = re.compile(rf"{_words('level')}\b[^.;\d]{{0,40}}\b{_REACHES}", re.IGNORECASE)
_VOTED = re.compile(rf"{_words('vote')}\b[^.;\d]{{0,24}}\b(?:by|of|was|were|is)\s+{_ABOUT}\Z", re.IGNORECASE)
_AGED = re.compile(r"\bage[sd]?\b[^.;,]{0,24}\Z", re.IGNORECASE)
_TO_FEWER = re.compile(r"\s+to\s+\d{1,3}\b")
_COUNT_REACHES = re.compile(rf"\b{_REACHES}", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"\s+of\s+(?:[a-z]+\s+)?(?:funding|aid|spending|investments?|loans?|debts?|capital|revenues?)\b"
)
# What may follow a number that counts what was named before: the clause goes on without a noun of its own.
_ENDS = re.compile(
    r"\s*(?:[.,;:)!?(\[\]\"”—–-]|\Z|\s(?:in|last|this|a|vs|against|versus|compared|up|down|or|for|by|during|from|the|and|to|of"
    r"|were|was|are|is|have|had|has|as|on|at|with|per|each|who|which|that|more|less|lower|higher|some|over|since|than|when"
    r"|would|will|could|while|into|consisting|according|between|after|before|under)\b)",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"(])|\n\s*\n|\n(?=[ \t]*[-*•] )")
_FROM_PERCENT = re.compile(
    r"(?:\s+now)?[\s,]*(?:(?:up|down)\s+)?(?:from|against|versus|compared with|after)\s+(?:about\s+|just\s+|only\s+)?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:[^.;\d]{0,30}\s)?(?:up\s+|down\s+)?to\s+(?:about\s+|just\s+|only\s+|over\s+|some\s+)?", re.IGNORECASE
)
_VERSUS = re.compile(r"\s+(?:to|against|versus|from)\s+(?:only\s+|just\s+)?")
_COMPARED = re.compile(
    r"[^.;:]{0,60}?(?:\b(?:against|versus|vs\.?|(?:up|down|compared|not)\s+(?:from|with|to)|from|of\s+which)\s+"
    rf"(?:an\s+average\s+of\s+)?{_ABOUT}|\s\()",
    re.IGNORECASE,
)
_ACTED = re.compile(r"\s+(?:(?:were|have|had|are|did)\s+)?\w+(?:ed|not)\b")
_MORE = re.compile(r"\s+(?:more|fewer|less)\b")
_COORDINATE = re.compile(
    r"(?:\s+(?:in|by|at|on|last|this)\s+[\w ]{1,24})?\s*[,;]?\s+(?:and|but|or|then)\s+"
    r"(?:only\s+|just\s+|nearly\s+|about\s+|some\s+)?",
    re.IGNORECASE,
)
_SERIES = re.compile(r"(?:[^.;]{0,40}),\s+(?:and\s+)?(?:then\s+)?")
_GOES_ON = re.compile(r"\s*(?:[.;,)]|\Z|\s(?:in|by|at|on|last|this|were|was|are|is|from|the|to|of)\b)", re.IGNORECASE)
_OPENS = re.compile(r"\s*\(|\s+(?:for|in|from|by|to|on|at)\s[^().;]{2,40},\s+(?:and\s+)?")
_SHARES = re.compile(r"\s+(?:for|in|from|by|to|on|at)\s+[a-zA-Z]")
_OF_LEFT = re.compile(r"\bOf\s+(?:the\s+|these\s+|its\s+)?\Z")
_NUMBER_OF = re.compile(r"\bnumber\s+of\s+((?:[\w’'/-]+\s+){1,4})", re.IGNORECASE)
_OF_RIGHT = re.compile(
    r"(?:\s*\)?\s+of\s+(?:the\s+|all\s+|its\s+|these\s+|those\s+)?|\s*\)\s+(?:in\s+the\s+number\s+of\s+)?)(?=[a-z])",
    re.IGNORECASE,
)
_WERE = re.compile(
    r"\s+(?:(?:were|are|was|have|had|remain(?:ed)?)\s+)(?:(?:since|also|already|later|still|been|since been)\s+){0,2}"
    r"(\w+(?:ed|en|ing|ead|ost|own))\b"
)
_VOTE_LEFT = re.compile(
    r"\b(?:ayes?|noes|yeas?|nays?|(?P<weak>for|against|abstentions?|in favou?r))\s?(?:[:,]|were|was|[-–—]{1,2})?\s*\Z",
    re.IGNORECASE,
)
_VOTE_RIGHT = re.compile(r"[,;]?\s+(?:and\s+)?against\b", re.IGNORECASE)
_AGAINST = re.compile(r"\s+(?:votes?\s+)?(?:against|for|in favou?r|abstaining)\b", re.IGNORECASE)
_IN_YEAR = re.compile(r"\s+(?:in|for|at the end of|by)\s+(?:19|20)\d\d")
_FIGURES_WERE = re.compile(
    r"\b(?:figures?|totals?|numbers?)\s+(?:\w+\s+){0,6}(?:were|was|is|are|rose|fell|stood)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\s+of\s+(?:us|them|you|these|those|which|whom)\b")
_FROM_LEFT = re.compile(r"\b(?:from|between)\s+(?:about\s+|nearly\s+|some\s+|only\s+)?\Z", re.IGNORECASE)
# A clause is looked at so far to the left, a sum of money is remembered so far.
MAX_CLAUSE, MAX_NEAR, MAX_MEMORY = 260, 200, 1200
# Figures that are compared without their unit are at most so many times one another.
MAX_APART = 5
_WORD = re.compile(r"[A-Za-z][a-z]{3,}")
_COUNTS = frozenset({"noun", "measure", "quantity.ellipsis"})


def settle(text: str, figures: list[Figure], nouns: NounFinder | None = None) -> list[Figure]:
    """Settle bare numbers, and drop those that stay bare; ``nouns`` tells nouns in the plural from verbs."""
    settled: list[Figure] = []
    last_money = next((f.unit for f in figures if f.kind == "money"), None)
    last_count: Figure | None = None
    for number, figure in enumerate(figures):
        if figure.kind is None:
            previous = settled[-1] if settled else None
            _settle(text, figure, previous, last_money, last_count, nouns)
            if figure.kind is not None and number and figures[number - 1].kind is None:
                settled.extend(_other_end(text, figures[number - 1], figure))
        if figure.kind is not None:
            settled.append(figure)
            last_money = figure.unit if figure.kind == "money" else last_money
            last_count = figure if figure.rule in _COUNTS and figure.unit else last_count
    return settled


def _settle(
    text: str,
    figure: Figure,
    previous: Figure | None,
    last_money: str | None,
    last_count: Figure | None,
    nouns: NounFinder | None,
) -> None:
    near = previous if previous is not None and not _SENTENCE_BREAK.search(text, previous.end, figure.start) else None
    if near is not None and any(judge(text, figure, near) for judge in (_as_percent, _as_count, _as_compared)):
        return
    if _as_vote(text, figure, near):
        return
    if not _is_large(text, figure):
        if not (_as_people(text, figure) or _as_some(text, figure, near) or _as_told(text, figure, nouns)):
            _as_yearly(text, figure, near, nouns)
        return
    if not (_ENDS.match(text, figure.end) or re.match(r"\s+[a-z]", text[figure.end : figure.end + 4])):
        return
    if near is not None and near.kind == "money" and figure.start - near.end < MAX_NEAR and near.joined != "list":
        _give(figure, "money", near.unit, "money.ellipsis")
        return
    clause = _clause(text, figure.start)
    money = [match.end() for match in MONEY_WORD.finditer(clause)]
    noun = _noun_after(text, figure) or (near.unit if near is not None and near.rule in _COUNTS else None)
    noun = noun or _noun_before(text, figure.start, nouns)
    spent = bool(money) and (near is None or near.kind != "quantity") and not _NUMBER_OF.search(clause, money[-1])
    if (
        spent
        or _MONEY_AFTER.match(text, figure.end)
        or (noun is None and last_money is not None and figure.atom.value >= 1e6)
    ):
        _give(figure, "money", last_money, "money.noun")
        return
    if noun is None and last_count is not None and figure.start - last_count.end < MAX_MEMORY:
        noun = last_count.unit
    _give(figure, "quantity", noun, "quantity.ellipsis")


def _is_large(text: str, figure: Figure) -> bool:
    """Whether a number is a count or a sum for its size alone: with a scale or thousands, and no year in words."""
    atom = figure.atom
    written = text[atom.start : atom.end]
    if atom.doubtful or (atom.how == "spelled" and 1500 <= atom.value <= 2100) or atom.value < 1000:
        return False
    if atom.scaled and written[-1:] in "KMBT":
        return False  # "87B" is a file
    return atom.scaled or bool(re.search(r"\d[,\u00a0\u2009\u202f ]\d{3}", written))


def _give(figure: Figure, kind: str, unit: str | None, rule: str) -> None:
    figure.kind, figure.unit, figure.rule = kind, unit, rule
    figure.low = figure.high = figure.atom.value


def _as_percent(text: str, figure: Figure, near: Figure) -> bool:
    """ "9 percent, up from 7", "from 5 percent to 7"."""
    if near.kind != "percent" or near.unit != "%" or figure.atom.scaled or abs(figure.atom.value) >= 1000:
        return False
    if not (
        _FROM_PERCENT.fullmatch(text, near.end, figure.start)
        or (
            _FROM_LEFT.search(text, max(0, near.start - 20), near.start) and _TO.fullmatch(text, near.end, figure.start)
        )
    ):
        return False
    _give(figure, "percent", near.unit, "percent.ellipsis")
    figure.low = figure.high = figure.atom.value * near.factor
    return True


def _as_count(text: str, figure: Figure, near: Figure) -> bool:
    """ "52 votes to 48", "90 buses in March and 120 in May", "of 230 ships, 40 were sunk"."""
    if near.kind != "quantity" or near.rule not in _COUNTS or figure.atom.doubtful:
        return False
    if figure.atom.value < 10 and figure.atom.how != "digits":
        return False
    # "67 experts (21 for farming, 8 for transport, …)": what stands in brackets behind a count divides it
    rival = near.rule == "noun" or near.unit == "vote"
    pair = rival and figure.atom.how == "digits" and _VERSUS.fullmatch(text, near.end, figure.start)
    acted = figure.start - near.end < MAX_NEAR and near.low > figure.atom.value and _ACTED.match(text, figure.end)
    member = _COORDINATE.fullmatch(text, near.end, figure.start) and _GOES_ON.match(text, figure.end)
    inside = _OPENS.fullmatch(text, near.end, figure.start) and _SHARES.match(text, figure.end)
    part = _OF_LEFT.search(text, max(0, near.start - 10), near.start) and _SERIES.fullmatch(
        text, near.end, figure.start
    )
    if not (pair or member or part or inside or acted or _MORE.match(text, figure.end)):
        return False
    _give(figure, "quantity", near.unit, "quantity.ellipsis")
    return True


def _as_compared(text: str, figure: Figure, near: Figure) -> bool:
    """ "231 cars, against 254 a year ago", "1.4 million barrels a day from an average of 1.9"."""
    atom, mantissa = figure.atom, near.atom.value / near.atom.scale
    if _is_large(text, figure) or atom.doubtful or not mantissa / MAX_APART <= atom.value <= mantissa * MAX_APART:
        return False
    gap = _COMPARED.fullmatch(text, near.end, figure.start)
    if gap is None or not (near.kind == "money" or near.rule in _COUNTS) or not _ENDS.match(text, figure.end):
        return False
    if gap[0].endswith("(") and not (near.atom.scaled and atom.value % 1 and text[figure.end : figure.end + 1] == ")"):
        return False  # a note's number, or another count
    _give(figure, near.kind or "quantity", near.unit, f"{near.kind}.ellipsis")
    figure.scale_by(near.atom.scale * near.factor)
    return True


def _as_told(text: str, figure: Figure, nouns: NounFinder | None) -> bool:
    """ "a staff of 15", "membership stands at 128", "the number of seats from 308 to 338", "carried by 58 to 14"."""
    atom = figure.atom
    ends = _ENDS.match(text, figure.end) or _ACTED.match(text, figure.end)
    if atom.how != "digits" or atom.doubtful or atom.value % 1 or atom.value < 10 or not ends:
        return False
    clause = _clause(text, figure.start)
    if _AGED.search(clause):
        return False
    unit = _NUMBER_OF.search(clause) and _COUNT_REACHES.search(clause) and _noun_before(text, figure.start, nouns)
    if unit:
        _give(figure, "quantity", unit, "quantity.ellipsis")
        return True
    told = _GROUP.search(clause) or _LEVEL.search(clause)
    if told is None and _TO_FEWER.match(text, figure.end):
        told = _VOTED.search(clause)
    if told is not None:
        kind = str(told.lastgroup)
        named = (row["unit"] for row in _ROWS if row["kind"] == kind and re.fullmatch(row["word"], told[kind], re.I))
        _give(figure, "quantity", next(named) or None, "quantity.ellipsis")
    return told is not None


def _as_people(text: str, figure: Figure) -> bool:
    """ "killing 15 and wounding 40", "the death toll rose to 45": people, whoever they are."""
    if figure.atom.doubtful or figure.atom.scaled or figure.atom.value < 10:
        return False
    low = max(0, figure.start - 60)
    goes_on = _GOES_ON.match(text, figure.end) or re.match(r"\s+and\s", text[figure.end : figure.end + 5])
    if not (goes_on and _HARMED.search(text, low, figure.start)):
        return False
    _give(figure, "quantity", "person", "quantity.ellipsis")
    return True


def _as_vote(text: str, figure: Figure, near: Figure | None) -> bool:
    """ "Ayes 212, Noes 187", "301 votes in favour, 120 against"."""
    if figure.atom.doubtful or figure.atom.how != "digits" or figure.atom.value % 1:
        return False
    side = _VOTE_LEFT.search(text, max(0, figure.start - 24), figure.start)
    weak = side is not None and side["weak"] is not None
    further = near is not None and near.unit == "vote"
    if side is not None and weak and not further and not _VOTE_RIGHT.match(text, figure.end):
        return False
    if side is None and not (further and _AGAINST.match(text, figure.end)):
        return False
    _give(figure, "quantity", "vote", "quantity.ellipsis")
    return True


def _as_yearly(text: str, figure: Figure, near: Figure | None, nouns: NounFinder | None) -> None:
    """ "the number of mills was 312 in 1985, 287 in 1986 and 301 in 1987": a count for each year."""
    atom = figure.atom
    if (
        atom.how != "digits"
        or atom.doubtful
        or atom.value < 10
        or atom.value % 1
        or not _IN_YEAR.match(text, figure.end)
    ):
        return
    clause = _clause(text, figure.start)
    counted_near = near is not None and near.rule in _COUNTS
    if counted_near or _NUMBER_OF.search(clause) or _FIGURES_WERE.search(clause):
        unit = near.unit if near is not None and counted_near else _noun_before(text, figure.start, nouns)
        _give(figure, "quantity", unit, "quantity.ellipsis")


def _as_some(text: str, figure: Figure, near: Figure | None) -> bool:
    """ "some 40 were injured", "12 of them": a number that stands for those it counts."""
    if figure.atom.doubtful or figure.atom.scaled or figure.atom.value < 10 or figure.atom.value % 1:
        return False
    were = _WERE.match(text, figure.end)
    if not (were or _OF_THEM.match(text, figure.end)):
        return False
    people = were is not None and were[1].casefold() in PEOPLE
    unit = "person" if people else near.unit if near is not None and near.rule in _COUNTS else None
    _give(figure, "quantity", unit, "quantity.ellipsis")
    return True


def _other_end(text: str, left: Figure, right: Figure) -> Iterator[Figure]:
    """ "from 900 to 40,000": the smaller end of a change counts what the larger does."""
    to = _TO.fullmatch(text, left.end, right.start)
    if to and _FROM_LEFT.search(text, max(0, left.start - 20), left.start) and left.atom.how == "digits":
        _give(left, right.kind or "quantity", right.unit, right.rule)
        if not left.atom.scaled and left.atom.value < 1000:
            left.scale_by(right.atom.scale)  # "from 3 to 5 million"
        yield left


def _clause(text: str, end: int) -> str:
    start = max(0, end - MAX_CLAUSE)
    for found in _SENTENCE_BREAK.finditer(text, start, end):
        start = found.end()
    return text[start:end]


def _noun_after(text: str, figure: Figure) -> str | None:
    """ "(2.2 million) of households"."""
    of = _OF_RIGHT.match(text, figure.end)
    noun = counted_noun(words_after(text, of.end() - 1)) if of else None
    return counted(noun.text) if noun else None


def _noun_before(text: str, end: int, nouns: NounFinder | None) -> str | None:
    """What the clause counts: "the number of cars rose …", people where it is about them, else its first plural."""
    clause = _clause(text, end)
    numbers = list(_NUMBER_OF.finditer(clause))
    named = [match for match in _WORD.finditer(clause) if nouns is None or nouns(end - len(clause) + match.start())]
    for words in (numbers[-1][1].split() if numbers else [], [match[0] for match in named]):
        plurals = [w for w in words if is_plural(w) and singular(w) not in NOT_COUNTED and _is_common(w)]
        if plurals and (numbers or not PEOPLE_WORD.search(clause)):
            return counted(plurals[0])
    return "person" if PEOPLE_WORD.search(clause) else None


def _is_common(word: str) -> bool:
    """No name: lower case, or a people."""
    return word.islower() or country_code(word) is not None
