"""Compile the samples' annotations from their short written form into gold files (JSON).

    python tests/gold/compile_gold.py          writes tests/gold/*.json
    python tests/gold/compile_gold.py --check  exit 1 if a file would change

An annotation file ``tests/gold/annotations/<doc_id>.ann`` has one row a line, words split as a shell splits them.
A span is quoted as it stands in the text (``\\n`` for a line end) and found again here, so that no offset is counted; a
text that occurs more than once is told apart by ``#2`` (the second occurrence). Row kinds:

    doc genre=… title=… date=… languages=en,ja number=… sender=… recipient=…
    jaskip                                   entities and claims of Japanese zones are not annotated
    nosegments                               no segments are annotated for this document
    seg KIND LANGUAGE "first words" .. "last words"
    turn KIND label=… speaker=… role=… side=… cue=… "first words" .. "last words"
    ent LABEL "text" canonical=… country=…   every whole-word occurrence that no longer name covers; #n for one only
    date "text" TYPE VALUE ANCHOR bounds=START..END|none
    claim "text" KIND VALUE|LOW..HIGH UNIT QUALIFIER measure=… item=… actor=… partner=… period=… status=… speaker=…
          link=from:"text of the other" target
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

from extract.ingest.files import find_documents
from extract.ingest.read import read_document

HERE = Path(__file__).parent
RAW = HERE.parents[1] / "data" / "raw"
Row = dict[str, Any]


class AnnotationError(ValueError):
    """A line of an annotation file cannot be read; the message names file, line and reason."""


class Compiler:
    """One document's annotations: text in, gold record out."""

    def __init__(self, doc_id: str, text: str, sha256: str) -> None:
        self.text = text
        self.gold: Row = {"doc": doc_id, "sha256": sha256, "document": {}}
        self.names: list[Row] = []
        self.links: list[tuple[Row, str, str, int | None]] = []
        self.tables: dict[str, list[Row]] = {"segments": [], "turns": [], "entities": [], "dates": [], "claims": []}
        self.cursor = {"seg": 0, "turn": 0}

    def line(self, line: str) -> None:
        words = [w.replace("\\n", "\n") for w in shlex.split(line)]
        kind, rest = words[0], words[1:]
        if kind == "jaskip":
            self.gold["japanese_entities_and_claims"] = "not annotated"
        elif kind == "nosegments":
            del self.tables["segments"]
        else:
            getattr(self, f"add_{kind}")(rest)

    def find(self, needle: str, number: int | None, start: int = 0) -> int:
        """Start offset of the number-th occurrence (the first without one)."""
        at = start - 1
        for _ in range(number or 1):
            at = self.text.find(needle, at + 1)
            if at < 0:
                raise AnnotationError(f"{needle!r} (#{number or 1}) is not in the text")
        return at

    def bounds(self, kind: str, words: list[str]) -> tuple[int, int]:
        first, last = words[words.index("..") - 1], words[words.index("..") + 1]
        number = next((int(w[1:]) for w in words if re.fullmatch(r"#\d+", w)), None)
        start = self.find(first, number, 0 if number else self.cursor[kind])
        end = self.text.find(last, start) + len(last)
        if end < start + len(last):
            raise AnnotationError(f"{last!r} does not follow {first!r}")
        self.cursor[kind] = end if kind == "turn" else start + 1
        return start, end

    def add_doc(self, words: list[str]) -> None:
        data = dict(w.split("=", 1) for w in words)
        keys = ("genre", "title", "date", "languages", "number", "sender", "recipient")
        self.gold["document"] = {k: data.get(k) for k in keys}
        self.gold["document"]["languages"] = data["languages"].split(",")

    def add_seg(self, words: list[str]) -> None:
        start, end = self.bounds("seg", words)
        self.tables["segments"].append({"kind": words[0], "language": words[1], "start": start, "end": end})

    def add_turn(self, words: list[str]) -> None:
        start, end = self.bounds("turn", words)
        fields = options(words)
        row = {"kind": words[0], "start": start, "end": end, "text": self.text[start : min(end, start + 40)]}
        self.tables["turns"].append(
            row | {k: none_word(fields.get(k)) for k in ("label", "speaker", "role", "side", "cue")}
        )

    def add_ent(self, words: list[str]) -> None:
        fields, number = options(words), occurrence(words)
        name = words[1]
        row = {"label": words[0], "canonical": fields.get("canonical") or name, "country": fields.get("country")}
        self.names.append(row | {"name": name, "number": number})

    def add_date(self, words: list[str]) -> None:
        if "drop" in words:
            return
        text, type_, value, anchor = [w for w in words if not re.fullmatch(r"#\d+|bounds=.*", w)]
        start = self.find(text, occurrence(words)) if occurrence(words) else self.lone(text)
        first, last = value_bounds(value) if anchor != "none" and type_ in ("DATE", "TIME") else (None, None)
        given = next((w[7:] for w in words if w.startswith("bounds=")), None)
        if given:
            first, last = (None, None) if given == "none" else tuple(given.split(".."))
        row = {"start": start, "end": start + len(text), "text": text, "type": type_, "value": value}
        self.tables["dates"].append(row | {"start_date": first, "end_date": last, "anchor": anchor})

    def lone(self, text: str) -> int:
        """The first occurrence that stands as words of its own: "8 percent" does not stand in "1.8 percent"."""
        first, last = (r"(?<![\w.,])" if text[0].isalnum() else ""), (r"(?!\w)" if text[-1].isalnum() else "")
        match = re.search(first + re.escape(text) + last, self.text) or re.search(re.escape(text) + last, self.text)
        if match:
            return match.start()
        return self.find(text, None)

    def add_claim(self, words: list[str]) -> None:
        if "drop" in words:
            return
        fields, number = options(words), occurrence(words)
        words = [w for w in words if not re.fullmatch(r"#\d+", w)]
        plain = words[:2] + [w for w in words[2:] if "=" not in w and w != "target"]
        stripped = plain[0].strip()
        start = self.find(plain[0], number) if number or plain[0] != stripped else self.lone(plain[0])
        start += plain[0].find(stripped)
        low, high, unit, qualifier = self.figure(plain) if plain[1] != "target" else (None, None, None, "exact")
        row = {
            "start": start,
            "end": start + len(stripped),
            "text": stripped,
            "kind": plain[1],
            "value_min": low,
            "value_max": high,
            "unit": unit,
            "qualifier": qualifier,
        }
        row |= {k: none_word(fields.get(k)) for k in ("measure", "item", "actor", "partner", "period")}
        row |= {"is_target": "target" in words[2:], "status": fields.get("status", "fact")}
        row |= {"speaker": none_word(fields.get("speaker")), "link": None, "linked_start": None}
        self.tables["claims"].append(row)
        if "link" in fields:
            kind, other = fields["link"].split(":", 1)
            self.links.append((row, kind, other.strip(), None))

    @staticmethod
    def figure(plain: list[str]) -> tuple[float, float, str, str]:
        low, _, high = plain[2].partition("..")
        return float(low), float(high or low), plain[3], plain[4]

    def finish(self) -> Row:
        for row, kind, other, _ in self.links:
            row["link"] = kind
            near = [c for c in self.tables["claims"] if c["text"] == other and c is not row]
            if not near:
                raise AnnotationError(f"link of {row['text']!r}: no claim {other!r}")
            row["linked_start"] = min(near, key=lambda c: abs(c["start"] - row["start"]))["start"]
        self.mark_names()
        for name, rows in self.tables.items():
            self.gold[name] = sorted(rows, key=lambda r: (r["start"], r["end"]))
        return self.gold

    def mark_names(self) -> None:
        taken: list[tuple[int, int]] = []
        unread = [s for s in self.tables.get("segments", []) if s["kind"] in ("references", "footer")]
        skipped = [(s["start"], s["end"]) for s in unread]
        for row in sorted(self.names, key=lambda r: -len(r["name"])):
            # Japanese is written without blanks: its names stand wherever their characters do
            is_japanese = re.search(r"[ぁ-んァ-ヶ一-龥]", row["name"])
            name = re.escape(row["name"])
            found = list(re.finditer(name if is_japanese else rf"(?<!\w){name}(?!\w)", self.text))
            chosen = found[row["number"] - 1 : row["number"]] if row["number"] else found
            if not chosen:
                raise AnnotationError(f"name {row['name']!r} (#{row['number'] or 1}) is not in the text")
            for match in chosen:
                if any(match.start() < end and match.end() > start for start, end in taken + skipped):
                    continue
                taken.append(match.span())
                kept = {k: row[k] for k in ("label", "canonical", "country")}
                self.tables["entities"].append({"start": match.start(), "end": match.end(), "text": match[0]} | kept)


