"use strict";
// Everything from a document goes to the screen through textContent: markup in it stays text.
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 200;
const byId = (id) => document.getElementById(id);
const filters = { table: "", kind: "", rule: "", field: "" };
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
  const words = byId("search").value.trim().toLowerCase();
  return (!filters.table || change.table === filters.table)
    && (!filters.kind || change.change === filters.kind || change.kinds.includes(filters.kind))
    && (!filters.rule || ruleOf(change) === filters.rule)
    && (!filters.field || change.fields.some((f) => f.field === filters.field))
    && (!words || textOf(change).includes(words));
}

function textOf(change) {
  if (change.text === undefined) {
    const sides = [change.old, change.new].filter(Boolean).flat();
    change.text = [change.doc_id, ...sides, ...change.fields.flatMap((f) => [f.old, f.new])].join(" ").toLowerCase();
  }
  return change.text;
}

function side(parts, className) {
  if (!parts) return element("p", `${className} none`, className === "old" ? "not there before" : "no longer there");
  const line = element("p", className);
  line.append(parts[0], element("mark", "", parts[1]), parts[2]);
  return line;
}

function fieldTable(fields) {
  const table = element("table");
  for (const f of fields) {
    const row = table.insertRow();
    row.append(element("td", "", f.field), element("td", "old", f.old ?? "–"), element("td", "new", f.new ?? "–"));
  }
  return table;
}

function card(change) {
  const made = element("article");
  made.tabIndex = -1;
  const head = element("h2", "", `${change.table}: ${change.kinds.join(", ")} `);
  head.append(element("span", "", `${ruleOf(change)} · ${change.doc_id} at ${change.start}`));
  const sides = element("div", "sides");
  sides.append(side(change.old, "old"), side(change.new, "new"));
  made.append(head, sides);
  if (change.fields.length) made.append(fieldTable(change.fields));
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
}

function fill(id, values) {
  const select = byId(id);
  select.append(new Option("all", ""));
  for (const value of [...new Set(values)].sort()) select.append(new Option(value, value));
  select.addEventListener("change", () => { filters[id] = select.value; refresh(); });
}

function choose(values) {
  for (const [id, value] of Object.entries(values)) {
    filters[id] = value;
    byId(id).value = value;
  }
  refresh();
}

function fillGroups() {
  const body = document.querySelector("#groups tbody");
  for (const group of data.groups) {
    const row = body.insertRow();
    row.tabIndex = 0;
    row.append(element("td", "", group.table), element("td", "", group.change), element("td", "", group.rule),
      element("td", "number", String(group.rows)));
    const pick = () => choose({ table: group.table, kind: group.change, rule: group.rule, field: "" });
    row.addEventListener("click", pick);
    row.addEventListener("keydown", (event) => { if (event.key === "Enter") pick(); });
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
    byId("search").value = "";
    byId("search").blur();
    choose({ table: "", kind: "", rule: "", field: "" });
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
    document.querySelector("#groups tbody tr")?.focus();
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
fill("field", data.changes.flatMap((c) => c.fields.map((f) => f.field)));
byId("search").addEventListener("input", refresh);
byId("more").addEventListener("click", more);
fillGroups();
refresh();
