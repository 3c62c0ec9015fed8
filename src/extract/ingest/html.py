"""From an HTML page to the text that offsets count in: chrome stripped by trafilatura, blocks kept as lines.

Paragraphs and headings are set apart by a blank line; list items (with ``- ``), table rows (cells joined by `` | ``)
and ``<br>`` start a new line; a number that is raised stays so ("³"). The same page always gives the same text; nothing
is fetched and no script is run.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

# Text that trafilatura gives is mistrusted where it holds less than this share of what stands in the page outside of
# navigation: odd pages (a transcript in one <pre>, a page of tables) are then read whole rather than lost.
MIN_KEPT_SHARE = 0.25

_CHROME_TAGS = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template nav aside form button select iframe svg canvas object dialog head title",
    )
)
_CHROME_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"}
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumbs?|cookies?|newsletter|share|sharing|social|comments?|sidebar|related|promo|"
    r"advert\w*|ads?|subscribe|footer)(?:[\s_-]|$)",
    re.I,
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p head div section article main header footer h1 h2 h3 h4 h5 h6 list ul ol dl quote blockquote pre table "
        "figure figcaption address hr center body fieldset details summary",
    )
)
_LINES = frozenset(("item", "li", "dt", "dd", "row", "tr", "lb", "br", "caption"))
_ITEMS = frozenset(("item", "li"))
_CELLS = frozenset(("cell", "td", "th"))
_VERBATIM = frozenset(("pre", "quote", "code"))
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
_ISO_DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DATE_NAMES = (
    *("article:published_time", "datepublished", "date", "pubdate", "publish-date", "publication_date"),
    *("citation_publication_date", "dc.date", "dc.date.issued", "dc.date.created"),
    *("dcterms.date", "dcterms.created", "dcterms.issued"),
)
_RAISED_NUMBER = re.compile(
    r"<sup\b[^<>]{0,200}>\s*(?:<a\b[^<>]{0,500}>)?\s*(\d{1,3})\s*(?:</a\s*>\s*)?</sup\s*>", re.I
)
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The parser gives up on elements that are nested some 2,000 deep; what nests them deeper than this shapes nothing.
MAX_DEPTH = 250
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
# Elements without an end, or whose end may be left out: they nest nothing by themselves.
_NEST_NOTHING = frozenset(
    re.findall(
        r"\w+",
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot "
        "option optgroup colgroup html head body",
    )
)


@dataclass(frozen=True, slots=True)
class Page:
    """``text`` is the page's extracted text; ``hints`` what its head says (``title``, ``date`` as YYYY-MM-DD)."""

    text: str
    hints: dict[str, str] = field(default_factory=dict)


def declared_encoding(data: bytes) -> str | None:
    """The charset that the page names in its first 4,096 bytes."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def extract_page(html: str) -> Page:
    """Text and hints of a page; empty text where it holds none. Malformed markup is never refused."""
    html = _XML_DECLARATION.sub("", html).replace("\0", "")
    if not html.strip():
        return Page("")
    html = _flatten(_RAISED_NUMBER.sub(lambda match: match[1].translate(SUPERSCRIPT), html))
    tree = _parse(html)
    if tree is None:
        return Page("")
    hints = _hints(tree)
    return Page(_choose(_by_trafilatura(html), _whole(tree)), hints)


def _flatten(html: str) -> str:
    """The page with the tags left out that nest elements too deep; those of blocks leave a line's end."""
    depth = deepest = 0
    kept: list[str] = []
    position = 0
    for match in _TAG.finditer(html):
        name = match["name"].lower()
        if name in _NEST_NOTHING or match[0].endswith("/>"):
            continue
        level = depth if match["close"] else depth + 1
        depth = max(0, depth - 1) if match["close"] else depth + 1
        deepest = max(deepest, depth)
        if level > MAX_DEPTH:
            between = html[position : match.start()]
            kept += (between, "<br>" if name in _BLOCKS and between.strip() else "")
            position = match.end()
    return "".join((*kept, html[position:])) if deepest > MAX_DEPTH else html