def options(words: list[str]) -> dict[str, str]:
    return dict(w.split("=", 1) for w in words if re.match(r"[a-z]+=", w))


def occurrence(words: list[str]) -> int | None:
    return next((int(w[1:]) for w in words if re.fullmatch(r"#\d+", w)), None)


def none_word(value: str | None) -> str | None:
    return None if value in (None, "null") else value


def value_bounds(value: str) -> tuple[str | None, str | None]:
    """Calendar bounds of a TIMEX3 value that is a decade, year, quarter, month or day (with or without a time)."""
    value = value.split("T")[0]
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31"
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        year, quarter = int(match[1]), int(match[2])
        return f"{year}-{3 * quarter - 2:02}-01", f"{year}-{3 * quarter:02}-{calendar.monthrange(year, 3 * quarter)[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return f"{value}-01", f"{value}-{calendar.monthrange(int(match[1]), int(match[2]))[1]}"
    return (value, value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else (None, None)


def compile_file(doc_id: str, text: str, sha256: str, path: Path) -> str:
    compiler = Compiler(doc_id, text, sha256)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            compiler.line(line)
        except (AnnotationError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise AnnotationError(f"{path.name}:{number}: {error} in {line!r}") from error
    return json.dumps(compiler.finish(), ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    changed = 0
    files, _ = find_documents(RAW)
    for raw in files:
        document = read_document(raw.doc_id, raw.place)
        assert hashlib.sha256(Path(raw.place).read_bytes()).hexdigest() == document.sha256
        annotations = HERE / "annotations" / f"{raw.doc_id}.ann"
        target = HERE / (raw.doc_id.replace("/", "--") + ".json")
        compiled = compile_file(raw.doc_id, document.text, document.sha256, annotations)
        if not target.exists() or target.read_text(encoding="utf-8") != compiled:
            changed += 1
            if "--check" not in arguments:
                target.write_text(compiled, encoding="utf-8")
    print(f"{changed} of {len(files)} gold files {'would change' if '--check' in arguments else 'written'}")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
