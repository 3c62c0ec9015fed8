"""The rules that find English time expressions: name, first words, pattern, reader. No logic here.

Each rule has a name (it stands on every row), the classes of word that it may begin with (``scan`` tries a rule only
there), its pattern in the notation of ``fragments``, and the reader in ``read_*`` that gives it a meaning.
Of the rules that match at a place the longest match wins, then the first in this list.
Source of what is marked and where it ends: TimeML 1.2.1 as TimeBank applies it; trade forms are written out below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.normalize.dates.fragments import compile_rule

MAY_FOLLOW_YEAR = r"(?:(?:,? |,? of ){year}{bc}?{ad}?|(?:,? )?{yy}| {yref})"
DAY_REF = r"(?:(?P<ref>today|yesterday|tomorrow|tonight|this morning|this afternoon|this evening|last night)\b|{fullwd}\b(?: {parts}\b)?)"

# name | first words | reader | pattern
TABLE: tuple[tuple[str, str, str, str], ...] = (
    # Calendar dates written in full.
    ("iso_stamp", "digit", "stamp", r"(?P<year>[12]\d{3})-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?:(?:T|~){clock})?(?!\w)"),
    ("slash_date", "digit", "slash", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{2})(?![\d/.]\d|\w)"),
    ("slash_iso", "digit", "stamp", r"(?P<year>[12]\d{3})[/.](?P<mm>0?[1-9]|1[0-2])[/.](?P<day>0?[1-9]|[12]\d|3[01])(?![\w/])"),
    ("dash_date", "digit", "dmy", r"{day}[=]{month}(?:[=](?:(?P<year>\d{4})|(?P<yy>\d\d)))?(?!\w)"),
    ("telegram_group", "digit", "dtg", r"(?P<day>0[1-9]|[12]\d|3[01])(?P<h24>[01]\d|2[0-3])(?P<mi24>[0-5]\d)(?P<zone>[A-IK-Z])[ ]?(?:{month}[ ]?(?:(?P<year>\d{4})|(?P<yy>\d\d))?)?(?!\w)"),
    ("month_day", "month weekday edge the part", "mdy",
     r"{partof}?(?:{edge})?(?:{wd},? )?{month}~(?:the )?{day}(?:" + MAY_FOLLOW_YEAR + r"(?:,? {clock}|,? at (?=\d{2}:){clock})?)?{end}"),
    ("month_day_clock", "month", "mdy", r"{month}~{day},? {clock}"),
    ("month_dayword", "month", "mdy", r"{month}~(?:the )?{dayword}{end}(?:" + MAY_FOLLOW_YEAR + r")?"),
    ("day_month", "digit weekday the edge part", "dmy",
     r"{partof}?(?:{edge})?(?:{wd},? )?(?:the )?{day}(?:~day)?~(?:of )?{month}(?:" + MAY_FOLLOW_YEAR + r"(?:,? at (?=\d{2}:){clock})?)?{end}"),
    ("dayword_month", "the number weekday", "dmy", r"(?:{wd},? )?(?:the )?{dayword}(?: day)? of {month}(?:" + MAY_FOLLOW_YEAR + r")?{end}"),
    ("day_of_month_in_range", "digit the", "range_day", r"(?:the )?{day}(?=(?:~?(?:[=]|to|and|through|or|until)~?)(?:the )?(?P<to>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,? \d{4})?~(?:of )?{month})"),
    ("day_list_before_month", "digit the", "range_day", r"(?:the )?{day}(?=,~(?:\d{1,2}(?:st|nd|rd|th)?,~){0,8}(?:\d{1,2}(?:st|nd|rd|th)?~)?(?:and|or)~(?P<to>\d{1,2})(?:st|nd|rd|th)?~(?:of )?{month})"),
    ("bare_ordinal_day", "the", "ordinal_day", r"the (?P<day>3[01]|[12]\d|[1-9])(?P<suffix>st|nd|rd|th)(?: instant)?{end}(?![ =](?:[a-z]))"),
    ("bare_ordinal_clause", "the", "ordinal_day", r"(?<=on[ \n])the (?P<day>3[01]|[12]\d|[1-9])(?P<suffix>st|nd|rd|th)(?: instant)?{end}"),
    # Months.
    ("month_year", "month edge the", "month", r"(?:{edge})?{month}(?:,? of ?|,? )(?:{year}{ad}?|(?P<year>\d{1,4}){bc}){end}"),
    ("month_short_year", "month edge the", "month", r"(?:{edge})?{month}(?:~|[=])(?:['’‘](?P<yy>\d\d)|(?P<yy>3[2-9]|[4-9]\d))(?![\w:.,]?\d|(?:st|nd|rd|th)\b| ?(?:%|percent))"),
    ("month_year_ref", "month edge the", "month", r"(?:{edge})?{fullmonth},? {yref}{end}"),
    ("month_relative", "det the edge", "month", r"(?:(?P<shade>early|late|earlier|later) )?(?P<which>this past|this coming|this|last|next|the (?:following|previous|next|past)|each|every) {month}{end}(?! \d)"),
    ("bare_month", "month edge the", "month", r"(?:{edge})?{month}(?![\w])(?!~\d{1,2}(?:st|nd|rd|th)?(?:[\s,.;)]|$))"),
    # Years and longer.
    ("year", "digit edge the", "year", r"(?:{edge}|(?:the )?(?:calendar )?years? |(?:about|around|circa|approximately)~(?=\d)|end[=])?{year}{bc}?{ad}?"),
    ("approximate_year", "ref", "year", r"(?:circa|ca\.|c\.)~?(?P<year>\d{3,4}){bc}?(?![\d\w])"),
    ("year_bc", "digit edge the", "year", r"(?:{edge})?(?P<year>\d{1,4}){bc}"),
    ("year_bc_in_range", "digit edge the", "year", r"(?:{edge})?(?P<year>\d{1,4})(?=(?:~?(?:[=]|to|and|or|until)~?)\d{1,4}(?P<bc>~(?-i:B\.?[^\S\n]?C)))"),
    ("short_year", "apostrophe", "year", r"{yy}(?!s)"),
    ("decade", "digit edge the", "decade", r"(?:{edge}|the )?(?P<dec>[12]\d\d0)['’]?s{end}"),
    ("decade_bc", "digit edge the", "decade", r"(?:{edge}|the )?(?P<dec>\d{2,3}0)s{bc}"),
    ("short_decade", "apostrophe edge the", "decade", r"(?:{edge}|the )?(?:['’‘]|(?<=the[ \n])|(?<=[=]))(?P<dec>[1-9]0)['’]?s{end}"),
    ("spelled_decade", "edge the", "decade", r"(?:{edge}|the (?:nineteen[ =])?){spelleddecade}{end}"),
    ("century", "edge the digit number", "century", r"(?:{edge}|the )?(?:(?:early|late|mid)[= ])?{cent}[ =]century(?:{bc})?{end}"),
    ("turn_of_century", "the", "turn", r"the turn of the century{end}"),
    # Fiscal and trade years.
    ("fiscal_year_code", "fiscal", "fiscal", r"(?P<fy>(?-i:J?FY|CY|MY))[ =]?(?:(?P<year>[12]\d{3})(?:[/=]\d{2,4})?|['’]?(?P<yy>\d\d)(?:[/=]\d\d)?)(?![\d\w])"),
    ("fiscal_year_named", "fiscal", "fiscal", r"(?:(?P<jp>japan(?:ese)?(?:['’]s)?|japanese) )?fiscal (?:year )?(?:(?P<year>[12]\d{3})(?:[/=]\d{2,4})?|['’](?P<yy>\d\d))(?![\d\w])"),
    ("fiscal_year_after", "digit the", "fiscal", r"(?:the )?(?P<year>[12]\d{3})(?:[/=]\d{2,4})? (?P<kind>fiscal|marketing|crop|financial|tax) year{end}"),
    ("marketing_year", "fiscal the", "fiscal", r"(?:the )?(?:marketing|crop|financial|academic|school|season) year (?P<year>[12]\d{3})(?:[/=](?P<to>\d{2,4}))?(?![\d\w])"),
    ("fiscal_year_relative", "det the edge", "unit_ref", r"(?:{edge}|(?P<shade>earlier|later|late|early|sometime) )?(?P<which>this|last|next|the current|the next|the previous|the past|the coming|the latest|the) (?:fiscal|financial) (?P<unit>year){end}"),
    ("split_year", "digit the", "split_year", r"(?:the )?(?P<year>[12]\d{3})/(?P<to>\d{2}|[12]\d{3})(?:(?= )|(?![\w/]))(?: (?:marketing|crop|fiscal|financial|academic|tax) year{end})?"),
    ("quarter_code", "fiscal", "quarter", r"Q(?P<q>[1-4])(?:(?:~|[=/]|~of~)?(?:(?:FY)?{year}|(?:FY)?['’]?(?P<yy>\d\d)(?!\w)))?{end}"),
    ("quarter_code_after", "digit", "quarter", r"(?:{year}[ =]?Q(?P<q>[1-4])|(?P<qq>[1-4])Q(?:[ =]?(?:(?P<y4>[12]\d{3})|['’]?(?P<yy>\d\d))))(?!\w)"),
    ("half_code", "fiscal", "half", r"H(?P<half>[12])(?:~|[=/])?(?:{year}|['’]?(?P<yy>\d\d)(?!\w)){end}"),
    ("quarter", "the number digit edge", "quarter",
     r"(?P<det>the )?(?:{edge})?(?:(?P<which>(?:fiscal|current|latest|recent) ))?(?:(?P<y4>[12]\d{3})(?:['’]s)? (?:fiscal )?)?(?:fiscal[ =])?{q}[ =](?:fiscal[ =])?quarter(?![\w])(?!s)"
     r"(?:(?:,? of|,? in|,)? (?:fiscal (?:year )?)?{year}| {yref}|,? of (?:the|this) year(?!['’\w-])| a year (?P<ago>ago|earlier))?"),
    ("quarter_fiscal", "fiscal", "quarter", r"fiscal[ =](?:(?P<y4>[12]\d{3})['’]s? |(?:(?P<y5>[12]\d{3}) ))?{q}[ =]quarter{end}(?:(?: of)? {year})?"),
    ("quarters_year_possessive", "det digit", "quarter", r"(?:(?P<poss>this|last|next) year|(?P<y4>[12]\d{3}))['’]s (?:fiscal[ =])?{q}[ =]quarter{end}"),
    ("half", "the number digit edge", "half", r"(?P<det>the )?(?P<half>first|second|latter|last)[ =]half (?:of (?:fiscal )?|in |, )?(?:{year}|(?P<yref>(?:this|last|next|the) year))(?!['’\w-])"),
    ("half_relative", "the number", "half", r"(?P<det>the )?(?P<half>first|second)[=]half{end}"),
    ("half_year_possessive", "det digit", "half", r"(?:(?P<poss>this|last|next) year|(?P<y4>[12]\d{3}))['’]s (?P<half>first|second)[ =]half{end}"),
    # Seasons.
    ("season_year", "season the edge", "season", r"(?:the )?(?:{edge})?{season}(?:,? of|,| in)? (?:{year}{bc}?|{yref})"),
    ("year_season", "digit the", "season", r"(?:the )?{year} {season}"),
    ("season_relative", "det the edge", "season", r"(?:(?P<shade>early|late|earlier|later|mid)[ =])?(?P<which>this past|this coming|this|last|next|that same|that|the (?:following|previous|next|same|past)) {season}"),
    ("season", "season the edge", "season", r"(?P<det>the )?(?:{edge})?{season}"),
    ("later_in_season", "edge", "season", r"(?:early|late|later|earlier) in the {season}"),
    # Days by name.
    ("day_word", "day", "day_word", r"(?:(?P<before>the day before|the day after) )?(?P<word>yesterday|today|tomorrow|tonight)(?:(?:[ ]|['’]s ){parts}{end})?"),
    ("day_before_yesterday", "the", "day_word", r"(?P<before>the day before|the day after) (?P<word>yesterday|tomorrow){end}"),
    ("shaded_day_word", "edge", "day_word", r"(?P<shade>early|late|earlier|later)(?: on)? (?P<word>yesterday|today|tomorrow|tonight)(?: {parts})?{end}"),
    ("weekday", "weekday edge det the", "weekday",
     r"(?:(?P<shade>early|late|earlier|later)(?: on)? )?(?:(?P<which>this past|this coming|this|last|next|past|the (?:following|previous|next|past)|that|the same) )?{fullwd}(?![\w])(?: (?P<shade2>early )?{parts}{end}| (?P<noon>noon|midnight){end})?(?: (?P<tail>a week ago|last week|next week|of last week|of next week|of this week){end})?"),
    ("weekdays", "weekday edge the", "set", r"(?P<setwd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s{end}"),
    ("weekday_to_come", "a number digit", "from_day", r"(?:{num}) weeks? from (?:{fullwd}|(?P<word>today|tomorrow|now|yesterday)){end}"),
    ("holiday", "holiday the", "holiday", r"(?:the )?{holiday}(?P<hnight> night)?{end}(?!['’]s)(?:(?:,? of|,)? {year})?"),
    ("relative_holiday", "det", "holiday", r"(?P<which>this|last|next) {holiday}{end}"),
    # Parts of the day.
    ("part_relative", "det edge the", "part",
     r"(?:(?P<shade>early|earlier|late|later) )?(?P<which>this|last|that same|that|the (?:next|following|previous|same)) {parts}{end}"),
    ("part_of_ref", "the part edge", "part_of", r"(?:the )?(?:early |late )?{parts} of (?P<ref>today|yesterday|tomorrow|the same day|the next day|that day){end}"),
    ("part_of_weekday", "the part edge", "part_of", r"(?:the )?(?:early |late )?{parts} of (?:last |next )?{fullwd}{end}"),
    ("the_part", "the edge", "part", r"(?:(?:the )?(?:early|late|middle of|mid)[ =](?:the )?|the ){parts}(?: hours)?{end}"),
    ("middle_of_night", "the", "part", r"the middle of the {parts}{end}"),
    ("at_night", "part", "part", r"(?<=at[ \n]){parts}{end}|(?:mid[=]?)?(?P<part2>morning|afternoon){end}(?=[ ](?:of|session|trading))"),
    ("noon", "part", "noon", r"(?:high )?(?P<noon>noon|midnight|midday){end}(?:~(?P<zone>(?-i:GMT|EST|EDT|PST|PDT|CST|JST)))?(?:,? (?:today|tomorrow|yesterday)\b|,? {fullwd}\b)?"),
    # The clock.
    ("clock", "digit", "clock", r"{clock}(?:,? (?:on (?=\d{1,2} [A-Z]))?" + DAY_REF + r")?"),
    ("clock_date", "digit", "clock", r"{clock},? (?:{wd},? )?{month}~{day}(?:,? {year})?"),
    ("clock_words", "digit number", "clock_words", r"(?P<hw>\d{1,2}|{count})(?::(?P<mi>[0-5]\d))?(?: o['’]clock)(?:,? in the {parts}|,? this (?P<thispart>morning|afternoon|evening)| at night)?"),
    ("clock_in_the", "digit number", "clock_words", r"(?P<hw>\d{1,2}|{count})(?::(?P<mi>[0-5]\d))? in the {parts}{end}"),
    ("military_clock", "digit", "military", r"(?P<h24>[01]\d|2[0-4]):?(?P<mi24>[0-5]\d)(?:~(?:hours|hrs|hrs\.|GMT|UTC|EST|JST|local)|(?-i:Z)){end}"),
    ("record_time", "digit", "military", r"(?<=\{time\}[ ][ ])(?P<h24>[01]\d|2[0-4])(?P<mi24>[0-5]\d)(?!\w)"),
    # Shifts: ago, earlier, later.
    ("ago", "a number digit approx unit the", "ago", r"{approx}?(?:{num}[ =]){adj}?{unit}(?: (?P<or>or so|or more))? (?P<tail>ago|earlier|before that|before(?= ?(?:[,.;:)\]]|$|was\b|were\b|had\b|when\b))|previously|later|afterwards?|after that|from now|hence|from today){end}"),
    ("vague_ago", "unit a edge ref", "ago", r"(?:just |only )?{unit} (?P<tail>ago|earlier|before(?= ?(?:[,.;:)\]]|$|when\b))|later|afterwards?){end}"),
    ("moment_ago", "a", "moment", r"a (?:(?:short|little|long) )?(?:while|moment|time|bit) ago{end}"),
    ("long_ago", "ref", "moment", r"(?:not )?(?:so )?long ago{end}"),
    ("year_ago_period", "the a unit det", "year_ago", r"(?:(?P<det>the|a|its|their) )?(?:year|12[=]month)[=](?P<tail>earlier|ago|before|previous)(?: {edge})?(?: (?:fiscal )?(?:{q} )?(?P<unit>quarter|period|month|year|week)(?:['’]s)?{end})?"),
    ("year_period", "the digit", "year_period", r"(?:the )?(?:{year}|(?:(?P<which>latest|current|prior|previous|comparable|corresponding|like|similar) )(?:{q} )?)[ =]?(?:fiscal )?(?P<unit>quarter|period){end}"),
    # This, last, next and a unit.
    ("unit_relative", "det edge the", "unit_ref",
     r"(?:{edge}|(?P<shade>earlier|later|late|early|sometime|mid)[ =](?:in )?)?(?P<which>this past|this coming|this same|this|last|next|that same|that|the current|the previous|the prior|the preceding|the following|the next|the coming|the latest|the same) (?:calendar )?{unit1}(?!['’]s[ ]time)"),
    ("unit_of_year", "the", "ordinal_unit", r"(?P<det>the )(?P<nth>first|second|third|fourth|fifth|last|final) (?P<unit>week|month|day|weekend)(?: of|,| in) (?:{fullmonth}(?:,? {year})?|{year}|(?P<which>this|last|next|the|that) (?P<of>year|month|week))(?!['’\w-])"),
    ("unit_in_the", "edge", "unit_ref", r"(?P<shade>early|earlier|late|later|sometime)(?: on)? in the (?P<unit>day|week|month|quarter|year|decade|century){end}"),
    ("edge_of_unit", "edge the", "unit_ref", r"{edge}(?P<unit>year|quarter|month|week|decade|century|day){end}"),
    ("unit_end", "unit the edge", "unit_ref", r"(?:the )?(?P<unit>year|month|quarter|week)(?:[=]|['’]s )end{end}(?! {year})"),
    ("year_end_named", "unit edge digit", "year", r"(?:year[=]end|end[=]of[=]year) {year}|{year} year[=]end{end}"),
    ("the_unit", "the", "the_unit", r"the (?P<unit>year|quarter|month|week|weekend|day|decade){end}(?![=]| (?:of|that|when|before|after|earlier|ago|later|end|long|round)\b)"),
    # Durations.
    ("decade_to_come", "the", "duration", r"the (?P<dir>past|last|next|coming|previous|preceding|following) (?P<unit>decade|century){end}(?P<beyond> and beyond)?"),
    ("past_unit", "the", "duration", r"the (?P<dir>past) (?P<unit>year|month|week|day|quarter|weekend|hour|season){end}(?: or so| or two)?"),
    ("past_units", "the det number", "duration",
     r"(?P<det>the |these |those |its |their |our |his |her |my )?(?P<dir>past|last|latest|next|coming|previous|preceding|following|ensuing|succeeding|first|final|initial|opening|intervening|remaining|recent|subsequent|closing|early|later) (?:{approx})?(?:{range}|{num}[ =])? ?{adj}?(?P<unit>days|weeks|months|years|decades|centuries|quarters|hours|minutes|seasons|nights|fortnights|weekends|(?:hour|day|week|month|year)(?= (?:and a half|or two|or so)))(?: and a half| or two| or so)?{end}(?P<beyond> and beyond)?"
     r"(?: of (?:(?:fiscal )?{year}|(?P<yref>the|this|last|that|next) (?P<of>year|month|decade|century|week)|{fullmonth}(?: {year})?))?"),
    ("recent_units", "det number unit", "duration", r"(?P<det>the )?(?P<dir>recent|past|coming|previous|preceding|prior|subsequent|earlier|later) (?P<unit>days|weeks|months|years|decades|centuries|hours|quarters){end}"),
    ("determined_units", "det the", "duration", r"(?:these|those|all|the) (?P<num>{count})[ =]{adj}?(?P<unit>days|weeks|months|years|decades|hours){end}"),
    ("duration_range", "digit number approx", "duration", r"(?:{approx}|between )?{range}[ =]{adj}?{unit}(?:[ =]long)?{end}(?! old)"),
    ("duration", "digit number approx a", "duration", r"{approx}?{num}[ =]{adj}?{unit}(?P<half> and a half)?(?: or (?:so|two|more|longer|less)| plus)?(?:[ =]long)?{end}(?![= ]old)(?! of age)"),
    ("weeks_or_months", "unit", "duration", r"(?P<unit>days|weeks|months|years|hours) (?:or|and)(?: even)? (?P<unit2>days|weeks|months|years|decades){end}"),
    ("bare_units", "unit number", "units", r"(?P<unit>years|months|weeks|days|decades|centuries|hours|minutes)(?:[=]long)?{end}(?! old)"),
    ("long_unit", "unit a", "duration", r"(?:a )?(?P<unit>year|month|week|decade|day|century|hour)[=](?:and[=]a[=](?P<half>half)[ =])?long{end}"),
    ("a_while", "a", "while", r"a (?:(?:little|short|long|good) )?while{end}"),
    # Sets.
    ("every_unit", "det", "set", r"(?P<each>each|every)(?: (?P<n>other|two|three|four|five|six|ten|second|third|\d{1,2}))? (?:(?P<unit>day|night|week|weekend|month|quarter|year|hour|minute|decade)s?|{fullwd}|{fullmonth}|{season}|{parts}){end}(?P<also> (?:morning|afternoon|evening|night){end})?"),
    ("frequency", "day", "set", r"(?:twice[= ])?(?P<freq>daily|hourly|weekly|biweekly){end}"),
    ("per_unit", "det a", "rate", r"(?:per (?P<unit>year|month|week|day|hour|quarter)|an? (?P<unit>year|month|week|day|hour)){end}"),
    # Present, past, future.
    ("now", "ref", "ref", r"(?P<present>(?:right )?now|currently|nowadays)(?![\w])"),
    ("current", "ref", "ref", r"(?P<present>current){end}(?=[ ]\w)(?! account| accounts| affairs| events)"),
    ("the_moment", "the", "ref", r"(?P<present>(?<=at[ \n])the (?:present(?: time)?|moment)|(?<=for[ \n])the (?:moment|time being|present)|(?<=to[ \n])the present(?: day)?|the present (?:time|day|moment)|the here and now){end}"),
    ("this_point", "det", "ref", r"(?P<present>this (?:point(?: in time)?|stage|moment|juncture|very moment)|(?:(?<=at[ \\n])|(?<=by[ \\n])|(?<=of[ \\n])|(?<=to[ \\n])|(?<=til[ \\n]))this time){end}"),
    ("these_days", "det", "ref", r"(?P<present>these days){end}"),
    ("at_present", "ref", "ref", r"(?P<present>(?<=at[ \n])present|(?<=to[ \n])date|present[= ]day|modern[= ]day){end}"),
    ("recent", "ref", "ref", r"(?P<past>recently|recent|lately){end}"),
    ("the_past", "the", "ref", r"(?P<past>the (?:recent |distant |not[=]too[=]distant )?past){end}(?! (?:and|or) (?:present|future))(?! \w+ (?:days|weeks|months|years|decades|quarters|centuries))"),
    ("the_future", "the", "ref", r"(?P<future>the (?:near|immediate|foreseeable|not[=]too[=]distant|distant|medium|near[=]term)(?:[= ]|, )?(?:future|term){end}|the future{end}(?![=]|['’]s))"),
    ("in_future", "ref", "ref", r"(?P<future>(?<=in[ \n])(?:near |the )?future){end}"),
    ("soon", "ref", "soon", r"(?:(?P<any>any ?time )soon|soon){end}"),
    ("as_soon_as_possible", "edge", "ref", r"(?P<future>as soon as (?:possible|practicable)){end}"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the table, compiled."""

    name: str
    starts: frozenset[str]
    reader: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table."""
    return tuple(Rule(n, frozenset(s.split()), r, compile_rule(p)) for n, s, r, p in TABLE)
