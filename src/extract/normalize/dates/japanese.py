"""Time expressions in Japanese text: eras (平成6年2月13日), kanji and full-width digits, clock times, relative words.

Source: the era table of the Cabinet's orders (Meiji 1868-10-23, Taishō 1912-07-30, Shōwa 1926-12-25, Heisei
1989-01-08, Reiwa 2019-05-01); era year 1 is written 元年. English texts name eras too ("Heisei 6", "Shōwa 60").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.normalize.dates import arithmetic
from extract.normalize.dates.anchor import Context, Point, Reading, shifted
from extract.normalize.dates.fragments import distinct_groups
from extract.normalize.dates.read_amounts import anchored
from extract.normalize.dates.scan import Found, groups_of

ERAS: dict[str, int] = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
ERA_NAMES: dict[str, int] = {"meiji": 1868, "taisho": 1912, "showa": 1926, "heisei": 1989, "reiwa": 2019}
_DIGIT = "0-9０-９〇一二三四五六七八九十百"
_D = rf"[{_DIGIT}]"
_S = r"[ \u3000]?"
_ERA = rf"(?P<era>{'|'.join(ERAS)}){_S}(?P<ey>元|{_D}{{1,4}}){_S}年"
_YEAR = rf"(?:{_ERA}|(?P<year>[12１２][0-9０-９]{{3}}|[一二][〇一二三四五六七八九]{{3}}){_S}年)"
_MD = rf"(?P<mon>{_D}{{1,3}}){_S}月{_S}(?P<day>{_D}{{1,3}}){_S}日"
_REL = "一昨年|昨年|去年|今年|本年|来年|翌年|前年|同年"
_RELDAY = "一昨日|昨日|今日|本日|明日|翌日|前日|同日"
_NOT_SPAN = r"(?![間目以])"
_HALF = "(?P<half>午前|午後|朝|夜|夕方|深夜|未明)"
_CLOCK = (
    rf"{_HALF}?{_S}(?P<hour>{_D}{{1,3}}){_S}時(?![間代期点])(?:{_S}(?P<minute>{_D}{{1,3}}){_S}分|(?P<halfpast>半))?"
)
_COUNT = rf"(?P<n>半|数|{_D}{{1,4}})"
_UNITS = {
    "年": "Y",
    "か月": "M",
    "ヶ月": "M",
    "カ月": "M",
    "ケ月": "M",
    "箇月": "M",
    "ヵ月": "M",
    "週": "W",
    "日": "D",
    "時": "TH",
    "分": "TM",
}
_UNIT = r"(?P<u>年|[かヶカケヵ箇]月|週|日|時|分)"
_ABOUT = r"(?:程度|ほど|以上|以内|余り|余)?"

_TABLE: tuple[tuple[str, str], ...] = (
    ("ja_date", rf"{_YEAR}{_S}(?:{_MD}|(?P<mon>{_D}{{1,3}}){_S}月(?!\d))?(?P<fiscal>度)?"),
    (
        "ja_relative_year",
        rf"(?P<rel>{_REL})(?P<fiscal>度)?(?:の?(?P<season>春|夏|秋|冬)|の?(?:末|初め|前半|後半)|"
        rf"の?(?P<mon>{_D}{{1,3}}){_S}月(?:{_S}(?P<day>{_D}{{1,3}}){_S}日)?)?",
    ),
    ("ja_month_day", _MD + _NOT_SPAN),
    ("ja_clock", _CLOCK),
    ("ja_relative_month", r"(?P<relmonth>先々月|先月|今月|来月|翌月|同月)"),
    ("ja_relative_week", r"(?P<relweek>先々週|先週|今週|来週|翌週)"),
    ("ja_relative_day", rf"(?P<relday>{_RELDAY})"),
    ("ja_part", r"(?P<jpart>昨夜|昨晩|昨ばん|今朝|今晩|今夜|明朝)"),
    ("ja_future_span", rf"(?P<dir>今後|向こう|むこう){_COUNT}{_UNIT}間?{_ABOUT}"),
    ("ja_past_span", rf"(?P<dir>過去|この|ここ)(?P<n>数|{_D}{{1,3}}(?:、{_D}{{1,3}})?){_UNIT}間?{_ABOUT}"),
    ("ja_ago", rf"{_COUNT}{_UNIT}間?(?P<tail>前|後)"),
    ("ja_span", rf"{_COUNT}(?:(?:年|[かヶカケヵ箇]月|週|日|時|分)間|[かヶカケヵ箇]月)(?!前|後){_ABOUT}"),
    ("ja_year_span", rf"{_COUNT}年(?![度\d])(?=限り|の間|以上|余|ほど|程度)"),
    ("ja_month", rf"(?<![{_DIGIT}かヶカケヵ箇])(?P<mon>{_D}{{1,2}}){_S}月(?![{_DIGIT}間])"),
    ("ja_day", rf"(?:(?<=\n)月[ \u3000])?(?<![{_DIGIT}月])(?P<day>{_D}{{1,3}}){_S}日(?![{_DIGIT}間本目米中])"),
    ("ja_present", r"(?P<present>現時点|現在|目下|今(?![回度後年月週日朝晩夜春夏秋冬般]))"),
    ("ja_future", r"(?P<future>今後|これから|将来|近い将来|近く(?=[、行開]))"),
    ("ja_past", r"(?P<past>過去|最近|先般|かつて)"),
    ("ja_then", r"(?P<then>その時|その際|当時)"),
    ("ja_next_year", r"(?P<nextyear>次の年)"),
    ("ja_while", r"(?P<while>長期間|少し時間|しばらく|長い間)"),
    ("ja_decade", r"(?P<decade>[12１２][0-9０-９]{2}[0０])年代"),
    ("ja_weekday", r"(?P<jwd>[月火水木金土日])曜日?"),
)
_RULES = tuple((name, re.compile(distinct_groups(pattern))) for name, pattern in _TABLE)
_START = re.compile(
    rf"[{_DIGIT}]|[明大昭平令昨去今本来翌前同一先向むこ過半数午朝夜夕深未現目将近最か次長少しそ当月火水木金土日]"
)
_CJK = re.compile(r"[年月日時今昨曜週前後来現将過最]")
# Eras in Latin letters, with or without the long vowel ("Shōwa 60").
_LATIN = re.compile(
    r"\b(?P<name>Meiji|Tai[sš]h[oō]|Sh[oō]wa|Heisei|Reiwa)[ ](?P<ey>[1-9]\d?)(?!\w|"
    r"[.,]\d)(?: \(?(?P<stated>[12]\d{3})\)?)?"
)
_PLAIN = str.maketrans("ōšŌ", "osO")


def scan(text: str) -> Iterator[Found]:
    """Japanese time expressions, left to right, without overlap; era names in Latin letters besides."""
    for match in _LATIN.finditer(text):
        yield Found(
            "era_year", "era_year", match.start(), match.end(), {k: v for k, v in match.groupdict().items() if v}
        )
    if not _CJK.search(text):
        return
    end = 0
    for start in (m.start() for m in _START.finditer(text)):
        if start < end:
            continue
        best: tuple[int, str, re.Match[str]] | None = None
        for name, pattern in _RULES:
            match_here = pattern.match(text, start)
            if match_here and (best is None or match_here.end() > best[0]):
                best = (match_here.end(), name, match_here)
        if best:
            end = best[0] - len(best[2].group()) + len(best[2].group().rstrip())
            yield Found(best[1], "ja", start, end, groups_of(best[2]))


def number(text: str) -> int | None:
    """A number in ASCII, full-width or kanji digits ("１１", "二十三", "一九九四"), 元 as 1; ``None`` for others."""
    if text in ("元", "半", "数", ""):
        return 1 if text == "元" else None
    plain = text.translate(str.maketrans("０１２３４５６７８９〇", "01234567890"))
    if plain.isascii() and plain.isdigit():
        return int(plain)
    digits = {c: i for i, c in enumerate("一二三四五六七八九", start=1)}
    if all(c in digits or c.isdigit() for c in plain):
        return int("".join(str(digits.get(c, c)) for c in plain))
    total, current = 0, 0
    for char in plain:
        if char in ("十", "百"):
            total, current = total + (current or 1) * (10 if char == "十" else 100), 0
        else:
            current = digits.get(char, int(char) if char.isdigit() and char.isascii() else 0)
    return total + current


def era_year(era: str, year: int) -> int | None:
    """The Gregorian year of an era's year (平成6 → 1994); ``None`` for years that the era did not reach."""
    first = ERAS.get(era) or ERA_NAMES.get(era.lower().translate(_PLAIN))
    if first is None or year < 1:
        return None
    following = min((y for y in ERAS.values() if y > first), default=first + 99)
    return first + year - 1 if first + year - 1 <= following else None


