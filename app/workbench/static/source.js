// The source on the left: every span coloured by what it is, with a caret and a selection that keys can move.

import { $, h } from "./dom.js";
import { listOf, open, place, record, step, store } from "./store.js";
import { term } from "./schema.js";

const CODES = { statements: "role", numerals: "class", documents: "type", organizations: "type", metrics: "counted_code", contact: "kind", sections: "role" };
const VOCABULARIES = { statements: "statement_role", numerals: "numeral_class", documents: "document_type", organizations: "organization_type", metrics: "counted", contact: "contact_kind", sections: "section_role" };
let lines = []; // { start, end, element, drawn }
let pieces = []; // { start, end, node }, in order

export function draw() {
  if (!lines.length) begin();
  const byLine = lines.map(() => []);
  for (const place of places()) {
    for (let n = lineAt(place.start); n < lines.length && lines[n].start < place.end; n++) byLine[n].push(place);
  }
  lines.forEach((line, n) => drawLine(line, byLine[n]));
  pieces = lines.flatMap((line) => line.pieces);
  drawCaret();
}

function begin() {
  let start = 0;
  for (const text of store.frame.text.split("\n")) {
    const element = h("p", { "data-start": start });
    lines.push({ start, end: start + text.length, element, drawn: null, pieces: [] });
    start += text.length + 1;
  }
  $("source").replaceChildren(...lines.map((line) => line.element), h("div", { class: "caret", id: "caret" }));
}

function lineAt(offset) {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Every place with the classes of its colour; the current record's last, so that it is drawn over the others.
function places() {
  const shown = [];
  for (const one of store.places) {
    const list = listOf(one.record);
    const classes = classesOf(one, list);
    if (classes) shown.push({ ...one, classes, tag: tagOf(one, list) });
  }
  return shown;
}

function classesOf({ record: address, field }, list) {
  const inStep = step().lists.includes(list);
  const here = address === store.current ? " current" : "";
  const state = inStep && open(address).length ? " open" : "";
  if (list === "statements" && !field) return `clause ${record(address)?.role}${here}${state}`;
  if (list === "statements" && here) return `field field-${field.replace("_text", "")}`;
  if (list === "sections" && field === "heading") return `heading${here}${state}`;
  if (list === "sections" && !field && here) return "section-here";
  if (list === "metrics" && field === "value_text") return `figure${here}${state}`;
  if (list === "metrics" && here && field !== "quote") return `field field-${field.replace("_text", "")}`;
  if (list === "numerals") return inStep ? `numeral ${record(address)?.class}${here}${state}` : "";
  if (list === "documents") return `document${here}${state}`;
  if (list === "organizations") return `body${here}${state}`;
  if (list === "contact") return `contact${here}${state}`;
  if (list === "issues" && field === "problem") return `problem${here}${state}`;
  if (address === "notice" && field.startsWith("residue")) return "residue";
  if (address === "notice") return inStep ? `noted${here}` : "";
  return "";
}

function tagOf({ record: address, field }, list) {
  if (!step().lists.includes(list)) return "";
  if ((list === "statements" && field) || (list === "metrics" && field !== "value_text")) return "";
  const one = record(address);
  if (address === "notice") return "";
  const code = list === "statements" && one?.kind ? term("measure_kind", one.kind) : term(VOCABULARIES[list], one?.[CODES[list]]);
  return `${code?.zh ?? ""}${open(address).length ? "?" : ""}`;
}

function drawLine(line, inside) {
  const bounds = new Set([line.start, line.end]);
  for (const { start, end } of inside) bounds.add(Math.max(start, line.start)).add(Math.min(end, line.end));
  const cuts = [...bounds].sort((a, b) => a - b);
  const parts = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    const [start, end] = [cuts[n], cuts[n + 1]];
    const over = inside.filter((one) => one.start <= start && one.end >= end);
    const ends = over.filter((one) => one.end === end && one.tag);
    parts.push({ start, end, classes: over.map((one) => one.classes).join(" "), tag: [...new Set(ends.map((one) => one.tag))].join(" ") });
  }
  const messages = messagesAt(line);
  const signature = JSON.stringify([parts, messages]);
  if (signature === line.drawn) return;
  line.drawn = signature;
  line.pieces = parts.map(({ start, end, classes, tag }) => {
    const node = document.createTextNode(store.frame.text.slice(start, end));
    const element = h("span", { class: classes || null, "data-tag": tag || null }, node);
    return { start, end, node, element };
  });
  const notes = messages.map(([address, message]) => h("small", { class: "finding", "data-record": address }, message));
  line.element.replaceChildren(...line.pieces.map((piece) => piece.element), ...notes);
}

