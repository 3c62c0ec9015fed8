"""Time expressions in Japanese text: eras (平成6年2月13日), kanji and full-width digits, clock times, relative words.

Era year 1 is written 元年. English texts name eras too ("Heisei 6", "Shōwa 60").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Point, Reading, shifted
from extract.normalize.dates.arithmetic import Date
from extract.normalize.dates.fragments import distinct_groups
from extract.normalize.dates.read_amounts import anchored
from extract.normalize.dates.scan import Found, groups_of
from extract.normalize.dates.words import ERAS

_DIGIT = "0-9０-９〇一二三四五六七八九十百"
_D = rf"[{_DIGIT}]"
_S = r"[ \u3000]?"
_ERA = rf"(?P<era>{'|'.join(era for era in ERAS if not era[0].isascii())}){_S}(?P<ey>元|{_D}{{1,4}}){_S}年"
_FULL_YEAR = (
    "[12１２][0-9０-９]{3}|[一二][〇○零一二三四五六七八九]{3}|"
    "千[七八九]百[一二三四五六七八九十]{1,3}|二千[一二三四五六七八九十]{0,3}"
)
_YEAR = rf"(?:{_ERA}|(?P<year>{_FULL_YEAR}){_S}年)"
_MONTH_DAY = rf"(?P<mon>{_D}{{1,3}}){_S}月(?:{_S}(?P<day>{_D}{{1,3}}){_S}日)?"
# A part of a year: the quarters and halves.
_PART = r"の?(?:第?(?P<quarter>[一二三四1-4１-４])[・]?四半期|(?P<half>[上下]半期|[上下]期|前半|後半))"
_TERM = r"(?P<term>末|初め|初頭|半ば|中旬|上旬|下旬)?"
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
_SIZE = "程度|ほど|ぐらい|くらい|近く"
_ABOUT = r"(?:程度|ほど|以上|以内|余り|余)?"

# What is counted by the year ("年四十万円").
_COUNTED = "(?:円|ドル|トン|人|台)"
_TABLE: tuple[tuple[str, str], ...] = (
    ("ja_date", rf"{_YEAR}{_S}(?:{_MD}|(?P<mon>{_D}{{1,3}}){_S}月(?!\d){_TERM})?(?P<fiscal>度)?(?:{_PART})?(?:の?末)?"),
    (
        "ja_short_era",
        r"(?P<shortera>[MTSHR明大昭平令])(?P<ey>[1-9]\d?)[.．/](?P<mon>1[0-2]|0?[1-9])[.．/](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
    ),
    (
        "ja_short_era",
        rf"(?P<shortera>{'|'.join(ERAS)})(?P<ey>[1-9]\d?)[.．/](?P<mon>1[0-2]|0?[1-9])[.．/](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
    ),
    (
        "ja_listed_era",
        rf"(?P<shortera>{'|'.join(ERAS)})(?P<ey>{_D}{{1,3}})(?=[、・](?:{_D}{{1,3}}[、・]){{0,4}}{_D}{{1,3}}年)",
    ),
    (
        "ja_short_year",
        rf"['’‘]?(?<![{_DIGIT}])(?P<yy>[0-9０-９]{{1,2}}|[〇一二三四五六七八九十]{{1,3}})年(?:{_MONTH_DAY}|(?P<fiscal>度))",
    ),
    (
        "ja_relative_year",
        rf"(?P<rel>{_REL})(?P<fiscal>度)?(?:の?(?P<season>春|夏|秋|冬)|{_PART}|の?(?:末|初め|初頭)|の?{_MONTH_DAY}{_TERM})?",
    ),
    ("ja_part_of_year", rf"(?:(?P<this>今|本)年?度?の?)?{_PART.removeprefix('の?')}"),
    ("ja_month_day", _MD + _NOT_SPAN),
    ("ja_clock", _CLOCK),
    (
        "ja_relative_month",
        rf"(?P<relmonth>先々月|先月|前月|今月|本月|来月|翌月|同月)(?:の?(?P<day>{_D}{{1,3}}){_S}日(?!間)|の?末|[上中下]旬)?",
    ),
    (
        "ja_relative_week",
        r"(?P<relweek>先々週|先週|前週|今週|来週|翌週)(?:の?(?P<jwd>[月火水木金土日])曜日?|の?(?P<weekend>週?末))?",
    ),
    ("ja_relative_day", rf"(?P<relday>{_RELDAY})"),
    ("ja_part", r"(?P<jpart>昨夜|昨晩|昨ばん|今朝|今晩|今夜|明朝)"),
    ("ja_future_span", rf"(?P<dir>今後|向こう|むこう){_COUNT}{_UNIT}間?{_ABOUT}"),
    ("ja_past_span", rf"(?P<dir>過去|この|ここ)(?P<n>数|{_D}{{1,3}}(?:、{_D}{{1,3}})?){_UNIT}間?{_ABOUT}"),
    ("ja_ago", rf"{_COUNT}{_UNIT}間?(?P<tail>前|後)"),
    ("ja_span", rf"{_COUNT}(?:(?:年|[かヶカケヵ箇]月|週|日|時|分)間|[かヶカケヵ箇]月)(?!前|後){_ABOUT}"),
    ("ja_year_span", rf"{_COUNT}年(?![度\d])(?={_SIZE}|限り|の間|以上|余|単位)"),
    # 十分 alone is "enough", 二十分の一 a fraction
    ("ja_minute_span", rf"(?P<n>{_D}{{2,3}})分(?=で|を|以内|{_SIZE})"),
    ("ja_month", rf"(?<![{_DIGIT}かヶカケヵ箇])(?P<mon>{_D}{{1,2}}){_S}月(?![{_DIGIT}間])"),
    (
        "ja_day",
        rf"(?:(?<=\n)月[ \u3000])?(?<![{_DIGIT}月])(?P<day>{_D}{{1,3}}){_S}日(?![{_DIGIT}間本目米中])"
        r"(?:の[月火水木金土日]曜日?)?",
    ),
    (
        "ja_present",
        r"(?P<present>現時点|現在|目下|(?<!只)今(?![回度後年月週日朝晩夜春夏秋冬般泉井村野川西枝岡関城]))",
    ),
    ("ja_future", r"(?P<future>今後|これから|将来|未来|近い将来|近く(?=[、行開]))"),
    ("ja_past", r"(?P<past>過去|最近|近年|先日|先般|かつて)"),
    ("ja_then", r"(?P<then>その時|その際)"),
    ("ja_next_year", r"(?P<nextyear>次の年)"),
    ("ja_while", r"(?P<while>長期間|少し時間|しばらく|長い間)"),
    ("ja_decade", rf"(?P<decade>(?:{_FULL_YEAR})|[0-9０-９]{{2}}|[一二三四五六七八九][〇○十])年代"),
    ("ja_century", rf"(?P<century>{_D}{{1,3}})世紀(?:末|初頭|後半|前半|半ば)?"),
    ("ja_noon", r"(?P<noon>正午)"),
    ("ja_set", r"(?P<each>毎年度?|毎月|毎週|毎日|毎朝|毎晩|単?年度?ごと|年々|月ごと|月々)"),
    (
        "ja_a_year",
        rf"(?<![{_DIGIT}本昨今来去毎周数同翌前近長少])(?P<each>年間?)(?=約?[{_DIGIT}][{_DIGIT}・．.,，万億兆千]*{_COUNTED})",
    ),
    ("ja_long", r"(?P<n>長)(?P<u>年)(?![月間])"),
    ("ja_weekday", r"(?P<jwd>[月火水木金土日])曜日?"),
)
_RULES = tuple((name, re.compile(distinct_groups(pattern))) for name, pattern in _TABLE)
_START = re.compile(
    rf"[{_DIGIT}'’‘]|[千MTSHR明大昭平令昨去今本来翌前同一先向むこ過半数午朝夜夕深未現目将近最か次長少しそ月火水木金土日毎正第上下年未単]"
)
_CJK = re.compile(r"[年月日時今昨曜週前後来現将過最]")
# Eras in Latin letters, with or without the long vowel ("Shōwa 60").
_LATIN = re.compile(
    rf"\b(?P<name>{'|'.join(era for era in ERAS if era[0].isascii())})[ ](?P<ey>[1-9]\d?)(?!\w|"
    r"[.,]\d)(?: \(?(?P<stated>[12]\d{3})\)?)?"
)


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
    """A number as ``numbers.whole`` reads it, 元 (the first year of an era) as 1; ``None`` for others ("半", "数")."""
    return 1 if text == "元" else numbers.whole(text)


def era_year(era: str, year: int) -> int | None:
    """The Gregorian year of an era's year (平成6 → 1994); ``None`` for years that the era did not reach."""
    first = ERAS.get(era)
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
    ctx.era = found["era"] or ctx.era
    year = era_year(found["era"], number(found["ey"]) or 0) if found["era"] else int(found["year"] or 0)
    if year is None or not 1 <= year <= 2999:
        return None
    return _part_of(found, ctx, year, "explicit") or _calendar(found, ctx, year, "explicit")


