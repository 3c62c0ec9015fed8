"""What there is too much of in the code, counted: each count may only fall. (Complexity over 15 is ruff's C901.)

A test that fails because a count rose asks for the words to go to a lexicon, or for fewer branches; where a count fell,
lower its bound here in the same commit.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "extract"
# rooms whose lists are of column names, not of words
TABLE_ROOMS = ("commands", "compare", "evaluation", "flows", "review", "runs", "store", "tables", "work")
MAX_ALTERNATIONS = 249
MAX_WORD_SETS = 76
MAX_DECISIONS_PER_10_LINES = 4.9

_WORD = r"[^\W\d_][\w.'’ -]*"
_SEVERAL = re.compile(r"[^\W\d_][\w'’ .?\\-]*(?:\|[^\W\d_][\w'’ .?\\-]*){5,}")


def trees(*, without: tuple[str, ...] = (), below: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """Each file of the package, parsed."""
    for path in sorted((PACKAGE / below).rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in without:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def words_of(node: ast.AST) -> list[str]:
    """The words of a list written in code: a display of strings, or a string that is split."""
    if isinstance(node, (ast.Set, ast.List, ast.Tuple)):
        values = [each.value if isinstance(each, ast.Constant) else None for each in node.elts]
        return [v for v in values if isinstance(v, str) and re.fullmatch(_WORD, v)] if None not in values else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        of = node.func.value
        return of.value.split() if isinstance(of, ast.Constant) and isinstance(of.value, str) else []
    return []


def code_lines(text: str, tree: ast.Module) -> int:
    """Lines with code: no blank lines, comments and docstrings."""
    blank = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in blank:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            lines.difference_update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return len(lines)


def decisions(tree: ast.Module) -> int:
    """Branches, loops, comprehensions and boolean operators."""
    kinds = (ast.If, ast.IfExp, ast.For, ast.While, ast.comprehension, ast.ExceptHandler, ast.match_case)
    return sum(
        isinstance(node, kinds) + (len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0)
        for node in ast.walk(tree)
    )


def test_alternations_of_six_words_and_more_in_code_only_fall() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for _ in _SEVERAL.finditer(node.value)
    ]
    assert len(found) <= MAX_ALTERNATIONS, "words belong in lexicons: write {language/concept} in a pattern of theirs"


def test_word_lists_of_six_and_more_in_code_only_fall() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in trees(without=TABLE_ROOMS)
        for node in ast.walk(tree)
        if len(words_of(node)) > 5
    ]
    assert len(found) <= MAX_WORD_SETS, found


def test_decisions_in_ten_lines_of_the_components_only_fall() -> None:
    count = lines = 0
    for path, tree in trees(below="components"):
        count += decisions(tree)
        lines += code_lines(path.read_text(encoding="utf-8"), tree)
    assert 10 * count / lines <= MAX_DECISIONS_PER_10_LINES
