"use strict";
// Everything from a document goes to the screen through textContent: markup in it stays text.
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 200;
const byId = (id) => document.getElementById(id);
const FILTERS = ["table", "kind", "rule", "field", "search"];
const filters = Object.fromEntries(FILTERS.map((name) => [name, ""]));
let shown = [];
let upTo = 0;
let current = -1;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function ruleOf(change) {
  return change.rule || change.kind;
}

function fits(change) {
  const words = filters.search.trim().toLowerCase();
  return (!filters.table || change.table === filters.table)
    && (!filters.kind || change.change === filters.kind || change.kinds.includes(filters.kind))
    && (!filters.rule || ruleOf(change) === filters.rule)
    && (!filters.field || change.fields.includes(filters.field))
    && (!words || textOf(change).includes(words));
}

function textOf(change) {
  if (change.text === undefined) {
    const sides = [change.old, change.new].filter(Boolean).flat();
    const words = change.lines.flatMap((line) => line.words.map(([, text]) => text));
    change.text = [change.doc_id, ...sides, ...words].join(" ").toLowerCase();
  }
  return change.text;
}

function side(parts, className) {
  const line = element("p", className);
  line.append(parts[0], element("mark", "", parts[1]), parts[2]);
  return line;
}

function lineTable(lines) {
  const table = element("table");
  for (const { name, words } of lines) {
    const row = table.insertRow();
    const head = element("th", "", name);
    head.scope = "row";
    const cell = row.appendChild(head) && row.insertCell();
    const isWhole = words.length > 1 && words[0][0] === "old" && words[1][0] === "new" && words.length <= 3;
    words.forEach(([kind, text], i) => {
      if (isWhole && i === 1) cell.append(" → ");
      cell.append(kind === "same" ? text : element(kind === "old" ? "del" : "ins", "", text));
    });
    if (words.length === 1 && words[0][0] === "old") cell.append(" → –");
    if (words.length === 1 && words[0][0] === "new") cell.prepend("– → ");
  }
  return table;
}

function card(change) {
  const made = element("article");
  made.tabIndex = -1;
  const head = element("h2", "", `${change.table}: ${change.kinds.join(", ")} `);
  const place = change.with_document ? `${change.kind} · ${change.doc_id}` : `${ruleOf(change)} · ${change.doc_id} at ${change.start}`;
  head.append(element("span", "", place));
  made.append(head);
  if (change.note) made.append(element("p", "note", change.note));
  const sides = element("div", change.old && change.new ? "sides" : "one");
  if (change.old) sides.append(side(change.old, "old"));
  if (change.new) sides.append(side(change.new, change.change === "changed" && !change.old ? "now" : "new"));
  if (sides.childElementCount) made.append(sides);
  if (change.lines.length) made.append(lineTable(change.lines));
  return made;
}

function more() {
  const next = shown.slice(upTo, upTo + PAGE);
  byId("changes").append(...next.map(card));
  upTo += next.length;
  byId("more").hidden = upTo >= shown.length;
}

function refresh() {
  shown = data.changes.filter(fits);
  byId("changes").replaceChildren();
  upTo = 0;
  current = -1;
  more();
  byId("count").textContent = `${shown.length} of ${data.n_changes} changes`;
  fillGroups();
}

function toAddress() {
  const set = new URLSearchParams(FILTERS.filter((name) => filters[name]).map((name) => [name, filters[name]]));
  history.replaceState(null, "", `#${set}`);
}

function fromAddress() {
  const set = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) {
    byId(name).value = set.get(name) ?? "";
    filters[name] = byId(name).value;
  }
  refresh();
}

function fill(id, values) {
  const select = byId(id);
  select.append(new Option("all", ""));
  for (const value of [...new Set(values)].sort()) select.append(new Option(value, value));
  select.addEventListener("change", () => choose({ [id]: select.value }));
}

function choose(values) {
  for (const [id, value] of Object.entries(values)) {
    filters[id] = value;
    byId(id).value = value;
  }
  toAddress();
  refresh();
}

function clear() {
  choose(Object.fromEntries(FILTERS.map((name) => [name, ""])));
}

function counted() {
  const counts = new Map();
  for (const change of shown) {
    for (const kind of change.kinds) {
      const key = JSON.stringify([change.table, kind, ruleOf(change)]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const last = ([table, kind]) => (table === "claims" ? 0 : 2) + (/^(rule|confidence) /.test(kind) ? 1 : 0);
  const order = (key) => last(JSON.parse(key));
  return [...counts].sort((a, b) => order(a[0]) - order(b[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function fillGroups() {
  const body = document.querySelector("#groups tbody");
  body.replaceChildren();
  for (const [key, rows] of counted()) {
    const [table, kind, rule] = JSON.parse(key);
    const row = body.insertRow();
    const button = element("button", "pick", kind);
    button.type = "button";
    button.addEventListener("click", () => choose({ table, kind, rule }));
    row.append(element("td", "", table), element("td"), element("td", "", rule), element("td", "number", String(rows)));
    row.cells[1].append(button);
  }
}

function step(by) {
  const next = Math.max(0, Math.min(shown.length - 1, current + by));
  while (next >= upTo && upTo < shown.length) more();
  const card = byId("changes").children[next];
  if (card) {
    current = next;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    byId("search").blur();
    clear();
  } else if (/^(INPUT|SELECT)$/.test(event.target.tagName)) {
    return;
  } else if (event.key === "j") {
    step(1);
  } else if (event.key === "k") {
    step(-1);
  } else if (event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "g") {
    document.querySelector("#groups tbody button")?.focus();
  }
});

byId("runs").textContent = `${data.run_a.run_id} → ${data.run_b.run_id}`;
byId("about").textContent = [
  `${data.n_documents_compared} of ${data.n_documents} documents were done again, came or went.`,
  `Pipelines ${data.run_a.pipeline_version} and ${data.run_b.pipeline_version}` +
    (data.pipeline_changes.length ? `, differing in ${data.pipeline_changes.join(", ")}.` : "."),
  ...(data.n_changes > data.changes.length
    ? [`The page holds the first ${data.changes.length} of ${data.n_changes} changes; extract compare --parquet has all.`]
    : []),
].join("\n");
fill("table", data.changes.map((c) => c.table));
fill("kind", data.changes.flatMap((c) => [c.change, ...c.kinds]));
fill("rule", data.changes.map(ruleOf));
fill("field", data.changes.flatMap((c) => c.fields));
byId("search").addEventListener("input", () => choose({ search: byId("search").value }));
byId("clear").addEventListener("click", clear);
byId("more").addEventListener("click", more);
addEventListener("hashchange", fromAddress);
fromAddress();
