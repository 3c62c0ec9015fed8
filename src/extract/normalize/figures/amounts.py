"""A number and what stands beside it: sign, currency, scale, percent, unit of measure or counted noun."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.normalize.figures import traps
from extract.normalize.figures.atoms import take_scale
from extract.normalize.figures.clause_words import WORTH_LEFT
from extract.normalize.figures.figure import Atom, Figure, NounFinder
from extract.normalize.figures.percents import PERCENT, as_percent, part_of_percent, points, zero_rate
from extract.normalize.figures.ratios import is_often, read_ratio, read_split, read_times
from extract.normalize.figures.words import Word, counted_noun, hyphenated, split_hyphens, words_after
from extract.normalize.mentions import country_mentions
from extract.normalize.money import Currency, MoneyGrammar
from extract.normalize.numbers import GAP1, SCALE_AFTER
from extract.normalize.tails import Tails
from extract.normalize.units import DURATIONS, NO_COUNT, PEOPLE, STOPS, Unit, UnitGrammar, counted, singular

_MINUS = "-\u2212–"
_MINUS_TAILS = Tails(["minus", "negative"])
_MINUS_WORD = re.compile(r"(?<!or )(?<!/)\b(?:minus|negative)\s+\Z", re.IGNORECASE)
_NO_SIGN_BEFORE = re.compile(r"(?:[\w%‰$£€¥)\].,]|[\d%]\s+)\Z")
_PLUS = re.compile(
    r"[- ]plus(?=\s)|[ ]?\+(?=\s)|(?:[ ]or[ ](?:more|so|fewer|less)|[- ]odd)(?=[ ][a-zA-Z])", re.IGNORECASE
)
_OF_WORDS = re.compile(
    rf"{GAP1}of{GAP1}(?:(?:the|th[eo]se|its|their|my|y?our|his|her|other|new|additional|more){GAP1})?(?=\S)",
    re.IGNORECASE,
)
_SUM_AFTER = re.compile(
    rf"{GAP1}(?:more{GAP1}in|in|worth|for|to)\b|{GAP1}of{GAP1}(?:\w+{GAP1})?(?:investments?|aid|trade|exports|imports"
    rf"|debts?|loans?|spending|subsid|revenue|capital|money)",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(
    r"\s+(?:upon|per|an?|the|each|on every|for every)\s+(?:ton|head|year|week|month|acre|yard|gallon|piece)"
)
_STUCK_MONEY = re.compile(r"[A-Z]{3}(?![A-Za-z])|(?:euros?|dollars?|dlrs|cts?|p|c)(?!\w|\.\w)")
_IN_THE_WHOLE = re.compile(r"\s+in\s+the\s+(?:dollar|pound|franc|rupee|mark|euro|\$|£)\b", re.IGNORECASE)
_PER_CURRENCY = re.compile(rf"{GAP1}(?P<to>to|per|for|=)?{GAP1}?(?:the|one|1|an?|each|every)?(?={GAP1})", re.IGNORECASE)
_PER_BASE = re.compile(rf"{GAP1}(?:(?:to|against)(?:{GAP1}(?:the|one|an?))|per)(?={GAP1})", re.IGNORECASE)
# "N3-5 billion": the scale of a range stands behind its end.
_SCALED_END = re.compile(r"[-–]\d[\d.,]{0,8}\s?(?:(?:million|billion|trillion)\b|bn\b|mn?\b)")
_PLAIN_WORD = re.compile(r"[A-Za-z]{3,}")
_TO_ONE = re.compile(rf"{GAP1}(?:to{GAP1}equal|equals?|=|to|for|per){GAP1}", re.IGNORECASE)
_BELOW_ZERO = re.compile(rf"{GAP1}(?:Celsius{GAP1}|Fahrenheit{GAP1}|of{GAP1}frost)?below{GAP1}zero", re.IGNORECASE)
_LABELS = re.compile(r"(?:[ ][a-z]+){0,3}:")
# Peoples that are written alike in both numbers ("87 Japanese").
_NATION = re.compile(r"[A-Z][a-z]+(?:ese|iss|ish|ench|utch)\Z")
# Of a rate that names one currency the other stands in its sentence, so close.
MAX_QUOTED = 240
# Currency words that are everyday words too, and need a sign that money is meant.
_TWO_FACED = frozenset({"pound", "pounds", "won", "real", "mark"})


class AmountReader:
    """Reads the figure that a number makes with the currencies and units given."""

    def __init__(self, money: MoneyGrammar, units: UnitGrammar) -> None:
        self._money, self._units = money, units

    def read(self, text: str, atom: Atom, dates: traps.Mask, nouns: NounFinder | None) -> Figure | None:
        """The figure of a number; of ``kind`` ``None`` if its unit is to come from a neighbour; ``None`` for a trap."""
        figure = Figure(atom.start, atom.end, atom, low=atom.value, high=atom.value)
        if atom.how != "digits" and text[max(0, atom.start - 1) : atom.start] in ("-", "_"):
            return None
        if atom.how == "fraction" and (part := part_of_percent(text, figure)):
            return part
        if atom.how in ("multiple", "fraction", "share"):
            return read_ratio(text, figure)
        if split := read_split(text, figure):
            return split
        if atom.how == "digits":
            if atom.start in dates and " " in text[atom.start : atom.end]:
                return None
            prefixed = self._prefixed(text, figure)
            if prefixed is not None:
                return prefixed
        self._scale(text, figure)
        if atom.how == "digits" and self._stuck(text, atom):
            return None
        return self._signed(text, figure) or self._plain(text, figure, dates, nouns)

    # --- currency in front

    def _prefixed(self, text: str, figure: Figure) -> Figure | None:
        """A sum with its currency before it, with the minus or the brackets of accounts inside or outside."""
        atom, at = figure.atom, figure.start
        bracketed = text[at - 1 : at] == "(" and text[atom.end : atom.end + 1] == ")"
        at -= bracketed
        inner = at > 1 and text[at - 1] in _MINUS and not text[at - 2].isalnum()
        found = (self._money.before(text, at - 1) if inner else None) or self._money.before(text, at)
        if found is None:
            return None
        currency, start = found
        inner = inner and start < at - 1 and text[at - 1] in _MINUS
        if text[start].isalpha() and traps.is_year(text, atom):
            return None
        atom.end += bracketed
        take_scale(text, atom, money=True)
        letter = text[start : figure.start].strip(" .(")
        if len(letter) == 1 and letter.isalpha() and not self._shows_sum(text, atom, currency):
            return None
        figure.start, figure.end = start, atom.end
        figure.kind, figure.unit, figure.rule, figure.factor = "money", currency.code, "money.before", currency.factor
        figure.low = figure.high = atom.value * currency.factor
        self._repeated(text, figure)
        outer = self._minus(text, start)
        if outer is not None:
            figure.start = outer
        if inner or bracketed or outer is not None:
            figure.scale_by(-1)
        return figure

    def _shows_sum(self, text: str, atom: Atom, currency: Currency) -> bool:
        """Whether a letter before a number is a currency: a scale, thousands, or its country in the text."""
        written = text[atom.start : atom.end]
        if (atom.scaled and written[-1:] not in "kK") or re.search(r"[,\u00a0 ]\d{3}", written):
            return True
        if _SCALED_END.match(text, atom.end):
            return True
        countries = {country for home in self._money.homes.get(currency.code, ()) for country in home.countries}
        return atom.value >= 100 and bool(countries & country_mentions(text).keys())

    def _repeated(self, text: str, figure: Figure) -> None:
        """A currency word behind a sum that has its symbol in front belongs to it too: "$5 million dollars"."""
        words = words_after(text, figure.end, 3)
        again = self._money.find_after([word.text for word in words])
        if again and again[0].factor == 1 and words[0].text[0].isalpha() and words[again[1] - 1].text not in _TWO_FACED:
            figure.end = words[again[1] - 1].end
            figure.unit = figure.unit if again[0].code in self._money.homes else again[0].code

    def _minus(self, text: str, start: int) -> int | None:
        """Where the minus begins that stands before ``start``, ``None`` for a dash or a bullet."""
        low = max(0, start - 12)
        if _MINUS_TAILS.fit(text, low, start) and (word := _MINUS_WORD.search(text, low, start)):
            return word.start()
        if start == 0 or text[start - 1] not in _MINUS or _NO_SIGN_BEFORE.search(text, max(0, start - 4), start - 1):
            return None
        bullet = start > 1 and text[start - 2] == "\n" and text[start - 1] != "\u2212"
        return None if bullet and text[start:].split("\n", 1)[0].strip().count(" ") > 1 else start - 1

    # --- scale and sign

    def _scale(self, text: str, figure: Figure) -> None:
        """Take the scale in; one that only sums have ("mil", "MM") if a currency follows it."""
        atom = figure.atom
        short = SCALE_AFTER.match(text, atom.end) if atom.how == "digits" else None
        if short and (short["short"] or short[0].endswith(".")):
            beside = replace(atom)
            take_scale(text, beside, money=True)
            stop = text[beside.end : beside.end + 1] == "."
            words = [word.text for word in words_after(text, beside.end + stop, 4)]
            if beside.end > atom.end and self._money.find_after(words):
                atom.value, atom.scale, atom.scaled = beside.value, beside.scale, beside.scaled
                atom.end = beside.end + (stop and text[beside.end + 1 : beside.end + 2] == " ")
        take_scale(text, atom, money=False)
        figure.low = figure.high = atom.value
        figure.end = atom.end

    def _signed(self, text: str, figure: Figure) -> Figure | None:
        """A negative number with a unit: "−1.4 percent", "minus 2", "(3.2) percent"."""
        atom = figure.atom
        if atom.how == "digits" and text[atom.start - 1 : atom.start] == "(" and text[atom.end : atom.end + 1] == ")":
            return self._bracketed(text, figure)
        start = self._minus(text, figure.start)
        if start is None:
            return None
        found = self._measured(text, figure)
        if found is not None:
            found.start = start
            found.scale_by(-1)
        return found

    def _bracketed(self, text: str, figure: Figure) -> Figure | None:
        """ "(3.2) percent" of accounts; "ten (10) percent" and "(1) per cent of …" in a list are none."""
        atom = figure.atom
        whole = atom.value < 10 and atom.value % 1 == 0
        if whole or re.search(r"[a-z]\s*\(\Z", text[max(0, atom.start - 3) : atom.start]) is None:
            return None
        if re.search(
            r"(?:ty|een|ten|ve|ne|wo|ee|ur|ix|en|ht|ed|nd|on)[ \n]\(\Z", text[max(0, atom.start - 6) : atom.start]
        ):
            return None
        probe = replace(figure, end=atom.end + 1)
        found = self._measured(text, probe)
        if found is None or found.rule == "noun":
            return None
        found.start = atom.start - 1
        found.scale_by(-1)
        return found

    def _stuck(self, text: str, atom: Atom) -> bool:
        if traps.is_stuck_left(text, atom.start):
            return True
        end = atom.end
        if atom.scaled or text[end : end + 1] in ("¢", "$", "€", "£", "¥", "°", "%", "‰"):
            return False
        if not traps.is_stuck_right(text, end):
            return False
        return not (
            self._units.stuck.match(text, end)
            or PERCENT.match(text, end)
            or is_often(text, end)
            or self._stuck_money(text, end)
            or re.match(r"-?(?:[a-z]+-)?(?:years?|strong)\b", text[end : end + 16])
        )

    def _stuck_money(self, text: str, end: int) -> tuple[Currency, int] | None:
        """A currency glued to the digits ("115USD", "45p") and where it ends."""
        match = _STUCK_MONEY.match(text, end)
        found = self._money.find_after([match[0]]) if match else None
        return (found[0], match.end()) if match and found else None

    # --- what follows

    def _plain(self, text: str, figure: Figure, dates: traps.Mask, nouns: NounFinder | None) -> Figure | None:
        found = self._measured(text, figure) or self._quote(text, figure)
        if found is not None:
            return found
        counted = self._counted(text, figure, dates, nouns)
        if (
            counted is not None
            and counted.atom.doubtful
            and counted.kind is not None  # a bare one may still be the first of a range
            and not (counted.rule == "noun" and "," in text[figure.atom.start : figure.atom.end - 3])
        ):
            return None
        return counted

    def _measured(self, text: str, figure: Figure) -> Figure | None:
        """A number with a percent sign, a currency or a unit of measure after it."""
        percent = PERCENT.match(text, figure.end)
        if percent and (
            percent[0][:1] not in " \n" or not re.match(r"\s+(?:an?|one)\b", percent[0]) or figure.atom.value < 1
        ):
            return as_percent(figure, percent)
        stuck = self._stuck_money(text, figure.end)
        if stuck:
            return _sum(figure, stuck[0], figure.end, stuck[1])
        sign = self._units.stuck.match(text, figure.end)
        if sign and (unit := self._units.find_after([sign[0]])):
            return _measure(figure, unit[0], sign.start(), sign.end())
        words = words_after(text, figure.end)
        of = _OF_WORDS.match(text, figure.end) if figure.atom.scaled else None
        if of:
            words = words_after(text, of.end() - 1) or words
        if text[figure.end : figure.end + 1] in ("-", "\u2010"):
            words = split_hyphens(words)
        return self._worded(text, figure, words) if words else None

    def _quote(self, text: str, figure: Figure) -> Figure | None:
        """An exchange rate whose other currency stands elsewhere: "the yen closed at 118.25 per dollar"."""
        per = _PER_BASE.match(text, figure.end)
        named_base = words_after(text, per.end(), 2) if per else []
        base = self._money.find_after([word.text for word in named_base])
        if base is None or base[0].factor != 1:
            return None
        left, right = text[max(0, figure.start - MAX_QUOTED) : figure.start], text[figure.end : figure.end + MAX_QUOTED]
        before, behind = _PLAIN_WORD.findall(left.rpartition(". ")[2]), _PLAIN_WORD.findall(right.partition(". ")[0])
        named = (self._money.find_after([word]) for word in (*reversed(before), *behind))
        other = next((found[0].code for found in named if found and found[0].code != base[0].code), None)
        if other is None:
            return None
        figure.kind, figure.unit, figure.rule = "ratio", f"{other}/{base[0].code}", "rate"
        figure.end = named_base[base[1] - 1].end
        return figure

    def _worded(self, text: str, figure: Figure, words: list[Word]) -> Figure | None:
        forms = [word.text for word in words]
        if "/" in forms[0] and not self._units.find_after(forms):  # "7.5 cents/lb"
            part = forms[0].split("/")[0]
            words = [Word(part, words[0].start, words[0].start + len(part))]
            forms = [part]
        money = self._money.find_after(forms)
        if money and (forms[0].casefold() not in _TWO_FACED or self._is_sum(text, figure, words, money[1])):
            return _sum(figure, money[0], words[0].start, words[money[1] - 1].end)
        unit = self._units.find_after(forms)
        if unit is None or (forms[0] == "head" and forms[1:2] != ["of"]):
            return None
        if unit[0].name == "point":
            return points(text, figure, words[0])
        if unit[0].weak and not (figure.atom.how == "digits" or figure.atom.value >= 10):
            return None
        found = _measure(figure, unit[0], words[0].start, words[unit[1] - 1].end)
        if unit[0].name.startswith("degree") and (below := _BELOW_ZERO.match(text, found.end)):
            found.end = below.end()
            found.scale_by(-1)
        return found

    def _is_sum(self, text: str, figure: Figure, words: list[Word], count: int) -> bool:
        """Whether "pounds" and other words with a second meaning stand for money: in two words, after a large number,
        after "worth", before "a ton" or another currency."""
        low = words[0].text.casefold()
        if count > 1 or (figure.atom.scaled and figure.atom.value >= 1e6 and low != "pound"):
            return True
        if low == "pounds":
            worth = WORTH_LEFT.search(text, max(0, figure.start - 40), figure.start)
            return bool(worth or _EACH_AFTER.match(text, words[0].end))
        per = _PER_CURRENCY.match(text, words[0].end)
        base = (
            self._money.find_after([w.text for w in words_after(text, per.end(), 3)])
            if per and per[0].strip()
            else None
        )
        return base is not None and base[0].factor == 1

    def _counted(self, text: str, figure: Figure, dates: traps.Mask, nouns: NounFinder | None) -> Figure | None:
        atom = figure.atom
        if is_often(text, atom.end):
            return read_times(text, figure)
        if atom.value == 0 and (zero := zero_rate(text, figure)):
            return zero
        if _is_trapped(text, atom, dates):
            return None
        if "/" in text[atom.start : atom.end] and atom.how == "digits":
            return _bare(figure)
        if not (atom.scaled or atom.how == "digits" or atom.value >= 10):
            return figure if atom.how == "spelled" else None
        head = self._head(text, atom, nouns)
        if head is not None and "\n" in text[atom.end : head.start] and _is_apart(text, atom, head):
            head = None
        if head is None and atom.how == "vague" and atom.value >= 1e6 and _SUM_AFTER.match(text, atom.end):
            figure.kind, figure.unit, figure.rule = "money", "dollar", "money.vague"
            return figure
        if head is None or _is_duration(head):
            return None if head else _bare(figure)
        if (
            (atom.value < 10 and singular(head.text) in NO_COUNT)
            or traps.is_list_number(text, atom, head.text)
            or traps.is_name(text, atom)
            or traps.is_serial(text, atom, head.start)
            or traps.is_falling_pair(text, atom)
        ):
            return None
        figure.kind, figure.unit, figure.rule = "quantity", counted(head.text), "noun"
        figure.unit_start, figure.end = head.start, head.end
        return figure

    def _head(self, text: str, atom: Atom, nouns: NounFinder | None) -> Word | None:
        position = atom.end
        plus = _PLUS.match(text, position)
        position = plus.end() if plus else position
        of = _OF_WORDS.match(text, position) if atom.scaled or atom.value >= 10 or atom.how == "digits" else None
        if of:
            position = of.end() - 1
        words = words_after(text, position)
        if not plus and text[position : position + 1] in ("-", "\u2010"):
            return hyphenated(words)
        if words and (words[0].text.casefold() in PEOPLE or _is_duration(words[0])):
            return words[0]
        span = nouns(words[0].start) if nouns is not None and words else None
        if span is not None:
            return Word(text[span[0] : span[1]], *span)
        if words and _NATION.search(words[0].text) and (nouns or len(words) == 1 or words[1].text in STOPS):
            return Word("people", words[0].start, words[0].end)
        certain = atom.scaled or atom.value >= 1000 or (atom.value >= 100 and "](" in text[position : position + 60])
        return counted_noun(words) if nouns is None or certain else None  # where a tagger sees none, size shows it

    # --- rates between two units

    def rates(self, text: str, figures: list[Figure]) -> list[Figure]:
        """Exchange rates ("112 yen to the dollar") and rates in the whole ("30 cents in the dollar")."""
        kept: list[Figure] = []
        for figure in figures:
            last = kept[-1] if kept else None
            if last is not None and self._is_parity(text, last, figure):
                last.kind, last.unit, last.rule, last.end = "ratio", f"{last.unit}/{figure.unit}", "rate", figure.end
                continue
            if figure.kind == "money":
                self._rate(text, figure)
            kept.append(figure)
        return kept

    def _is_parity(self, text: str, left: Figure, right: Figure) -> bool:
        """ "200 roubles to equal $1"."""
        both = left.kind == right.kind == "money" and left.unit != right.unit and right.low == right.high == 1
        return both and bool(_TO_ONE.fullmatch(text, left.end, right.start))

    def _rate(self, text: str, figure: Figure) -> None:
        whole = _IN_THE_WHOLE.match(text, figure.end)
        if whole:
            home = self._money.homes.get(figure.unit or "")
            figure.kind, figure.unit, figure.rule, figure.end = "percent", "%", "percent.in_whole", whole.end()
            figure.scale_by(100 * (home[0].factor if home else 1.0))
            return
        per = _PER_CURRENCY.match(text, figure.end)
        if per is None or not per[0].strip():
            return
        words = words_after(text, per.end(), 4)
        base = self._money.find_after([word.text for word in words])
        if base is None or base[0].factor != 1 or base[0].code == figure.unit:
            return
        if words[0].text.casefold() in _TWO_FACED and per["to"] != "to":
            return  # "40 cents a pound" is a price
        figure.kind, figure.unit, figure.rule = "ratio", f"{figure.unit}/{base[0].code}", "rate"
        figure.end = words[base[1] - 1].end


def _sum(figure: Figure, currency: Currency, start: int, end: int) -> Figure:
    figure.kind, figure.unit, figure.rule, figure.factor = "money", currency.code, "money.after", currency.factor
    figure.low, figure.high = figure.low * currency.factor, figure.high * currency.factor
    figure.unit_start, figure.end = start, end
    return figure


def _measure(figure: Figure, unit: Unit, start: int, end: int) -> Figure:
    figure.kind, figure.unit, figure.rule = "quantity", unit.name, "measure"
    figure.unit_start, figure.end = start, end
    return figure


def _bare(figure: Figure) -> Figure | None:
    return figure if figure.atom.how in ("digits", "spelled", "vague") else None


def _is_apart(text: str, atom: Atom, head: Word) -> bool:
    """The noun in the next line is in that line's label, or the number stands alone in its own."""
    alone = not text[text.rfind("\n", 0, atom.start) + 1 : atom.start].strip() and text[atom.end] == "\n"
    return alone or bool(_LABELS.match(text, head.end))


def _is_duration(word: Word) -> bool:
    first, *rest = word.text.casefold().split("-")
    return first in DURATIONS or singular(rest[-1] if rest else first) in DURATIONS - ({"time"} if rest else set())


def _is_trapped(text: str, atom: Atom, dates: traps.Mask) -> bool:
    if atom.start in dates or traps.is_reference(text, atom.start):
        return True
    if atom.how != "digits":
        return False
    return traps.is_year(text, atom) or traps.is_calendar(text, atom)
