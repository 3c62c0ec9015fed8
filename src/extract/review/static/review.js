// Keys of the review pages. Everything works without this file, by mouse or by Tab.
"use strict";

const inField = (target) => target.matches("input, select, textarea");

function press(key) {
  const found = document.querySelector(`[data-key="${key}"]`);
  if (found) found.click();
  return Boolean(found);
}

function moveInQueue(step) {
  const rows = [...document.querySelectorAll(".queue a.row")];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (inField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const inQueue = Boolean(document.querySelector(".queue"));
  const actions = {
    j: () => (inQueue ? moveInQueue(1) : press("j")),
    k: () => (inQueue ? moveInQueue(-1) : press("k")),
    u: () => document.getElementById("undo")?.requestSubmit(),
    q: () => document.querySelector(".where a")?.click(),
    f: () => document.querySelector(".fields input")?.select(),
    m: () => document.getElementById("note")?.focus(),
    "?": () => document.querySelector(".keys")?.classList.toggle("shown"),
  };
  if (actions[event.key]) actions[event.key]();
  else if (!press(event.key)) return;
  event.preventDefault();
});

// A decision keeps the filters of the page that it was made on.
for (const form of document.querySelectorAll("#decide, #undo")) {
  const query = document.getElementById("filters")?.dataset.query || location.search.slice(1);
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "said" || name === "page") continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `filter.${name}`, value }));
  }
}

// One decision a page: a second press while the first is on its way would decide the next row unseen.
document.getElementById("decide")?.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});

document.querySelector(".transcript .m-current")?.scrollIntoView({ block: "center" });
