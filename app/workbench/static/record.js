// The record on the right: one form for every list, made from the layout, with the open guesses beside their fields.

import { $, h } from "./dom.js";
import { set } from "./edits.js";
import { HINTS, ROLES, digitField } from "./bindings.js";
import { fieldsOf, term, words } from "./schema.js";
import { findingsOf, listOf, open, place, record, recordsOf, step, store } from "./store.js";

const HIDDEN = new Set(["id", "section", "slug", "stage", "source_sha256", "$schema"]);
const LONG = new Set(["text_en", "note", "note_en", "quote", "heading", "zh", "en", "title_en", "rights", "rights_en"]);
let drawn = "";

export function draw() {
  const panel = $("record");
  const one = record();
  const signature = JSON.stringify([store.current, one, open(), findingsOf(store.current), store.step]);
  // A field that is being written in is left alone.
  if (signature === drawn || (panel.contains(document.activeElement) && document.activeElement.matches("textarea, input") && panel.dataset.record === store.current)) return;
  const focused = panel.contains(document.activeElement) ? document.activeElement.name : null;
  drawn = signature;
  panel.dataset.record = store.current;
  panel.replaceChildren(head(), ...form(one), others());
  if (focused) panel.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
}

function head() {
  const guesses = open();
  const sure = guesses.length ? Math.min(...guesses.map((guess) => guess.confidence)) : 1;
  const state = guesses.length ? h("span", { class: "badge open" }, `${guesses.length} to decide · ${Math.round(sure * 100)} %`) : h("span", { class: "badge done" }, "decided");
  const at = place();
  const text = at ? store.frame.text.slice(at.start, Math.min(at.end, at.start + 120)) : "";
  return h("div", { class: "head" }, h("div", {}, h("code", {}, store.current), " ", state), h("blockquote", { lang: "zh-CN" }, text));
}

function form(one) {
  const fields = fieldsOf(listOf()).filter((field) => !HIDDEN.has(field.name));
  const measureOnly = listOf() === "statements" && one.role !== "measure";
  // What is ours, and optional, comes last.
  const rank = (field) => (/_en$|^note|^translation$|^rights|^transcription/.test(field.name) ? 1 : 0);
  fields.sort((a, b) => rank(a) - rank(b));
  return fields.filter((field) => shown(field, one, measureOnly)).map((field) => row(field, one[field.name], field.name));
}

const OF_MEASURES = new Set(["kind", "actor", "prompted_by", "directive", "directive_code", "modality", "modality_text"]);

function shown(field, one, measureOnly) {
  if (measureOnly && OF_MEASURES.has(field.name)) return false;
  return !(listOf() === "statements" && field.name === "quote") && !(listOf() === "metrics" && field.name === "quote");
}

function row(field, value, path) {
  const guesses = open().filter((guess) => guess.field === path || guess.field.startsWith(`${path}.`));
  const wrong = findingsOf(store.current).filter((finding) => finding.field === path || finding.field.startsWith(`${path}.`));
  const hint = HINTS[listOf()]?.[path];
  return h(
    "div",
    { class: `row${guesses.length ? " open" : ""}${wrong.length ? " wrong" : ""}`, "data-field": path },
    h("label", { for: `f-${path}` }, path.split(".").pop().replaceAll("_", " "), hint ? h("kbd", {}, hint) : null),
    h("div", { class: "value" }, control(field, value, path), ...guesses.map((guess) => chips(guess, field)), ...wrong.map((one) => h("p", { class: "finding" }, one.message))),
  );
}

function chips(guess, field) {
  const label = (value) => term(field.vocabulary, value)?.zh ?? (value === null ? "∅" : words(value) || String(value));
  const others = (guess.alternatives ?? []).map((value) => h("button", { type: "button", class: "chip", onclick: () => set(guess.field, value) }, label(value)));
  return h("p", { class: "guess" }, h("b", {}, `${Math.round(guess.confidence * 100)} %`), ` ${guess.rule} `, ...others);
}

function control(field, value, path) {
  const base = { id: `f-${path}`, name: path };
  if (field.kind === "code" && listOf() === "statements" && path === "role") return options(field, value, path, false, LETTERS);
  if (field.kind === "code") return digitField() === path ? options(field, value, path) : codes(field, value, base);
  if (field.kind === "codes") return options(field, value ?? [], path, true);
  if (field.kind === "boolean") return h("input", { ...base, type: "checkbox", checked: value === true, onchange: (event) => set(path, event.target.checked) });
  if (field.kind === "lines") return lines(value ?? [], base);
  if (field.kind === "objects") return objects(field, value ?? [], path);
  if (field.kind === "object") return h("div", { class: "object" }, ...field.fields.map((inner) => row(inner, value?.[inner.name], `${path}.${inner.name}`)));
  if (field.kind === "number") return input(value ?? "", base, (text) => (text === "" ? null : Number(text)), "number");
  return input(words(value), base, (text) => text || null);
}