def _part_of(found: Found, ctx: Context, year: int | None, anchor: str) -> Reading | None:
    """The quarter or half that an expression names, if it names one."""
    if not found["quarter"] and not found["half"]:
        return None
    part = f"Q{number(found['quarter'])}" if found["quarter"] else "H1" if found["half"][0] in "上前" else "H2"
    value = f"{year:04d}-{part}" if year else f"XXXX-{part}"
    if year:
        ctx.period = value
    return Reading("DATE", value, anchor if year else "none")


def _part_of_year(found: Found, ctx: Context) -> Reading | None:
    base, anchor = _base(ctx) if found["this"] or ctx.ref is None else (ctx.ref.point, "text")
    return _part_of(found, ctx, base.year if base else None, anchor)


_SHORT_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"} | {era[0]: era for era in ERAS}


def _short_era(found: Found, ctx: Context) -> Reading | None:
    """ "H29.4.1", "昭和56.3.31", "平成29" of "平成29・30年度"."""
    era = ctx.era = _SHORT_ERAS.get(found["shortera"], found["shortera"])
    year = era_year(era, number(found["ey"]) or 0)
    return _calendar(found, ctx, year, "explicit") if year else None


def _short_year(found: Found, ctx: Context) -> Reading | None:
    """ "94年2月", "30年度": of the era that the text named last, else in the century of its dates."""
    number_ = number(found["yy"]) or 0
    year = era_year(ctx.era, number_) if ctx.era else ctx.century_year(number_) if number_ >= 10 else None
    return _calendar(found, ctx, year, "explicit") if year else None


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
    if found["quarter"] or found["half"]:
        return _part_of(found, ctx, year, anchor)
    if year is None:
        return _calendar(found, ctx, None, "none")
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
    if _TEXTUAL & set(found.groups.values()) and (named := ctx.named(found.start)):
        base, anchor = named, "text"
    return Reading("DATE", shifted(base, unit, step), anchor if base else "none")