function messagesAt(line) {
  const here = store.findings.filter(({ record: address }) => {
    const at = address && place(address);
    return at && at.start >= line.start && at.start <= line.end && address !== "notice";
  });
  return here.map(({ record: address, field, message }) => [address, `${[address, field].filter(Boolean).join(" ")}: ${message}`]);
}

function pieceAt(offset, after) {
  let found = pieces.find((piece) => (after ? piece.start <= offset && offset < piece.end : piece.start < offset && offset <= piece.end));
  found ??= pieces.find((piece) => piece.start <= offset && offset <= piece.end);
  return found;
}

export function drawCaret() {
  const { anchor, focus } = store.caret;
  const caret = $("caret");
  const piece = pieceAt(focus, focus <= anchor);
  if (!piece) return;
  const range = document.createRange();
  range.setStart(piece.node, focus - piece.start);
  const box = range.getClientRects()[0] ?? piece.element.getBoundingClientRect();
  const pane = $("source").getBoundingClientRect();
  caret.style.left = `${box.left - pane.left + $("source").scrollLeft}px`;
  caret.style.top = `${box.top - pane.top + $("source").scrollTop}px`;
  caret.style.height = `${box.height}px`;
  drawSelection();
}

function drawSelection() {
  const { anchor, focus } = store.caret;
  const selection = getSelection();
  if ($("record").contains(document.activeElement)) return;
  if (anchor === focus) return selection.removeAllRanges();
  const [from, to] = [pieceAt(anchor, anchor < focus), pieceAt(focus, focus < anchor)];
  if (from && to) selection.setBaseAndExtent(from.node, anchor - from.start, to.node, focus - to.start);
}

export function showCurrent() {
  const piece = pieceAt(store.caret.focus, true);
  if (!piece) return;
  const box = piece.element.getBoundingClientRect();
  const pane = $("source").getBoundingClientRect();
  if (box.top < pane.top + 80 || box.bottom > pane.bottom - 120) {
    $("source").scrollTop += box.top - pane.top - pane.height / 3;
  }
  drawCaret();
}

// What the mouse has selected, as offsets; null outside the source.
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount) return null;
  const [anchor, focus] = [[selection.anchorNode, selection.anchorOffset], [selection.focusNode, selection.focusOffset]].map(([node, at]) => {
    const piece = pieces.find((one) => one.node === node || one.element === node);
    return piece ? piece.start + (piece.node === node ? at : at && piece.end - piece.start) : null;
  });
  return anchor === null || focus === null ? null : { anchor, focus };
}

export function recordAt(offset) {
  const here = store.places.filter((one) => one.start <= offset && offset < one.end && one.field !== "quote");
  const inStep = here.filter((one) => step().lists.includes(listOf(one.record)));
  const shortest = (all) => all.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  return (shortest(inStep) ?? shortest(here.filter((one) => listOf(one.record) === "statements")) ?? shortest(here))?.record;
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

// Where the caret goes: by a character, by a word, to the bounds of the record, or to those of its sentence.
export function move(key, byWord) {
  const { text } = store.frame;
  const { focus } = store.caret;
  const at = place();
  if (key === "Home") return at?.start ?? focus;
  if (key === "End") return at?.end ?? focus;
  const back = key === "ArrowLeft";
  if (!byWord) return Math.min(Math.max(focus + (back ? -1 : 1), 0), text.length);
  const line = lines[lineAt(focus)];
  const bounds = [...segmenter.segment(text.slice(line.start, line.end))].map((one) => line.start + one.index).concat(line.end);
  return (back ? bounds.filter((bound) => bound < focus).pop() : bounds.find((bound) => bound > focus)) ?? focus;
}

export function summary() {
  const { anchor, focus } = store.caret;
  return store.frame.text.slice(Math.min(anchor, focus), Math.max(anchor, focus));
}