// Typed text is saved when the field is left, and half a second after the last key: no process can take more.
function input(value, base, parse, type = "text") {
  const name = LONG.has(base.name.split(".").pop()) || String(value).length > 40 ? "textarea" : "input";
  let timer = null;
  let last = value;
  const save = (event) => {
    clearTimeout(timer);
    if (event.target.value === last) return;
    last = event.target.value;
    set(base.name, parse(last.trim()));
  };
  const later = (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(event), 500);
  };
  const chinese = /\p{Script=Han}/u.test(String(value));
  return h(name, { ...base, value, rows: name === "textarea" ? 2 : null, type: name === "input" ? type : null, step: type === "number" ? "any" : null, lang: chinese ? "zh-CN" : null, autocomplete: "off", onchange: save, oninput: later });
}

function lines(value, base) {
  return h("textarea", { ...base, class: "lines", lang: "zh-CN", value: value.join("\n"), rows: Math.min(6, value.length + 1), onchange: (event) => set(base.name, event.target.value.split("\n").filter((line) => line.trim())) });
}

function codes(field, value, base) {
  const choices = field.codes.map((code) => {
    const known = term(field.vocabulary, code);
    return h("option", { value: code, selected: code === value }, known ? `${known.zh} ${known.en}` : code);
  });
  return h("select", { ...base, onchange: (event) => set(base.name, event.target.value || null) }, field.nullable || value === undefined ? h("option", { value: "", selected: !value }, "–") : null, ...choices);
}

const LETTERS = Object.fromEntries(Object.entries(ROLES).map(([key, role]) => [role, key]));
const digit = (n) => (n < 20 ? `${n >= 10 ? "⇧" : ""}${(n + 1) % 10}` : "");

// A field whose codes have keys: all of them are shown, each with its own.
function options(field, value, path, many = false, letters = {}) {
  const guess = open().find((one) => one.field === path);
  const maybe = new Set(guess ? [guess.value, ...(guess.alternatives ?? [])] : []);
  const buttons = field.codes.map((code, n) => {
    const known = term(field.vocabulary, code);
    const on = many ? value.includes(code) : value === code;
    const key = letters[code] ?? digit(n);
    return h(
      "button",
      { type: "button", class: `option${on ? " on" : ""}${maybe.has(code) ? " maybe" : ""}`, "aria-pressed": String(on), title: known?.definition, onclick: () => choose(field, path, code, many) },
      h("kbd", {}, key), h("span", { lang: "zh-CN" }, known?.zh ?? code), " ", h("small", {}, known?.en ?? ""),
    );
  });
  return h("div", { class: `options${field.codes.length > 4 ? " many" : ""}`, id: `f-${path}` }, ...buttons);
}

export function choose(field, path, code, many) {
  if (!many) return set(path, code);
  const value = record()[path] ?? [];
  return set(path, value.includes(code) ? value.filter((one) => one !== code) : [...value, code]);
}

function objects(field, value, path) {
  const items = value.map((item, n) =>
    h(
      "fieldset",
      {},
      ...field.fields.filter((inner) => inner.name !== "section").map((inner) => row(inner, item[inner.name], `${path}.${n}.${inner.name}`)),
      h("button", { type: "button", class: "chip", onclick: () => set(path, value.filter((_, m) => m !== n)) }, "remove"),
    ),
  );
  return h("div", { class: "objects" }, ...items);
}

// How much of the step is left, and what the checker says of records that have no place in the source.
function others() {
  const loose = store.findings.filter((finding) => !finding.record || finding.record === "notice");
  const left = recordsOf(step()).filter((address) => open(address).length).length;
  const notes = loose.map((finding) => h("li", {}, `${finding.record} ${finding.field} ${finding.message}`));
  return h(
    "div",
    { class: "others" },
    h("p", {}, `${left} of ${recordsOf(step()).length} in this step still to decide. The checker has ${store.findings.length} ${store.findings.length === 1 ? "finding" : "findings"}.`),
    notes.length ? h("ul", { class: "findings" }, ...notes.slice(0, 12)) : null,
  );
}