def _read_latin(found: Found, ctx: Context) -> Reading | None:
    year = era_year(found["name"], int(found["ey"]))
    if year is None:
        return None
    ctx.name(Point(year), found.start, explicit=True)
    return Reading("DATE", f"{year:04d}", "explicit")


def _read(found: Found, ctx: Context) -> Reading | None:
    return _BY_RULE[found.rule](found, ctx)


def _stated(found: Found, ctx: Context) -> Reading | None:
    year = era_year(found["era"], number(found["ey"]) or 0) if found["era"] else number(found["year"])
    if year is None or not 1 <= year <= 2999:
        return None
    if found["fiscal"]:
        return Reading("DATE", f"{year:04d}", "explicit", bounds=(f"{year:04d}-04-01", f"{year + 1:04d}-03-31"))
    return _calendar(found, ctx, year, "explicit")


def _calendar(found: Found, ctx: Context, year: int | None, anchor: str) -> Reading | None:
    month, day = number(found["mon"]), number(found["day"])
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if year is None:
        value = "XXXX" + (f"-{month:02d}" if month else "-XX" if day else "") + (f"-{day:02d}" if day else "")
        return Reading("DATE", value, "none")
    if month and day and arithmetic.make(year, month, day) is None:
        return None
    point = Point(year, month, day if month else None)
    ctx.name(point, found.start, explicit=anchor == "explicit")
    return Reading("DATE", str(point), anchor)