_MONTH_STEPS = {"先々月": -2, "先月": -1, "前月": -1, "来月": 1, "翌月": 1}
_WEEK_STEPS = {"先々週": -2, "先週": -1, "前週": -1, "来週": 1, "翌週": 1}
# Counted from the date that the text named last, not from the writer's day.
_TEXTUAL = frozenset({"翌月", "同月", "前月", "翌週", "前週", "翌日", "前日", "同日"})


def _relative_month(found: Found, ctx: Context) -> Reading | None:
    reading = _shift(found, ctx, "M", _MONTH_STEPS.get(found["relmonth"], 0))
    day = number(found["day"]) if found["day"] else None
    if day is None:
        return reading
    if "X" in reading.value:
        return Reading("DATE", f"{reading.value}-{day:02d}", "none") if 1 <= day <= 31 else None
    return _calendar(
        Found(found.rule, "ja", found.start, found.end, {"mon": reading.value[5:7], "day": found["day"]}),
        ctx,
        int(reading.value[:4]),
        reading.anchor,
    )


def _relative_week(found: Found, ctx: Context) -> Reading:
    reading = _shift(found, ctx, "W", _WEEK_STEPS.get(found["relweek"], 0))
    if found["weekend"]:
        return Reading("DATE", f"{reading.value}-WE", reading.anchor)
    if not found["jwd"]:
        return reading
    weekday = "月火水木金土日".index(found["jwd"]) + 1
    if "X" in reading.value:
        return Reading("DATE", f"XXXX-WXX-{weekday}", "none")
    day = Date.fromisocalendar(int(reading.value[:4]), int(reading.value[6:8]), weekday)
    ctx.name(Point.of(day), found.start)
    return Reading("DATE", day.isoformat(), reading.anchor)


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
    year = number(found["decade"]) or 0
    year = year if year >= 100 else ctx.century_year(year)
    return Reading("DATE", f"{year // 10:03d}", "explicit")


