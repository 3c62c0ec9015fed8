// The list of the queue: the line under the mouse or the keyboard is decided in place, the list is shown again.
"use strict";

const lineOf = (element) => element?.closest?.(".queue li");

function focusLine(line) {
  line?.querySelector("a.row").focus({ preventScroll: true });
  line?.scrollIntoView({ block: "nearest" });
}

function pressInLine(key) {
  const keys = lineOf(document.activeElement)?.querySelectorAll(".under kbd") ?? [];
  const found = [...keys].find((kbd) => kbd.textContent === key);
  found?.parentElement.click();
  return Boolean(found);
}

// a field's key: the words that are selected in the line become its value; without any the row opens at that field
function pressField(key) {
  const line = lineOf(document.activeElement) ?? lineOf(getSelection().anchorNode?.parentElement);
  const field = line && JSON.parse(document.querySelector(".queue").dataset.keys)[line.dataset.table][key];
  if (!field) return false;
  const words = line.contains(getSelection().focusNode) ? getSelection().toString().trim().replace(/\s+/g, " ") : "";
  const offer = new URLSearchParams({ [`field.${field}`]: words }).toString();
  if (words) decideLine(line.querySelector("form.line"), { name: "offer", value: offer });
  else location.assign(`${line.querySelector(".edit").href}#f-${field}`);
  return true;
}

async function decideLine(form, button) {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  const line = lineOf(form);
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  const told = await post("/decide", body).then((answer) => answer.json()).catch(() => ({ message: "The server does not answer; nothing was recorded: press the key again when it is back." }));
  delete form.dataset.sent;
  if (told.ask) return ask(told.message, () => { confirmed(told.ask, form); decideLine(form, button); });
  if (!told.next) return say(told.message);
  const next = line.nextElementSibling ?? line;
  await showAgain(told.next, next.querySelector("a.row").id).catch(() => location.assign(told.next));
}

async function showAgain(address, name) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of [".queue", ".count", ".progress"]) document.querySelector(part).replaceWith(page.querySelector(part));
  say(page.getElementById("message").textContent);
  focusLine(lineOf(document.getElementById(name)));
}

if (document.querySelector(".queue")) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.line")) return;
    event.preventDefault();
    decideLine(event.target, event.submitter);
  });
  // the focus follows a mouse that moves, so that keys speak of the line that is looked at; not one that the page scrolls under
  document.addEventListener("mousemove", (event) => {
    const line = lineOf(event.target);
    const isFree = document.activeElement === document.body || lineOf(document.activeElement);
    if (line && isFree && !event.buttons && (event.movementX || event.movementY) && lineOf(document.activeElement) !== line) line.querySelector("a.row").focus({ preventScroll: true });
  });
  document.addEventListener("click", (event) => {
    if (lineOf(event.target) && getSelection().isCollapsed && !event.target.closest("a, button")) focusLine(lineOf(event.target));
  });
  if (location.hash) focusLine(lineOf(document.getElementById(location.hash.slice(1))));
}
