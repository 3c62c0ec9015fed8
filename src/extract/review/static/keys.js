// Keys of the review pages, the span of a row, and words selected in a document. Everything else works without it.
"use strict";

const TOKENS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*|\S/gu;
const sentence = document.getElementById("sentence");
const transcript = document.getElementById("transcript");
const points = (text) => Array.from(text).length;
const inField = (target) => target.matches("input:not([type=hidden]), select, textarea");

function press(key) {
  const found = document.querySelector(`[data-key="${key}"]`);
  if (!found) return false;
  if (found.dataset.ask) ask(found.dataset.ask, () => found.form.requestSubmit());
  else found.click();
  return true;
}

function moveInQueue(step) {
  const rows = [...document.querySelectorAll(".queue a.row")];
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// --- the span of the row: offsets count characters of the document, as the tables do
function span() {
  return ["start", "end"].map((side) => Number(form.elements[`span.${side}`].value));
}

function setSpan(start, end) {
  form.elements["span.start"].value = start;
  form.elements["span.end"].value = end;
  paintSpan();
  keep();
}

function paintSpan() {
  const first = Number(sentence.dataset.first);
  const characters = Array.from(sentence.textContent);
  const [start, end] = span().map((offset) => Math.min(characters.length, Math.max(0, offset - first)));
  const mark = sentence.querySelector("mark");
  mark.textContent = characters.slice(start, end).join("");
  sentence.replaceChildren(characters.slice(0, start).join(""), mark, characters.slice(end).join(""));
  mark.classList.toggle("moved", span().some((offset, i) => String(offset) !== form.elements[i ? "span.end" : "span.start"].dataset.original));
}

function moveSpan(side, step) {
  if (!sentence || !form?.elements["span.start"]) return;
  const first = Number(sentence.dataset.first);
  const text = sentence.textContent;
  const bounds = [...text.matchAll(TOKENS)].map((m) => {
    const at = first + points(text.slice(0, m.index));
    return side === "start" ? at : at + points(m[0]);
  });
  const [start, end] = span();
  const here = side === "start" ? start : end;
  const next = step > 0 ? bounds.find((b) => b > here) : bounds.findLast((b) => b < here);
  if (next === undefined) return;
  if (side === "start" && next < end) setSpan(next, end);
  if (side === "end" && next > start) setSpan(start, next);
}

function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const holder = element.closest("#sentence, [data-start]");
  if (!holder) {
    const next = (element.childNodes[offset] ?? element)?.querySelector?.("[data-start]");
    return next ? Number(next.dataset.start) : null;
  }
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(node, offset);
  return Number(holder.dataset.start ?? holder.dataset.first) + points(before.toString());
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = [sentence, transcript].some((part) => part?.contains(range.startContainer) && part.contains(range.endContainer));
  const start = inside ? offsetOf(range.startContainer, range.startOffset) : null;
  const end = inside ? offsetOf(range.endContainer, range.endOffset) : null;
  if (start === null || end === null) return null;
  const words = range.toString();
  const lead = points(words) - points(words.trimStart());
  const trail = points(words) - points(words.trimEnd());
  return start + lead < end - trail ? [start + lead, end - trail] : null;
}

function takeSelected() {
  const found = selected();
  if (!found || !form?.elements["span.start"]) return say("Select the words in the sentence or the document first.");
  const words = getSelection().toString().trim();
  setSpan(...found);
  say(`The row is now over “${words}”; s saves it.`);
}

function addSelected() {
  const found = selected();
  if (!found || !transcript?.dataset.add) return say("Select the words of the missing row first, then press a.");
  location.assign(`${transcript.dataset.add}?span.start=${found[0]}&span.end=${found[1]}`);
}

// --- keys
const inQueue = () => Boolean(document.querySelector(".queue"));
const actions = {
  j: () => (inQueue() ? moveInQueue(1) : press("j") || say("This is the last row of the queue.")),
  k: () => (inQueue() ? moveInQueue(-1) : press("k") || say("This is the first row of the queue.")),
  n: () => press("n") || say("Nothing else in this queue is undecided."),
  u: () => document.getElementById("undo")?.requestSubmit(),
  f: () => { const first = document.querySelector(".fields input, .fields select"); first?.focus(); first?.select?.(); },
  m: () => document.getElementById("note")?.focus(),
  y: () => agree(),
  z: () => form && putBack(),
  t: takeSelected,
  a: addSelected,
  h: () => moveSpan("start", -1),
  l: () => moveSpan("start", 1),
  H: () => moveSpan("end", -1),
  L: () => moveSpan("end", 1),
  "/": () => (document.getElementById("search") ?? document.querySelector(".home")).focus(),
  "?": () => document.getElementById("help").showModal(),
};

// to a field by its key; words that are selected in the sentence or the document are written into it
function pickField(key) {
  const field = document.querySelector(`[data-field-key="${key}"]`);
  const words = field?.matches("input") && selected() ? getSelection().toString().trim().replace(/\s+/g, " ") : "";
  field?.focus();
  if (words) {
    field.value = words;
    keep();
    say(`${field.name.replace("field.", "")} is now “${words}”; Enter saves it.`);
  }
  field?.select?.();
  return Boolean(field);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (inField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Escape") return say("");
  if (inQueue() && (pressInLine(event.key) || pressField(event.key))) return event.preventDefault();
  if (actions[event.key]) actions[event.key]();
  else if (!(/^[0-9a-zA-Z]$/.test(event.key) && (pickField(event.key) || press(event.key)))) return;
  event.preventDefault();
});

for (const button of document.querySelectorAll('button[data-key="?"], button[data-key="a"]')) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", actions[button.dataset.key]);
}
for (const button of document.querySelectorAll("button[data-ask]")) {
  button.addEventListener("click", (event) => {
    if (assent) return;
    event.preventDefault();
    ask(button.dataset.ask, () => button.form.submit());
  });
}

// kinds and rules follow the table
const table = document.querySelector(".filters select[name=table]");
table?.addEventListener("change", () => {
  for (const option of document.querySelectorAll(".filters option[data-tables]")) {
    option.hidden = Boolean(table.value) && !option.dataset.tables.split(" ").includes(table.value);
    if (option.hidden && option.selected) option.closest("select").value = "";
  }
});

if (location.hash.startsWith("#f-")) pickField(document.querySelector(location.hash)?.dataset.fieldKey);
document.addEventListener("spanchange", () => sentence && paintSpan());
if (sentence && form?.elements["span.start"]) paintSpan();
// only the document's own box is scrolled, never the page away from the row
const current = transcript?.querySelector(".m-current");
if (current) transcript.scrollTop = current.offsetTop - transcript.offsetTop - transcript.clientHeight / 2;