def _century(found: Found, ctx: Context) -> Reading | None:
    century = number(found["century"]) or 0
    return Reading("DATE", f"{century - 1:02d}", "explicit") if 1 <= century <= 30 else None


def _noon(found: Found, ctx: Context) -> Reading:
    base, anchor = _base(ctx)
    day = base.date() if base else None
    return Reading("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T12:00", anchor if day else "none")


_EACH = {"年": "P1Y", "月": "P1M", "週": "P1W", "日": "P1D"}


def _set(found: Found, ctx: Context) -> Reading:
    part = "MO" if found["each"] == "毎朝" else "NI"
    unit = next((char for char in found["each"] if char in _EACH), "")
    return Reading("SET", _EACH.get(unit, f"XXXX-XX-XXT{part}"), "none")


def _weekday(found: Found, ctx: Context) -> Reading | None:
    if re.search("日[（(]$", ctx.text[max(0, found.start - 2) : found.start]):
        return None  # part of the date before it: "十二月一日（金曜日）"
    weekday = "月火水木金土日".index(found["jwd"]) + 1
    base, anchor = _base(ctx)
    day = base.date() if base else None
    result = arithmetic.weekday_near(weekday, day, -1) if day else None
    return Reading("DATE", result.isoformat() if result else f"XXXX-WXX-{weekday}", anchor if result else "none")


_BY_RULE: dict[str, Callable[[Found, Context], Reading | None]] = {
    "ja_date": _stated,
    "ja_relative_year": _relative_year,
    "ja_month_day": _month_day,
    "other_date": _stated,
    "other_day": _month_day,
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
    "ja_minute_span": _span,
    "ja_long": _span,
    "ja_a_year": _set,
    "ja_month": _month,
    "ja_day": _day,
    "ja_present": _reference,
    "ja_future": _reference,
    "ja_past": _reference,
    "ja_then": _then,
    "ja_next_year": lambda found, ctx: Reading("DATE", "XXXX", "none"),
    "ja_while": lambda found, ctx: Reading("DURATION", "PXX", "none"),
    "ja_decade": _decade,
    "ja_short_era": _short_era,
    "ja_listed_era": _short_era,
    "ja_short_year": _short_year,
    "ja_part_of_year": _part_of_year,
    "ja_century": _century,
    "ja_noon": _noon,
    "ja_set": _set,
    "ja_weekday": _weekday,
}
READERS: dict[str, Callable[[Found, Context], Reading | None]] = {"ja": _read, "era_year": _read_latin}
