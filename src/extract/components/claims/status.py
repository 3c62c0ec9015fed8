"""How a claim is meant: fact, planned, proposed, rejected or hypothetical, by cues and their scope."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extract import lexicons

# Characters before a figure within which a refusal governs it, whatever stands between.
REJECTED_REACH = 70
# Characters before a figure in which its clause is searched for cues: clauses of tables may never end.
CUE_REACH = 320
STATUSES = "planned|proposed|rejected|hypothetical"
# Where a clause ends: cues beyond do not reach the figure, unless they open the sentence ("If …").
_CLAUSE_LEFT = re.compile(
    r"[;:]\s|\b(?:but|yet|while|whereas|although|though|after|because|since)\b|,\s+(?:and|which|who|when|where"
    r"|compared)\b|(?<!\.[A-Z])(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?]\s|\s[–—]\s",
    re.IGNORECASE,
)
_CLAUSE_RIGHT = re.compile(
    r"[;:!?]|(?<!\.[A-Z])(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)\.(?:\s|$)|\b(?:but|yet|while|whereas|although|though"
    r"|because|and (?:he|she|they|we|it|the))\b|,\s+(?:which|who|and"
    r"|said|but|according|has|have|had|is|was|will|would)\b|\s[–—]\s",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:^|[,;:(–—“\"]\s*|\b(?:and|but|that|even|only|asking),?\s+)(?:if|unless|were (?:it|they|he|she|we|the \w+"
    r"|[A-Z]\w+) to|had (?:it|they|we)|should [^,;?]{3,60},|suppos(?:e"
    r"|ing)|assuming|in the event)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:announc\w+|decid\w+|decision|agree[ds]?|pledg\w+|promis\w+|vow\w+|confirm\w+|declared|ordered|commit\w*"
    r"|said (?:on \w+ )?(?:that )?(?:it|he|she|they|the (?:government|company|ministry)))\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|has|have|did)\b|\b\w{3,}ed\b", re.IGNORECASE)
# A thing that has an owner or the definite article exists ("Japan's trade surplus of", "the 25 percent").
_EXISTING = re.compile(
    r"\b(?:the|its|their|our|his|those|these|existing|current|present|\w+['’]s?)\s+(?:(?:trade|budget"
    r"|current account|fiscal)?\s*"
    r"(?:surplus|deficit|debt|tariffs?|dut(?:y|ies)|exports|imports|wage|reserves)\s+of\s+(?:about |some |nearly "
    r"|over |more than )?)?$",
    re.IGNORECASE,
)
_ASKED_RIGHT = re.compile(
    r"\s*(?:requested|proposed|demanded|sought|offered|asked|promised|pledged|planned"
    r"|(?:which|that) [^.;,]{0,40}(?:(?:was|were|is|are) about to|plan(?:s|ned)? to|intend(?:s|ed)? to))\b",
    re.IGNORECASE,
)
_MEANT_RIGHT = re.compile(
    r"\s*,?\s*(?:(?P<proposed>requested|proposed|demanded|sought|threatened)|(?P<planned>announced|agreed|planned"
    r"|promised|pledged|approved)|(?P<hypothetical>(?:that |which )?"
    r"(?:(?!and |but |or |than |as |less |more |better |worse )\w+ ){0,3}"
    r"(?:predicted|forecast|estimated|projected|expected)))\b",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"[^.;!?]{0,80};\s*(?:but\s+)?(?:(?:the|this|that|its?|their)\s+)?(?:(?:proposal|offer|request|demand|plan|idea"
    r"|bill|bid|appeal|motion|amendment)\s+)?(?:was|were)\s+(?:\w+ly\s+)?(?:rejected|turned down|refused|dropped|vetoed"
    r"|voted down|defeated|abandoned)\b|[^.;!?]{0,80};\s*[\w ]{1,30}\b(?:refused|rejected)\s+(?:it|this|that)\b"
    r"|[^.;!?]{0,60},\s*(?:we|I|they|he|she)\s+(?:can\s?not|could not|will not|would not)\s+accept\b",
    re.IGNORECASE,
)
# A headline's infinitive is a plan: "Norland to Cut Duties on 20 Items".
_HEADLINE = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:to|TO|To)\s+(?i:cut|raise|buy|sell|spend|invest|impose|lift|lower|reduce|increase|build"
    r"|open|close|slash|scrap|end|double|halve|import|export|ship|lend|give|pay|shed|hire|seek|limit|cap|curb)\b"
    r"(?![^.]*\b(?i:was|were|had|has|failed|collapsed)\b)"
)
_NOT_ONLY = re.compile(r"\bnot\b[^.;]{0,40}\b(?:only|just|solely|merely)\b", re.IGNORECASE)
_TARGET_REJECTED = re.compile(
    r"\b(?:problems? (?:concerning|with|of)|difficult to (?:set|achieve|accept|agree)|hard to accept|(?:is|are|was"
    r"|were) not an?|solely to|no"
    r"|without|instead of|rather than|not by means of|opposed to|free of|critical of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_TARGET_REJECTED_RIGHT = re.compile(
    r"\b(?:harms?|(?:is|are|was|were) (?:in fact )?(?:incorrect|not (?:accurate|correct|true|acceptable)"
    r"|unacceptable|inappropriate)|goes? against"
    r"|(?:was|were|is|are) (?:rejected|refused|opposed|ruled out|abandoned|dropped))\b",
    re.IGNORECASE,
)
_TARGET_SOUGHT_RIGHT = re.compile(
    r"^[^.;]{0,30}\bwe are (?:pursuing|seeking|asking|demanding)|\b(?:was|were|is|are) (?:demanded|proposed|sought)\b",
    re.IGNORECASE,
)


class Cue(NamedTuple):
    pattern: re.Pattern[str]
    statuses: tuple[str, ...]


@lru_cache(maxsize=1)
def _cues() -> dict[str, Cue]:
    """One pattern for each side; the group number says which status."""
    rows = lexicons.load(
        "en/claim_status", {"status": STATUSES, "where": "left|right", "cue": "regexes"}, key=("cue", "where")
    )
    found: dict[str, Cue] = {}
    for where in ("left", "right"):
        mine = [row for row in rows if row["where"] == where]
        groups = []
        for status in STATUSES.split("|"):
            body = "|".join(row["cue"] for row in mine if row["status"] == status)
            groups.append(f"(?P<{status}>{body})")
        # Rejection is tried first: "will not" is no plan.
        order = sorted(range(len(groups)), key=lambda i: "rejected" not in groups[i][:14])
        found[where] = Cue(
            re.compile(r"(?<![\w-])(?:" + "|".join(groups[i] for i in order) + ")", re.IGNORECASE),
            tuple(STATUSES.split("|")),
        )
    return found


def status_of(left: str, right: str, *, attributive: bool = False) -> str:
    """The status of a figure with ``left`` before it and ``right`` after it in its sentence.

    ``attributive``: the figure qualifies a noun; with a definite article before it the thing exists ("to lift the
    25 percent tariffs"), whatever is wanted of it.
    """
    left, right = " ".join(left.split()) + " ", " ".join(right.split())
    clause = _clause_left(left)
    if attributive and _EXISTING.search(clause[-40:]) and not _ASKED_RIGHT.match(right):
        return "fact"
    if _is_conditional(left):
        return "hypothetical"
    if _HEADLINE.match(left):
        return "planned"
    found = _rejected_near(clause) or _rejected_after(right) or _meant_right(right) or _last_left(clause, left)
    if found is None and clause != left:
        found = _governing(left, clause)
    if found in ("proposed", "planned", "hypothetical") and _MOVED.search(clause[-80:]):
        return "fact"
    after = _clause_right(right)
    if found in ("proposed", "planned") and _dropped(after):
        return "rejected"
    if found is None and not (_DONE.search(clause) and not attributive):
        found = _right(after)
    return found or "fact"


def target_status(left: str, right: str) -> str:
    """The status of a target without a figure: its rejection may stand anywhere in the sentence."""
    left, right = " ".join(left.split()) + " ", " ".join(right.split())
    if _is_conditional(left):
        return "hypothetical"
    if _NOT_ONLY.search(left[-60:]):
        return "proposed"
    if _TARGET_REJECTED.search(left[-60:]) or _TARGET_REJECTED_RIGHT.search(right):
        return "rejected"
    if _TARGET_SOUGHT_RIGHT.search(right):
        return "proposed"
    return status_of(left, right)


_TOLD = re.compile(
    r"\b(?:(?:say|says|said|adding|argu(?:e|es|ed)|claim(?:s|ed)?|not(?:es|ed)|told \w+|show(?:s|ed)?|recall(?:s|ed)?"
    r"|know[ns]?|knew|aware|point(?:s|ed)? out|reports?|reported|learn(?:s|ed|t)?|remember(?:s|ed)?|found"
    r"|finds?|confirm) that"
    r"|(?:tell|remind|inform|assure) (?:\w+ ){1,3}that)\b",
    re.IGNORECASE,
)


# What stands aside in a clause: ", which opposes the treaty,", "Although he had promised more,".
_ASIDE = re.compile(
    r",\s+(?:which|who|whose|where)\b[^,;]{1,80},\s|^(?:although|though|while|whereas|when|as|because)\b[^,;]{1,120},\s",
    re.IGNORECASE,
)
# A relative clause that states what is: "a subsidy that costs"; one of a plan's or a bill's is what they would do.
_OWN_RELATIVE = re.compile(
    r"(?<!bill )(?<!plan )(?<!deal )(?<!law )(?<!proposal )(?<!agreement )(?<!package )(?<!budget )\b(?:that|which|who)"
    r"\s+(?:already |now |still |currently )?(?:costs?|was|were|is|are|had|has|have|total(?:s|led)|rose|fell"
    r"|averaged?s?|reached|employs?|sells?|sold|exports?|buys?|bought|pays?|paid|earns?|earned|produces?|makes?|imports?)\b"
    r"(?! (?:to|been|expected|planned|likely|set|due|proposed|forecast|projected|estimated|demanded|asked|agreed"
    r"|promised|threatened|offered|pledged)\b)",
    re.IGNORECASE,
)
# A verb in the past that governs the figure: what follows it says nothing of how it is meant.
_DONE = re.compile(
    r"\b(?:was|were|had|did|rose|fell|grew|paid|sold|bought|lost|made|spent|won|took|gave|left|ran|shrank|sank|cost"
    r"|\w{3,}ed)\s+(?:(?:by|to|from|at|in|about|some|nearly|almost|only|over|more than|up|down|a|an|the)\s+){0,3}$",
    re.IGNORECASE,
)
# A change or a deed in the past right before its figure: it has been measured, whatever noun of asking is its subject.
_MOVED = re.compile(
    r"(?<!have )(?<!has )(?<!had )(?<!be )(?<!been )(?<!being )(?<!to )\b(?:rose|fell|grew|shrank|sank|slid|dropped"
    r"|declined|climbed|reached|total(?:l)?ed|averaged|increased|decreased|jumped|slipped|widened|narrowed|employs|employed"
    r"|had (?:\w+ ){1,2}of)\s+(?:(?:by|to|from|at|about|some|nearly|almost|only|over|more than|up|a|an|the)\s+){0,3}$",
    re.IGNORECASE,
)


def _clause_left(left: str) -> str:
    """What is left of the figure in its own clause; a clause told by a verb of saying is its own."""
    start = 0
    for match in _TOLD.finditer(left):
        left = " " * match.end() + left[match.end() :]
    for match in _ASIDE.finditer(left):
        left = left[: match.start()] + " " * (match.end() - match.start()) + left[match.end() :]
    for match in _OWN_RELATIVE.finditer(left):
        if len(left) - match.end() < 60 and not re.search(r"[,;]", left[match.end() :]):
            start = match.start()
    for match in _CLAUSE_LEFT.finditer(left):
        start = match.end()
    return left[start:]


def _clause_right(right: str) -> str:
    match = _CLAUSE_RIGHT.search(right)
    return right[: match.start()] if match else right[:160]


def _is_conditional(left: str) -> bool:
    conditions = list(_CONDITION.finditer(left))
    return bool(conditions) and not _closed_condition(left[conditions[-1].end() :])


def _closed_condition(left: str) -> bool:
    """A condition that its comma closed and a past or present verb followed is over: "If so, exports rose 5 %"."""
    comma = left.rfind(",")
    return (
        comma > 0
        and bool(_PAST.search(left[comma:]))
        and not re.search(r"\b(?:would|will|could|might|may)\b", left[comma:])
    )


def _meant_right(right: str) -> str | None:
    """A participle right after the figure: "$87 billion requested", "up to 30 percent, announced in May"."""
    match = _MEANT_RIGHT.match(right)
    return match.lastgroup if match else None


def _rejected_after(right: str) -> str | None:
    """What became of it after a semicolon: "a cut of 15 percent; the proposal was turned down"."""
    return "rejected" if _FATE.match(right) else None


def _rejected_near(clause: str) -> str | None:
    """A refusal shortly before the figure outweighs what was asked or planned: "rejects the proposal to cut"."""
    clause = clause[-CUE_REACH:]
    rejected = [m for m in _left_cues(clause) if m.lastgroup == "rejected"]
    return "rejected" if rejected and rejected[-1].end() > len(clause) - REJECTED_REACH else None


@lru_cache(maxsize=16)
def _left_cues(clause: str) -> tuple[re.Match[str], ...]:
    return tuple(_cues()["left"].pattern.finditer(clause))


def _last_left(clause: str, left: str = "") -> str | None:
    """The status of the nearest cue to the left, with "would" read by what governs it."""
    clause = clause[-CUE_REACH:]
    matches = _left_cues(clause)
    if not matches:
        return None
    last = matches[-1]
    if last[0].casefold() == "would have":
        return "rejected" if any(match.lastgroup == "rejected" for match in matches) else "hypothetical"
    if last[0].casefold().startswith("would"):
        if _ANNOUNCED.search(left[: -len(clause)] + clause[: last.start()] if left else clause[: last.start()]):
            return "planned"
        if any(match.lastgroup == "proposed" for match in matches):
            return "proposed"
    if last.lastgroup == "planned" and len(matches) > 1 and matches[-2].lastgroup in ("proposed", "hypothetical"):
        return matches[-2].lastgroup
    return last.lastgroup


def _governing(left: str, clause: str) -> str | None:
    """A cue of the clause before, where this one has none and goes on with a participle or an infinitive."""
    if not re.match(r"\s*(?:which|that|to|and)?\s*(?:\w+ing|to \w+|including|will|would)\b", clause):
        return None
    return _last_left(_clause_left(left[: len(left) - len(clause)].rstrip(" ,;:–—")))


def _dropped(clause: str) -> bool:
    """Whether what stands after the figure says that nothing came of it."""
    return any(match.lastgroup == "rejected" for match in _cues()["right"].pattern.finditer(clause))


def _right(clause: str) -> str | None:
    match = _cues()["right"].pattern.search(clause)
    return match.lastgroup if match else None
