"""Time expressions: found by named rules, written as TIMEX3 values, bounded on the calendar.

``find_expressions(text, created)`` is the whole of it; no spaCy, no clock, no locale. The parts: ``patterns`` (the
rules), ``scan`` (finding), ``guards`` (what only looks like one), ``anchor`` and ``tense`` (what it counts from),
``read_*`` (what it means), ``japanese``, ``value`` (the grammar of values and their bounds), ``arithmetic``.
"""

from extract.normalize.dates.resolve import TimeExpression, find_expressions
from extract.normalize.dates.value import bounds, is_value

__all__ = ["TimeExpression", "bounds", "find_expressions", "is_value"]