def _base(ctx: Context) -> tuple[Point | None, str]:
    base, anchor = ctx.deictic()
    return base, anchor


_YEAR_STEPS = {"一昨年": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "翌年": 1, "前年": -1, "同年": 0}


def _relative_year(found: Found, ctx: Context) -> Reading | None:
    base, anchor = _base(ctx)
    if found["rel"] in ("翌年", "前年", "同年"):
        base, anchor = ctx.named(found.start), "text"
    year = base.year + _YEAR_STEPS[found["rel"]] if base else None
    if found["season"]:
        code = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}[found["season"]]
        ctx.last_day = None
        value = f"{year:04d}-{code}" if year else f"XXXX-{code}"
        ctx.period = value
        return Reading("DATE", value, anchor if year else "none")
    if year is None:
        return _calendar(found, ctx, None, "none")
    if found["fiscal"]:
        return Reading("DATE", f"{year:04d}", anchor, bounds=(f"{year:04d}-04-01", f"{year + 1:04d}-03-31"))
    reading = _calendar(found, ctx, year, anchor)
    if reading and len(reading.value) <= 7:
        ctx.period = reading.value
    return reading


def _month_day(found: Found, ctx: Context) -> Reading | None:
    month, day = number(found["mon"]) or 0, number(found["day"]) or 0
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    year, anchor = ctx.year_of_day(month, day, found.start)
    return _calendar(found, ctx, year, anchor)


def _month(found: Found, ctx: Context) -> Reading | None:
    month = number(found["mon"]) or 0
    if not 1 <= month <= 12:
        return None
    year, anchor = ctx.year_of_month(month, found.start, False)
    return _calendar(found, ctx, year, anchor)


def _day(found: Found, ctx: Context) -> Reading | None:
    day = number(found["day"]) or 0
    if not 1 <= day <= 31:
        return None
    base, anchor = (ctx.ref.point, "text") if ctx.created is None and ctx.ref else _base(ctx)
    if base is None or base.month is None:
        return Reading("DATE", f"XXXX-XX-{day:02d}", "none")
    year, month = base.year, base.month
    if base.day is not None and day > base.day + 3:
        year, index = divmod(year * 12 + month - 2, 12)
        month = index + 1
    if arithmetic.make(year, month, day) is None:
        return None
    ctx.name(Point(year, month, day), found.start)
    return Reading("DATE", f"{year:04d}-{month:02d}-{day:02d}", anchor)


def _clock(found: Found, ctx: Context) -> Reading | None:
    hour, minute = number(found["hour"]), number(found["minute"]) or (30 if found["halfpast"] else 0)
    if hour is None or not 0 <= hour <= 24 or not 0 <= minute <= 59:
        return None
    if found["half"] in ("午後", "夜", "夕方") and hour < 12:
        hour += 12
    base, anchor = _base(ctx)
    day = base.date() if base else None
    return Reading(
        "TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}", anchor if day else "none"
    )


def _shift(found: Found, ctx: Context, unit: str, step: int) -> Reading:
    base, anchor = _base(ctx)
    return Reading("DATE", shifted(base, unit, step), anchor if base else "none")


def _relative_month(found: Found, ctx: Context) -> Reading:
    return _shift(found, ctx, "M", {"先々月": -2, "先月": -1, "来月": 1, "翌月": 1}.get(found["relmonth"], 0))