def _parse(html: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        return lxml_html.document_fromstring(html, parser=lxml_html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _by_trafilatura(html: str) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    return _render(body) if body is not None else ""


def _whole(tree: Any) -> str:
    """All text of the page but for what its markup says is chrome."""
    body = tree.find("body")
    body = tree if body is None else body
    for element in list(body.iter()):
        if element is not body and _is_chrome(element) and element.getparent() is not None:
            element.drop_tree()
    return _render(body)


def _is_chrome(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES or element.get("hidden") is not None:
        return True
    if element.tag in ("header", "footer"):
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "main", "article") and bool(_CHROME_NAME.search(names))


def _choose(clean: str, whole: str) -> str:
    return clean if len(clean) >= MIN_KEPT_SHARE * len(whole) and clean.strip() else whole


class _Writer:
    """Collects text, with the line breaks between blocks that were asked for since the last text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.breaks = 0
        self.glue = ""
        self.prefix = ""
        self.in_row = 0

    def ask(self, breaks: int) -> None:
        if self.in_row:
            self.glue = self.glue or " "
        else:
            self.breaks = max(self.breaks, breaks)

    def write(self, text: str | None, verbatim: bool) -> None:
        if not text:
            return
        if not text.strip():
            self.glue = self.glue or " "
            return
        if not verbatim or self.in_row:
            text = _SPACE.sub(" ", text)
        if self.breaks or not self.parts:
            self.parts.append("\n" * (self.breaks if self.parts else 0) + self.prefix)
            text = text.strip("\n") if verbatim else text.lstrip()
        elif self.glue and not (text[0] == " " or self.parts[-1].endswith(" ")):
            self.parts.append(self.glue)
        self.breaks, self.glue, self.prefix = 0, "", ""
        self.parts.append(text)


def _render(body: Any) -> str:
    from lxml import etree

    writer = _Writer()
    verbatim = 0
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            _open(writer, tag)
            verbatim += tag in _VERBATIM
            writer.write(element.text, verbatim > 0)
            continue
        verbatim -= tag in _VERBATIM
        _close(writer, tag)
        if element is not body:
            writer.write(element.tail, verbatim > 0)
    lines = (line.rstrip() for line in "".join(writer.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _open(writer: _Writer, tag: str) -> None:
    if tag in _CELLS:
        writer.glue = " | " if writer.in_row > 1 else writer.glue
        writer.in_row += 1
    elif tag in _BLOCKS:
        writer.ask(2)
    elif tag in _LINES:
        writer.ask(1)
        if tag in ("row", "tr"):
            writer.in_row = 1
        if tag in _ITEMS and not writer.in_row:
            writer.prefix = "- "


def _close(writer: _Writer, tag: str) -> None:
    if tag in ("row", "tr"):
        writer.in_row = 0
        writer.glue = ""
    if tag in _BLOCKS:
        writer.ask(2)
    elif tag in _LINES:
        writer.ask(1)


def _hints(tree: Any) -> dict[str, str]:
    hints: dict[str, str] = {}
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        metas.setdefault(name, (meta.get("content") or "").strip())
    dates = [metas.get(name, "") for name in _DATE_NAMES] + _linked_data_dates(tree)
    date = next((match[0] for value in dates if (match := _ISO_DATE.match(value))), None)
    title = metas.get("og:title") or metas.get("dc.title") or _site_free(tree.findtext(".//title") or "")
    if title:
        hints["title"] = _SPACE.sub(" ", title).strip()
    if date:
        hints["date"] = date
    return hints


def _site_free(title: str) -> str:
    """The page's title without the site's name that follows a bar or a spaced dash."""
    head = re.split(r"\s+[|–—]\s+|\s+-\s+(?=[^-]*$)", _SPACE.sub(" ", title).strip())[0]
    return head.strip()


def _linked_data_dates(tree: Any) -> list[str]:
    """``datePublished`` of the page's JSON-LD blocks, at any depth."""
    dates: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting: list[Any] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                value = item.get("datePublished")
                dates.extend([value] if isinstance(value, str) else [])
                waiting.extend(item.values())
            elif isinstance(item, list):
                waiting.extend(item)
    return dates
