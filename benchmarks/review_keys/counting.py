"""Counting what a hand does: every key that goes down and every button of the mouse, as the page's own events tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_MODIFIERS = ("Shift", "Control", "Alt", "Meta")
_LISTEN = """
addEventListener("keydown", (e) => e.isTrusted && window.counted("key", e.key), true);
addEventListener("mousedown", (e) => e.isTrusted && window.counted("click", ""), true);
"""


@dataclass
class Count:
    """``keys`` without modifiers (a chord is one), ``modifiers`` beside them, ``clicks``: presses of the mouse.

    A drag over words is one press, a double click two. Moving the mouse and scrolling count as nothing.
    """

    keys: int = 0
    clicks: int = 0
    modifiers: int = 0

    @property
    def acts(self) -> int:
        return self.keys + self.clicks

    def told(self) -> dict[str, Any]:
        return {"keys": self.keys, "clicks": self.clicks, "acts": self.acts, "modifiers": self.modifiers}

    def add(self, kind: str, key: str) -> None:
        if kind == "click":
            self.clicks += 1
        elif key in _MODIFIERS:
            self.modifiers += 1
        else:
            self.keys += 1


def counted(context: Any) -> Count:
    """Count in all pages of a browser context from now on."""
    count = Count()
    context.expose_function("counted", count.add)
    context.add_init_script(_LISTEN)
    return count


def drag_over(tab: Any, words: str, within: str) -> None:
    """Select words of an element with the mouse, as a hand would: press at their start, let go at their end."""
    box = tab.evaluate(
        """([words, within]) => {
          const root = document.querySelector(within);
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          const nodes = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
          const at = nodes.map((n) => n.data).join("").indexOf(words);
          if (at < 0) return null;
          const place = (offset) => {
            for (const n of nodes) { if (offset <= n.data.length) return [n, offset]; offset -= n.data.length; }
          };
          const range = document.createRange();
          range.setStart(...place(at)); range.setEnd(...place(at + words.length));
          range.startContainer.parentElement.scrollIntoView({ block: "center" });
          const rects = [...range.getClientRects()].filter((r) => r.width > 1), a = rects[0], b = rects.at(-1);
          return [a.left + 0.5, a.top + a.height / 2, b.right - 0.2, b.top + b.height / 2];
        }""",
        [words, within],
    )
    assert box is not None, f"{words!r} is not in {within}"
    tab.mouse.move(box[0], box[1])
    tab.mouse.down()
    tab.mouse.move((box[0] + box[2]) / 2, box[3])
    tab.mouse.move(box[2], box[3])
    tab.mouse.up()
