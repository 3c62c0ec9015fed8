"""Numbers that stand without their unit: what the sentence counts or spends, and the figures beside them, give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.normalize.countries import country_code
from extract.normalize.figures.asked import asked_noun
from extract.normalize.figures.clause_words import ABOUT, MONEY_WORD, PEOPLE_WORD, UNITS, words
from extract.normalize.figures.figure import Figure, NounFinder
from extract.normalize.figures.joins import MOVES
from extract.normalize.figures.words import counted_noun, words_after
from extract.normalize.units import NOT_COUNTED, PEOPLE, counted, is_plural, singular

_REACHES = rf"(?:was|were|is|are|at|of|to|from|by|than|averag\w+|reach\w+|numbered|total?led|exceed\w+)\s+{ABOUT}\Z"
_HARMED = re.compile(rf"{words('harmed')}\s+(?:at\s+)?{ABOUT}\Z", re.IGNORECASE)
_GROUP = re.compile(rf"{words('group')}\s+of\s+{ABOUT}\Z")
_LEVEL = re.compile(rf"{words('level')}\b[^.;\d]{{0,40}}\b{_REACHES}", re.IGNORECASE)
_RATE = re.compile(rf"{words('rate')}\b[^.;:\d]{{0,30}}\b{_REACHES}", re.IGNORECASE)
_NO_RATE = re.compile(r"\b(?:exchange|index|divid|multipl|aged?\b)", re.IGNORECASE)
_EACH = re.compile(r"\s+(?:an?|per|each|every)\b")
_DEED = re.compile(rf"\s+(?:(?:are|[chmw][a-z]{{2,4}})\s+){{0,2}}{words('deed')}\b")
_VOTED = re.compile(rf"{words('vote')}\b[^.;\d]{{0,24}}\b(?:by|of|was|were|is)\s+{ABOUT}\Z", re.IGNORECASE)
_AGED = re.compile(r"\bage[sd]?\b[^.;,]{0,24}\Z", re.IGNORECASE)
_TO_FEWER = re.compile(r"\s+to\s+\d{1,3}\b")
_COUNT_REACHES = re.compile(rf"\b{_REACHES}", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"\s+of\s+(?:[a-z]+\s+)?(?:funding|aid|spending|investments?|loans?|debts?|capital|revenues?)\b"
)
# What may follow a number that counts what was named before: the clause goes on without a noun of its own.
_ENDS = re.compile(rf"\s*(?:[.,;:)!?(\[\]\"”—–-]|\Z|\s{words('ends')}\b)", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"(])|\n\s*\n|\n(?=[ \t]*[-*•] )")
_FROM_PERCENT = re.compile(
    r"(?:\s+now)?[\s,]*(?:(?:up|down)\s+)?(?:from|against|versus|compared with|after)\s+(?:about\s+|just\s+|only\s+)?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:[^.;\d]{0,30}\s)?(?:up\s+|down\s+)?to\s+(?:about\s+|just\s+|only\s+|over\s+|some\s+)?", re.IGNORECASE
)
# Before a number that repeats no unit: the start of a line or sentence, a place, a time, a whole; and behind one.
_APART = re.compile(rf"(?:[\n\[/–—-]|[.?!]\s|{words('apart')}\s)\s*\Z", re.IGNORECASE)
_PARTS = re.compile(r"\s*[-–:\]/]|\s+of\b")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d)")
_OF_WHOLE = re.compile(r"\s+(?:out\s+)?of\s+")
_ACTED = re.compile(r"\s+(?:were|are|(?:(?:have|had|did|will)\s+)?\w+(?:ed|not))\b")
_MORE = re.compile(r"\s+(?:more|fewer|less)\b")
_COORDINATE = re.compile(
    r"(?:\s+(?:in|by|at|on|last|this|were|was)\s+[\w ]{1,24})?\s*[,;]?\s+(?:and|but|or|then)\s+"
    r"(?:only\s+|just\s+|nearly\s+|about\s+|some\s+)?(?:\(\w{1,3}\)\s+)?",
    re.IGNORECASE,
)
# "paid 60 clerks and dismissed 9", "lodged: 90; withdrawn: 12".
_NEXT_DEED = re.compile(
    rf",?\s+(?:and|but|then)\s+(?:\w+ly\s+)?[a-z]{{2,}}ed\s+{ABOUT}|\s*[;,]\s+[a-z][a-z ]{{2,30}}:\s+"
)
_SERIES = re.compile(r"(?:[^.;]{0,40}),\s+(?:and\s+)?(?:then\s+)?")
_GOES_ON = re.compile(
    r"\s*(?:[.;,)]|\Z|\s(?:in|by|at|on|last|this|were|was|are|is|from|the|to|of|respectively)\b)", re.IGNORECASE
)
_PLACED = r"(?:for|in|from|by|to|on|at|over|through|during|under|among|within|with)"
_OPENS = re.compile(
    rf"\s*\(|,\s+|,?\s+(?:including|among\s+them|of\s+which|of\s+whom)\s+{ABOUT}|\s+{_PLACED}\s[^().;]{{2,40}},\s+(?:and\s+)?"
)
_DIVIDED = re.compile(rf"[^.;\d]{{0,80}}[,(:]\s*(?:and\s+|including\s+)?{ABOUT}")
_SHARES = re.compile(rf"\s+(?:{_PLACED}\s+\w|(?:of\s+them?|abroad|overseas|elsewhere|t?here)\b)")
_LISTED = re.compile(r"\s*(?:[.,;)]|\Z|and\b)")
_THERE = re.compile(
    r"\b(?:there\s+(?:are|were)|(?:we|they|I|s?he|it)\s+(?:now\s+)?(?:have|had|has))\s+(?:now\s+|only\s+|still\s+)?"
    rf"{ABOUT}\Z",
    re.IGNORECASE,
)
_OF_THESE = re.compile(rf"\bOf\s+(?:these|those|them)\s*,?\s+{ABOUT}\Z", re.IGNORECASE)
# "Mills in Lodz fell from": what is told to move, up to its verb; "Licences issued:": the label of a line.
_MOVED = re.compile(r"\b([a-z]+s)(?:\s+(?:in|at|of|on)\s+(?:the\s+)?\w+)?\s+(?:ha(?:ve|s|d)\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+\Z")
_LABEL = re.compile(
    rf"(?:^|\n|[.;]\s)[ \t]*(?:[-*•][ \t]+)?[*_]{{0,2}}([A-Z][\w’' -]{{2,48}})[*_]{{0,2}}:[*_]{{0,2}}[ \t]+{ABOUT}\Z"
)
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|\Z|[.;,(](?!\d))")
_NUMBERED = re.compile(rf"\b([a-z]+s)\s+(?:now\s+)?number(?:ed)?\s+{ABOUT}\Z", re.IGNORECASE)
_OF_LEFT = re.compile(r"\bOf\s+(?:the\s+|these\s+|its\s+|every\s+|all\s+)?\Z")
_NUMBER_OF = re.compile(r"\bnumber\s+of\s+((?:[\w’'/-]+\s+){1,4})", re.IGNORECASE)
_NUMBER_IS = re.compile(rf"\bnumber\s+of\s[^,;]{{3,90}}\s{_REACHES}", re.IGNORECASE)
_OF_RIGHT = re.compile(
    r"(?:\s*\)?\s+of\s+(?:the\s+|all\s+|its\s+|these\s+|those\s+)?|\s*\)\s+(?:in\s+the\s+number\s+of\s+)?)(?=[a-z])",
    re.IGNORECASE,
)
_WERE = re.compile(
    r"\s+(?:(?:were|are|was|have|had|remain(?:ed)?)\s+)(?:(?:since|also|already|later|still|been|since been)\s+){0,2}"
    r"(\w+(?:ed|en|ing|ead|ost|wn|urt))\b"
)
_VOTE_LEFT = re.compile(
    r"\b(?:ayes?|noes|yeas?|nays?|(?P<weak>for|against|abstentions?|in favou?r))\s?(?:[:,]|were|was|[-–—]{1,2})?\s*\Z",
    re.IGNORECASE,
)
_FOR_AGAINST = re.compile(r"\s+(?:votes?\s+)?(?:in favou?r|for)[,;]?\s+(?:and\s+|to\s+)?\d+\s+(?:votes?\s+)?against\b")
_VOTE_RIGHT = re.compile(r"[,;]?\s+(?:and\s+)?against\b", re.IGNORECASE)
_AGAINST = re.compile(r"\s+(?:votes?\s+)?(?:against|for|in favou?r|abstaining)\b", re.IGNORECASE)
_ALONE_LEFT, _ALONE_RIGHT = re.compile(r"[:?—]\s*\Z"), re.compile(r"[.;]?\s*(?:\n|\Z)")
_IN_YEAR = re.compile(r"\s+(?:in|for|at the end of|by)\s+(?:19|20)\d\d")
_FIGURES_WERE = re.compile(
    r"\b(?:figures?|totals?|numbers?)\s+(?:\w+\s+){0,6}(?:were|was|is|are|rose|fell|stood)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\s+of\s+(?:us|them|you|these|those|which|whom)\b")
# "Deaths rose by 14 to 229": the size of a change and what it reaches.
_BY_LEFT = re.compile(rf"\bby\s+{ABOUT}\Z")
_FROM_LEFT = re.compile(r"\b(?:from|between)\s+(?:about\s+|nearly\s+|some\s+|only\s+)?\Z", re.IGNORECASE)
# A clause is looked at so far to the left, a sum of money is remembered so far.
MAX_CLAUSE, MAX_NEAR, MAX_MEMORY = 260, 200, 1200
# A bare number after the name of a rate is a percentage if one of so many figures on either side is one, so close.
NEIGHBOURS, MAX_RATED = 4, 500
# Figures that are compared without their unit are at most so many times one another.
MAX_APART = 5
_WORD = re.compile(r"[A-Za-z][a-z]{3,}")
_COUNTS = frozenset({"noun", "measure", "quantity.ellipsis"})


class _Around(NamedTuple):
    """What stands around a bare number: the figure before it in its sentence, the sum and the count last told of
    anywhere, whether a percentage is close, and what tells nouns from verbs."""

    near: Figure | None
    money: str | None
    counted: Figure | None
    rated: bool
    nouns: NounFinder | None

    def counted_near(self) -> Figure | None:
        """The figure before it in its sentence, if it counts."""
        return self.near if self.near is not None and self.near.rule in _COUNTS else None


def settle(text: str, figures: list[Figure], nouns: NounFinder | None = None) -> list[Figure]:
    """Settle bare numbers, and drop those that stay bare; ``nouns`` tells nouns in the plural from verbs."""
    settled: list[Figure] = []
    last_money = next((f.unit for f in figures if f.kind == "money"), None)
    last_count: Figure | None = None
    for number, figure in enumerate(figures):
        if figure.kind is None:
            near = settled[-1] if settled else None
            if near is not None and _SENTENCE_BREAK.search(text, near.end, figure.start):
                near = None
            rated = _is_rated(figure, figures[max(0, number - NEIGHBOURS) : number + NEIGHBOURS + 1])
            _settle(text, figure, _Around(near, last_money, last_count, rated, nouns))
            if figure.kind is not None and number and figures[number - 1].kind is None:
                settled.extend(_other_end(text, figures[number - 1], figure))
        if figure.kind is not None:
            settled.append(figure)
            last_money = figure.unit if figure.kind == "money" else last_money
            last_count = figure if figure.rule in _COUNTS and figure.unit else last_count
    return settled


def _is_rated(figure: Figure, neighbours: Sequence[Figure]) -> bool:
    return any(f.kind == "percent" and abs(f.start - figure.start) < MAX_RATED for f in neighbours)


def _settle(text: str, figure: Figure, around: _Around) -> None:
    if figure.atom.how == "vague":
        _as_people(text, figure)
        return
    near, large = around.near, _is_large(text, figure)
    if near is not None and any(judge(text, figure, near) for judge in (_as_percent, _as_count, _as_same)):
        return
    if _as_vote(text, figure, near) or _as_told(text, figure, around, large) or _as_people(text, figure):
        return
    if not large:
        any(judge(text, figure, around) for judge in (_as_rate, _as_some, _as_moved, _as_yearly, _as_answer))
        return
    if not (_ENDS.match(text, figure.end) or re.match(r"\s+[a-z]", text[figure.end : figure.end + 4])):
        return
    if near is not None and near.kind == "money" and figure.start - near.end < MAX_NEAR and near.joined != "list":
        _give(figure, "money", near.unit, "money.ellipsis")
        return
    clause = _clause(text, figure.start)
    money = [match.end() for match in MONEY_WORD.finditer(clause)]
    count = around.counted_near()
    noun = _noun_after(text, figure) or (count.unit if count is not None else None)
    noun = noun or _noun_before(text, figure.start, around.nouns)
    spent = bool(money) and (near is None or near.kind != "quantity")
    spent = spent and not (_NUMBER_OF.search(clause, money[-1]) or _NUMBER_IS.search(clause))
    if (
        spent
        or _MONEY_AFTER.match(text, figure.end)
        or (noun is None and around.money is not None and figure.atom.value >= 1e6)
    ):
        _give(figure, "money", around.money, "money.noun")
        return
    if noun is None and around.counted is not None and figure.start - around.counted.end < MAX_MEMORY:
        noun = around.counted.unit
    noun = noun or asked_noun(text, figure.start)
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
    if figure.joined != "range":
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
    figure.scale_by(near.factor)
    return True


def _as_count(text: str, figure: Figure, near: Figure) -> bool:
    """ "90 buses in March and 120 in May", "of 230 ships, 40 were sunk", "60 clerks, 9 of them in Pori"."""
    if near.kind != "quantity" or near.rule not in _COUNTS or figure.atom.doubtful:
        return False
    if figure.atom.value < 10 and figure.atom.how != "digits":
        return False
    start, end = figure.start, figure.end
    acted = _ACTED.match(text, end)
    fewer = start - near.end < MAX_NEAR and near.low > figure.atom.value and acted
    member = _COORDINATE.fullmatch(text, near.end, start) and (_GOES_ON.match(text, end) or acted)
    opened = near.low > figure.atom.value and _DIVIDED.fullmatch(text, near.end, start)
    inside = (opened or _OPENS.fullmatch(text, near.end, start)) and _SHARES.match(text, end)
    moved = _BY_LEFT.search(text, max(0, near.start - 24), near.start) and _TO.fullmatch(text, near.end, start)
    part = _OF_LEFT.search(text, max(0, near.start - 10), near.start) and _SERIES.fullmatch(text, near.end, start)
    did = _NEXT_DEED.fullmatch(text, near.end, start) and _ENDS.match(text, end)
    if not (member or moved or part or inside or fewer or did or _MORE.match(text, end)):
        return False
    _give(figure, "quantity", near.unit, "quantity.ellipsis")
    return True


def _as_same(text: str, figure: Figure, near: Figure) -> bool:
    """ "900 buses were promised and 700 came", "a duty of 10 percent goes to 12": what the sentence told before."""
    atom, mantissa = figure.atom, abs(near.atom.value / near.atom.scale)
    if atom.doubtful or not mantissa / MAX_APART <= atom.value <= mantissa * MAX_APART or _is_large(text, figure):
        return False
    counts = near.rule in _COUNTS and near.unit is not None
    if not (counts or (near.kind in ("money", "percent") and not _ACTED.match(text, figure.end))):
        return False
    if (atom.how == "spelled" and atom.value in range(10)) or _YEARS.match(text, atom.start):
        return False
    low, end = max(near.end, figure.start - 24), figure.end
    if _APART.search(text, low, figure.start) or _OF_WHOLE.fullmatch(text, near.end, figure.start):
        return False
    if _PARTS.match(text, end) or not _ENDS.match(text, end):
        return False
    bracketed = text[figure.start - 1] == "("
    if bracketed and not (near.atom.scaled and atom.value % 1 and text[end : end + 1] == ")"):
        return False  # a note's number, or another count
    _give(figure, near.kind or "quantity", near.unit, f"{near.kind}.ellipsis")
    figure.scale_by(near.atom.scale * near.factor)
    return True


def _as_told(text: str, figure: Figure, around: _Around, large: bool) -> bool:
    """ "a staff of 15", "membership stands at 128", "the number of seats from 308 to 338", "carried by 58 to 14",
    "Licences issued: 45"; of ``large`` numbers, which may be sums, only people and what a line is labelled with."""
    atom = figure.atom
    ends = _ENDS.match(text, figure.end) or _ACTED.match(text, figure.end)
    if atom.how not in ("digits", "spelled") or atom.doubtful or atom.value % 1 or atom.value < 10:
        return False
    if 1500 <= atom.value <= 2100 and atom.end - atom.start == 4:
        return False
    clause = _clause(text, figure.start)
    group, unit = _GROUP.search(clause), _labelled(text, figure)
    if not (ends or group or unit) or _AGED.search(clause):
        return False
    if unit is None and not large and _NUMBER_OF.search(clause) and _COUNT_REACHES.search(clause):
        unit = _noun_before(text, figure.start, around.nouns)
    told = None if unit else group or _LEVEL.search(clause)
    if unit is None and told is None and _TO_FEWER.match(text, figure.end):
        told = _VOTED.search(clause)
    if told is not None:
        word = told[str(told.lastgroup)]
        unit = UNITS[str(told.lastgroup), word.casefold()] or (singular(word) if is_plural(word) else None)
    if (unit is None and told is None) or (large and told is not None and unit != "person"):
        return False
    _give(figure, "quantity", unit, "quantity.ellipsis")
    return True


def _labelled(text: str, figure: Figure) -> str | None:
    """What a line that is a label and a number counts, or a sentence: "Licences issued: 45", "refugees number 300"."""
    low = max(0, figure.start - 72)
    label = _LINE_ENDS.match(text, figure.end) and _LABEL.search(text, low, figure.start)
    label = label or _NUMBERED.search(text, low, figure.start)
    noun = counted_noun(words_after(" " + label[1], 0)) if label else None
    return counted(noun.text) if noun and singular(noun.text) not in NOT_COUNTED else None


def _as_people(text: str, figure: Figure) -> bool:
    """ "killing 15 and wounding 40", "60,000 marched", "dozens were hurt": people, whoever they are."""
    vague = figure.atom.how == "vague"
    if figure.atom.doubtful or figure.atom.value < 10 or figure.atom.value % 1:
        return False
    low = max(0, figure.start - 60)
    goes_on = _GOES_ON.match(text, figure.end) or re.match(r"\s+and\s", text[figure.end : figure.end + 5])
    harmed = not vague and goes_on and _HARMED.search(text, low, figure.start)
    were = vague and _WERE.match(text, figure.end)
    if not (harmed or _DEED.match(text, figure.end) or (were and were[1].casefold() in PEOPLE)):
        return False
    _give(figure, "quantity", "person", "quantity.ellipsis")
    return True


def _as_rate(text: str, figure: Figure, around: _Around) -> bool:
    """ "unemployment is 6.1", "the rate went from 30": a percentage, where others stand near."""
    atom = figure.atom
    if not around.rated or atom.doubtful or atom.scaled or atom.value > 100:
        return False
    if not _ENDS.match(text, figure.end) or _EACH.match(text, figure.end):
        return False
    clause = _clause(text, figure.start)
    if _RATE.search(clause) is None or _NO_RATE.search(clause):
        return False
    _give(figure, "percent", "%", "percent.ellipsis")
    return True


def _as_moved(text: str, figure: Figure, _: _Around) -> bool:
    """ "Mills in Lodz fell from 312 to 287"."""
    atom, left = figure.atom, _FROM.search(text, max(0, figure.start - 8), figure.start)
    if left is None or atom.how != "digits" or atom.doubtful or atom.value % 1 or atom.value < 10:
        return False
    verb = MOVES.search(text, max(0, left.start() - 24), left.start())
    noun = _MOVED.search(text, max(0, verb.start() - 48), verb.start()) if verb else None
    if (
        noun is None
        or singular(noun[1]) in NOT_COUNTED
        or not _TO.match(text, figure.end)
        or MONEY_WORD.search(noun[0])
    ):
        return False
    _give(figure, "quantity", counted(noun[1]), "quantity.ellipsis")
    return True


def _as_vote(text: str, figure: Figure, near: Figure | None) -> bool:
    """ "Ayes 212, Noes 187", "301 votes in favour, 120 against"."""
    if figure.atom.doubtful or figure.atom.how != "digits" or figure.atom.value % 1:
        return False
    side = _VOTE_LEFT.search(text, max(0, figure.start - 24), figure.start)
    further = near is not None and near.unit == "vote"
    named = side is not None and (side["weak"] is None or further or _VOTE_RIGHT.match(text, figure.end))
    if not (named or _FOR_AGAINST.match(text, figure.end) or (further and _AGAINST.match(text, figure.end))):
        return False
    _give(figure, "quantity", "vote", "quantity.ellipsis")
    return True


def _as_yearly(text: str, figure: Figure, around: _Around) -> bool:
    """ "the number of mills was 312 in 1985, 287 in 1986 and 301 in 1987": a count for each year."""
    atom = figure.atom
    whole = atom.how == "digits" and not atom.doubtful and atom.value >= 10 and atom.value % 1 == 0
    if not whole or not _IN_YEAR.match(text, figure.end):
        return False
    clause, count = _clause(text, figure.start), around.counted_near()
    if count is None and not (_NUMBER_OF.search(clause) or _FIGURES_WERE.search(clause)):
        return False
    unit = count.unit if count is not None else _noun_before(text, figure.start, around.nouns)
    _give(figure, "quantity", unit, "quantity.ellipsis")
    return True


def _as_answer(text: str, figure: Figure, _: _Around) -> bool:
    """ "How many mills are there? Mr. Roe: Twelve.": a number that is all that is answered."""
    atom = figure.atom
    if atom.doubtful or atom.value % 1 or not (atom.how == "digits" or atom.value >= 10):
        return False
    if not (_ALONE_LEFT.search(text, max(0, figure.start - 4), figure.start) and _ALONE_RIGHT.match(text, figure.end)):
        return False
    noun = asked_noun(text, figure.start)
    if noun is not None:
        _give(figure, "quantity", noun, "quantity.ellipsis")
    return noun is not None


def _as_some(text: str, figure: Figure, around: _Around) -> bool:
    """ "some 40 were injured", "12 of them", "of these, 27": a number that stands for those it counts."""
    if figure.atom.doubtful or figure.atom.scaled or figure.atom.value < 10 or figure.atom.value % 1:
        return False
    were, before = _WERE.match(text, figure.end), around.counted_near()
    low = max(0, figure.start - 40)
    there = (
        around.counted is not None and figure.start - around.counted.end < MAX_NEAR and _LISTED.match(text, figure.end)
    )
    if _OF_THESE.search(text, low, figure.start) or (there and _THERE.search(text, low, figure.start)):
        before = around.counted
    elif not (were or _OF_THEM.match(text, figure.end)):
        return False
    people = were is not None and were[1].casefold() in PEOPLE
    unit = "person" if people else before.unit if before is not None else None
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
    for these in (numbers[-1][1].split() if numbers else [], [match[0] for match in named]):
        plurals = [w for w in these if is_plural(w) and singular(w) not in NOT_COUNTED and _is_common(w)]
        if plurals and (numbers or not PEOPLE_WORD.search(clause)):
            return counted(plurals[0])
    return "person" if PEOPLE_WORD.search(clause) else None


def _is_common(word: str) -> bool:
    """No name: lower case, or a people."""
    return word.islower() or country_code(word) is not None
