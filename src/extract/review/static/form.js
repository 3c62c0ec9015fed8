// A row's form: what is written into it is kept at once, here and on the server, and sent without leaving the page.
"use strict";

const form = document.querySelector("form.kept");
const inputs = form ? [...form.elements].filter((e) => /^(field\.|span\.)|^note$/.test(e.name)) : [];
const draftKey = form ? `draft:${form.dataset.reviewer}:${form.dataset.place}` : "";
let assent = null;
let timer = 0;
let isUnsent = false;

function say(message, { question = false } = {}) {
  const line = document.getElementById("message");
  if (!line) return;
  line.textContent = message;
  if (!question) assent = null;
}

function ask(message, goOn) {
  say(message, { question: true });
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.append(Object.assign(document.createElement("kbd"), { textContent: "y" }), " go on");
  button.addEventListener("click", agree);
  document.getElementById("message").append(" ", button);
  assent = goOn;
}

function agree() {
  const goOn = assent;
  say("");
  if (goOn) goOn();
}

function written() {
  return Object.fromEntries(inputs.map((e) => [e.name, e.value]));
}

function showEdited() {
  for (const e of inputs) e.closest(".field")?.classList.toggle("edited", e.value !== e.dataset.original);
}

function post(path, body) {
  return fetch(path, { method: "POST", body: new URLSearchParams(body), headers: { "X-Desk": "1" }, keepalive: true });
}

async function keepOnServer() {
  clearTimeout(timer);
  isUnsent = false;
  const isEmpty = inputs.every((e) => e.value === e.dataset.original);
  const about = { token: form.elements.token.value, place: form.dataset.place, is_empty: isEmpty ? "1" : "" };
  try {
    await post("/draft", { ...about, ...written() });
  } catch {
    say("The server does not answer. What you wrote is kept in this browser.");
  }
}

function keep() {
  showEdited();
  localStorage.setItem(draftKey, JSON.stringify({ at: Date.now(), values: written() }));
  isUnsent = true;
  clearTimeout(timer);
  timer = setTimeout(keepOnServer, 200);
}

function forget() {
  localStorage.removeItem(draftKey);
  clearTimeout(timer);
  isUnsent = false;
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(draftKey) || "null");
  if (!kept) return;
  if (form.dataset.decided && kept.at < Date.parse(form.dataset.decided)) return forget();
  for (const e of inputs) if (kept.values[e.name] !== undefined) e.value = kept.values[e.name];
  keep();
}

function putBack() {
  for (const e of inputs) if (e.name !== "note") e.value = e.dataset.original;
  keep();
  say("The row's own values are back.");
  document.dispatchEvent(new Event("spanchange"));
}

function take(offer) {
  for (const [name, value] of new URLSearchParams(offer)) form.elements[name].value = value;
  keep();
  return send("fix");
}

// the rest of the first name that begins as written is added, selected: going on to type replaces it
function complete(event) {
  const field = event.target;
  if (event.inputType !== "insertText" || !field.list || field.selectionStart !== field.value.length) return;
  const written = field.value;
  const name = [...field.list.options].map((o) => o.value).find((v) => v.toLowerCase().startsWith(written.toLowerCase()));
  if (!name || name.length === written.length) return;
  field.value = name;
  field.setSelectionRange(written.length, name.length);
}

async function send(verdict) {
  // one decision a page: a second press while the first is on its way would decide the next row unseen
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  try {
    const body = new URLSearchParams(new FormData(form));
    if (verdict) body.set("verdict", verdict);
    const answer = await post(form.getAttribute("action"), body);
    const told = await answer.json().catch(() => ({ message: `The server answered ${answer.status}; nothing was recorded.` }));
    if (told.next) {
      forget();
      location.assign(told.next);
      return;
    }
    if (told.ask) ask(told.message, () => { confirmed(told.ask); send(verdict); });
    else say(told.message);
  } catch {
    say("The server does not answer; nothing was recorded. What you wrote is kept in this browser: press the key again when it is back.");
  }
  delete form.dataset.sent;
}

function confirmed(what, where = form) {
  const field = where.elements.confirm;
  field.value = [...new Set([...field.value.split(","), what])].filter(Boolean).join(",");
}

if (form) {
  restore();
  form.addEventListener("input", (event) => { complete(event); say(""); if (form.elements.confirm) form.elements.confirm.value = ""; keep(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "offer") take(event.submitter.value);
    else send(event.submitter?.value || "");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.matches("button")) return;
    event.preventDefault();
    send("keep");
    event.target.blur();
  });
  addEventListener("pagehide", () => { if (isUnsent) keepOnServer(); });
}
