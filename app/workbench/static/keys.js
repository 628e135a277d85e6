// The keyboard. In a field of the form the keys belong to the field, except for Escape and Ctrl+Enter.

import { get, inOrder } from "./api.js";
import { $ } from "./dom.js";
import { ENGLISH, QUOTES, RECORDS, ROLES, digitField, digitOptions } from "./bindings.js";
import { accept, during, join, mark, publish, redo, remove, set, split, undo } from "./edits.js";
import { choose } from "./record.js";
import { drawCaret, move } from "./source.js";
import { STEPS, goTo, listOf, neighbour, nextOpen, openRecords, record, recordsOf, step, store, together } from "./store.js";

let draw = () => {};
let drawKeys = () => {};
let toggleFigures = () => {};
let say = () => {};
let moving = false; // whether an edit is under way that decides which record is next
const held = []; // the keys that were pressed in the meantime
let filling = false; // whether Enter goes on to the next text that is missing

export function listen(handlers) {
  ({ draw, drawKeys, toggleFigures, say } = handlers);
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  if (event.isComposing || event.key === "Process") return;
  if (moving) {
    event.preventDefault();
    held.push(event);
    return;
  }
  if ($("help").open) return;
  const inField = event.target.matches("input, select, textarea");
  if (event.key === "Escape") return leave(event);
  if (inField) return inForm(event);
  if ($("record").contains(event.target) && ["Enter", " ", "Tab"].includes(event.key) && !event.ctrlKey) return;
  if (!$("figures").hidden && event.key !== "f") return;
  const act = command(event);
  if (!act) return;
  event.preventDefault();
  hold(act());
}

// Who types ahead means the record that the last key leads to, not the one that is still shown.
function hold(done) {
  if (!(done instanceof Promise)) return;
  moving = true;
  done.finally(() => {
    moving = false;
    while (held.length && !moving) onKey(held.shift());
  });
}

// Enter leaves a field, which saves it; Ctrl+Enter accepts the record as well.
function inForm(event) {
  if (event.key !== "Enter" || event.shiftKey || (event.target.matches(".lines") && !event.ctrlKey)) return;
  event.preventDefault();
  event.target.blur();
  $("source").focus({ preventScroll: true });
  if (event.ctrlKey) accept([store.current], nextOpen);
  else if (filling) hold(toMissing());
  else draw();
}

function leave(event) {
  filling = false;
  event.target.blur?.();
  if (!$("figures").hidden) toggleFigures();
  $("source").focus({ preventScroll: true });
  draw();
}

function command(event) {
  const control = event.ctrlKey || event.metaKey;
  const { key } = event;
  if (key === "Enter") return () => accept(event.shiftKey ? together() : [store.current], nextOpen);
  if (key.startsWith("Arrow") || key === "Home" || key === "End") return arrow(event, control);
  if (control) return { z: event.shiftKey ? redo : undo, Z: redo, y: redo }[key];
  if (event.altKey) return null;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
  if (digit !== undefined) return () => byDigit((Number(digit) || 10) - 1 + (event.shiftKey ? 10 : 0));
  return commands()[key] ?? byLetter(key);
}

function arrow(event, control) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return () => go(neighbour(event.key === "ArrowDown" ? 1 : -1));
  return () => {
    const focus = move(event.key, control || event.altKey);
    store.caret = { anchor: event.shiftKey ? store.caret.anchor : focus, focus };
    drawCaret();
    drawKeys();
  };
}

const commands = () => ({
  "]": () => toStep(1),
  "[": () => toStep(-1),
  r: toggleOrder,
  j: join,
  s: split,
  x: remove,
  u: undo,
  U: redo,
  f: toggleFigures,
  g: toFinding,
  l: toMissing,
  P: () => publish(() => say(store.frame.reader ? "The reading is finished and written." : "Published and listed. What is left is to release it.")),
  "?": () => $("help").showModal(),
  e: () => focusField(ENGLISH()),
  Tab: toForm,
  h: () => mark("heading"),
});

function byLetter(key) {
  if (listOf() === "statements" && ROLES[key]) return () => void set("role", ROLES[key]);
  const field = QUOTES[listOf()]?.[key];
  if (field) return () => (selection() ? void mark(field) : void set(field, null));
  if (RECORDS[key]) return () => mark(RECORDS[key]);
  return null;
}

const selection = () => store.caret.anchor !== store.caret.focus;

function byDigit(n) {
  const options = digitOptions();
  if (options?.codes[n]) choose(options, digitField(), options.codes[n], options.many);
}

function go(address) {
  goTo(address);
  draw();
}

function toStep(by) {
  const to = STEPS[Math.min(Math.max(STEPS.indexOf(step()) + by, 0), STEPS.length - 1)];
  enter(to.id);
}

export function enter(id) {
  store.step = id;
  go(openRecords()[0] ?? recordsOf()[0]);
  // A step without records can still be shown.
  store.step = id;
  draw();
}

function toggleOrder() {
  store.doubtfulFirst = !store.doubtfulFirst;
  say(store.doubtfulFirst ? "Least certain first." : "In reading order.");
  go(openRecords()[0] ?? store.current);
}

function toFinding() {
  const found = store.findings.filter((finding) => finding.record && record(finding.record));
  const n = found.findIndex((finding) => finding.record === store.current);
  if (found.length) go(found[(n + 1) % found.length].record);
}

// The first field with an open guess; where there is none, the first field.
function toForm() {
  const panel = $("record");
  const control = ":is(input, select, textarea, button)";
  (panel.querySelector(`.row.open .value ${control}:not(.chip)`) ?? panel.querySelector(control))?.focus();
}

// What a published notice must have and a draft may lack, one after the other.
function toMissing() {
  return during(async () => {
    const found = await inOrder(() => get("missing"));
    filling = found.length > 0;
    if (!filling) return say("No text is missing. Shift+P publishes.");
    say(`${found.length} ${found.length === 1 ? "text is" : "texts are"} still missing. Enter goes to the next.`);
    const [{ record: address, field }] = found;
    go(address || "notice");
    focusField(field);
  });
}

function focusField(name) {
  const field = name && $("record").querySelector(`[name="${name}"]`);
  field?.focus();
}

