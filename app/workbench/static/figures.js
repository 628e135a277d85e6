// All figures in a table, with what relates them to each other and to the indicators.

import { $, h } from "./dom.js";
import { set } from "./edits.js";
import { fieldsOf, term, words } from "./schema.js";
import { findingsOf, open, recordsOf, record, STEPS } from "./store.js";

const COLUMNS = ["value_text", "counted", "counted_code", "nature", "direction", "period_kind", "scope", "indicator", "same_as", "part_of", "denominator", "label", "label_en"];
const RELATIONS = new Set(["same_as", "part_of", "denominator"]);

export function draw() {
  const pane = $("figures");
  if (pane.hidden || (pane.contains(document.activeElement) && document.activeElement.matches("input"))) return;
  const focused = pane.contains(document.activeElement) ? document.activeElement.name : null;
  const known = new Map(fieldsOf("metrics").map((field) => [field.name, field]));
  const addresses = recordsOf(STEPS.find((step) => step.id === "figures")).filter((address) => address.startsWith("metrics/"));
  const columns = COLUMNS.filter((name) => known.has(name));
  pane.replaceChildren(
    h("h2", {}, `${addresses.length} figures `, h("small", {}, "Tab through the cells; Esc or f back to the source")),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, h("th", {}, "id"), ...columns.map((name) => h("th", {}, name.replaceAll("_", " "))))),
      h("tbody", {}, ...addresses.map((address) => line(address, columns, known, addresses))),
    ),
  );
  if (focused) pane.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
}

function line(address, columns, known, addresses) {
  const metric = record(address);
  const wrong = findingsOf(address);
  const cells = columns.map((name) => {
    const guessed = open(address).some((guess) => guess.field === name);
    return h("td", { class: guessed ? "open" : null }, cell(address, metric, name, known.get(name), addresses));
  });
  const note = wrong.length ? h("tr", {}, h("td", { colspan: columns.length + 1, class: "finding" }, wrong.map((one) => `${one.field}: ${one.message}`).join(" · "))) : null;
  return [h("tr", { class: wrong.length ? "wrong" : null }, h("th", {}, h("code", {}, metric.id)), ...cells), note].filter(Boolean);
}

function cell(address, metric, name, field, addresses) {
  const base = { name: `${address} ${name}`, "aria-label": `${metric.id} ${name}` };
  const value = metric[name];
  if (name === "value_text" || name === "counted") return h("span", { lang: "zh-CN" }, words(value));
  const save = (event) => set(name, event.target.value || null, address);
  if (RELATIONS.has(name)) {
    const others = addresses.map((other) => other.split("/")[1]).filter((id) => id !== metric.id);
    return choices(base, ["", ...others], value, (id) => (id ? `${words(record(`metrics/${id}`)?.value_text)} ${id}` : "–"), save);
  }
  if (field.kind === "code") return choices(base, field.nullable || !value ? ["", ...field.codes] : field.codes, value, (code) => term(field.vocabulary, code)?.zh ?? (code || "–"), save);
  return h("input", { ...base, value: value ?? "", lang: name === "label" ? "zh-CN" : null, onchange: save });
}

function choices(base, values, value, label, save) {
  return h("select", { ...base, onchange: save }, ...values.map((one) => h("option", { value: one, selected: one === (value ?? "") }, label(one))));
}

export function toggle() {
  const pane = $("figures");
  pane.hidden = !pane.hidden;
  document.querySelector("main").hidden = !pane.hidden;
  draw();
  if (!pane.hidden) pane.querySelector("select, input")?.focus();
  else $("source").focus();

}