def _relative_week(found: Found, ctx: Context) -> Reading:
    return _shift(found, ctx, "W", {"先々週": -2, "先週": -1, "来週": 1, "翌週": 1}.get(found["relweek"], 0))


def _relative_day(found: Found, ctx: Context) -> Reading:
    step = {"一昨日": -2, "昨日": -1, "明日": 1, "翌日": 1, "前日": -1}.get(found["relday"], 0)
    return _shift(found, ctx, "D", step)


def _part(found: Found, ctx: Context) -> Reading:
    step, part = {
        "昨夜": (-1, "NI"),
        "昨晩": (-1, "NI"),
        "昨ばん": (-1, "NI"),
        "今朝": (0, "MO"),
        "明朝": (1, "MO"),
    }.get(found["jpart"], (0, "NI"))
    reading = _shift(found, ctx, "D", step)
    return Reading("TIME", f"{reading.value}T{part}", reading.anchor)


def _duration(found: Found) -> str:
    unit = found["u"] or re.sub(r"間$|^[^年月週日時分かヶカケヵ箇]+", "", found["whole"])
    code = _UNITS.get(unit, "Y")
    clock, letter = ("T", code[1]) if code.startswith("T") else ("", code)
    if found["n"] == "半":
        return {"Y": "P6M", "H": "PT30M", "D": "PT12H"}.get(letter, f"P{clock}0.5{letter}")
    count = number(found["n"]) if "、" not in found["n"] else None
    return f"P{clock}{count if count is not None else 'X'}{letter}"


def _span(found: Found, ctx: Context) -> Reading:
    phrase = ctx.text[found.start : found.end]
    found.groups.setdefault("u", next((u for u in sorted(_UNITS, key=len, reverse=True) if u in phrase), "年"))
    return Reading("DURATION", _duration(found), "none")


def _anchored_span(found: Found, ctx: Context) -> Reading:
    return anchored(found, ctx, _duration(found), 1 if found["dir"] in ("今後", "向こう", "むこう") else -1)


def _ago(found: Found, ctx: Context) -> Reading | None:
    count, code = number(found["n"]), _UNITS.get(found["u"], "Y")
    if found["n"] == "半" and code == "Y":
        count, code = 6, "M"
    if count is None or code.startswith("T"):
        return Reading("DATE", "PAST_REF" if found["tail"] == "前" else "FUTURE_REF", "none")
    return _shift(found, ctx, code, -count if found["tail"] == "前" else count)


def _reference(found: Found, ctx: Context) -> Reading:
    value = "PRESENT_REF" if found["present"] else "PAST_REF" if found["past"] else "FUTURE_REF"
    return Reading("DATE", value, "none")


def _then(found: Found, ctx: Context) -> Reading | None:
    if ctx.period is None or "X" in ctx.period:
        return None
    return Reading("DATE", ctx.period, "text")


def _decade(found: Found, ctx: Context) -> Reading:
    return Reading("DATE", f"{(number(found['decade']) or 0) // 10:03d}", "explicit")


def _weekday(found: Found, ctx: Context) -> Reading:
    weekday = "月火水木金土日".index(found["jwd"]) + 1
    base, anchor = _base(ctx)
    day = base.date() if base else None
    result = arithmetic.weekday_near(weekday, day, -1) if day else None
    return Reading("DATE", result.isoformat() if result else f"XXXX-WXX-{weekday}", anchor if result else "none")


_BY_RULE: dict[str, Callable[[Found, Context], Reading | None]] = {
    "ja_date": _stated,
    "ja_relative_year": _relative_year,
    "ja_month_day": _month_day,
    "ja_clock": _clock,
    "ja_relative_month": _relative_month,
    "ja_relative_week": _relative_week,
    "ja_relative_day": _relative_day,
    "ja_part": _part,
    "ja_future_span": _anchored_span,
    "ja_past_span": _anchored_span,
    "ja_ago": _ago,
    "ja_span": _span,
    "ja_year_span": _span,
    "ja_month": _month,
    "ja_day": _day,
    "ja_present": _reference,
    "ja_future": _reference,
    "ja_past": _reference,
    "ja_then": _then,
    "ja_next_year": lambda found, ctx: Reading("DATE", "XXXX", "none"),
    "ja_while": lambda found, ctx: Reading("DURATION", "PXX", "none"),
    "ja_decade": _decade,
    "ja_weekday": _weekday,
}
READERS: dict[str, Callable[[Found, Context], Reading | None]] = {"ja": _read, "era_year": _read_latin}
