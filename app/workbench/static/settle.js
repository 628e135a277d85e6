// Two readings side by side: for each difference one of them, or another value, holds, and a few words say why.

import { get, inOrder, post } from "./api.js";
import { $, h } from "./dom.js";

let state = { base: "", differences: [] };
let at = 0;
let chosen = new Map(); // by field and key: the value that is to hold
const keyOf = (one) => `${one.field}\n${one.key}`;
const show = (value) => (value === null ? "∅" : value === true ? "there" : value === false ? "not there" : String(value));

function draw() {
  const left = state.differences.filter((one) => !one.is_settled).length;
  $("saved").textContent = `${state.differences.length - left} of ${state.differences.length} settled`;
  $("differences").replaceChildren(...state.differences.map(card));
  const card_ = $("differences").children[at];
  card_?.scrollIntoView({ block: "nearest" });
}

function card(one, n) {
  const value = chosen.has(keyOf(one)) ? chosen.get(keyOf(one)) : one.is_settled ? one.settled : undefined;
  const side = (name, key) =>
    h("button", { type: "button", tabindex: "-1", class: `side${value === one[name] && value !== undefined ? " on" : ""}`, onclick: () => choose(n, one[name]) }, h("kbd", {}, key), h("small", {}, name === "transcribed" ? "the notice now" : name), h("span", { lang: "zh-CN" }, show(one[name])));
  return h(
    "article",
    { class: `difference${n === at ? " current" : ""}${one.is_settled ? " done" : ""}`, onclick: () => select(n) },
    h("h2", {}, one.field, h("small", { lang: "zh-CN" }, one.key.includes(one.text) ? one.key : `${one.key}: ${one.text}`)),
    h("div", { class: "sides" }, side("first", "1"), side("second", "2"), side("transcribed", "3")),
    h("label", {}, "why ", h("input", { name: "why", value: one.why, autocomplete: "off", onkeydown: (event) => event.key === "Enter" && settle(n, event.target.value) })),
  );
}

function select(n) {
  if (n === at || !state.differences[n]) return;
  at = n;
  draw();
}

function choose(n, value) {
  at = n;
  chosen.set(keyOf(state.differences[n]), value);
  draw();
  why()?.focus();
}

const why = () => $("differences").children[at]?.querySelector("input");

function settle(n, text) {
  const one = state.differences[n];
  if (!chosen.has(keyOf(one)) && !one.is_settled) return say("Choose 1 or 2 first.");
  const settled = chosen.has(keyOf(one)) ? chosen.get(keyOf(one)) : one.settled;
  send("differences", { base: state.base, settled: { field: one.field, key: one.key, settled, why: text } }, () => {
    const next = state.differences.findIndex((other) => !other.is_settled);
    at = next < 0 ? n : next;
    $("differences").focus();
  });
}

function send(path, body, after) {
  return inOrder(async () => {
    try {
      const view = await post(path, body);
      if (view.differences) state = view;
      else state = await get("differences");
      say("");
      after?.();
    } catch (error) {
      say(error.message);
    }
    draw();
  });
}

function say(message) {
  $("alert").hidden = !message;
  $("alert").textContent = message;
}

async function adopt() {
  const { version } = await get("notice");
  send("adopt", { base: version }, () => say("The notice now says what the first reader decided."));
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return $("differences").focus();
  if (event.target.matches("input")) return;
  const one = state.differences[at];
  const act = { ArrowDown: () => select(at + 1), ArrowUp: () => select(at - 1), 1: () => choose(at, one.first), 2: () => choose(at, one.second), 3: () => choose(at, one.transcribed), w: () => why()?.focus(), b: adopt }[event.key];
  if (!act || !one) return;
  event.preventDefault();
  act();
}

document.addEventListener("keydown", onKey);
get("differences").then(
  (view) => {
    state = view;
    at = Math.max(0, state.differences.findIndex((one) => !one.is_settled));
    draw();
    $("differences").focus();
    document.body.dataset.ready = "yes";
  },
  (error) => {
    $("saved").textContent = "";
    say(error.message);
  },
);
