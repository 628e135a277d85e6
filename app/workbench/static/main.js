// The workbench: reads the notice, draws it, and listens.

import { get } from "./api.js";
import { HELP } from "./bindings.js";
import { $, h } from "./dom.js";
import { checkSoon, pending, redo, undo, whenChanged } from "./edits.js";
import * as figures from "./figures.js";
import { enter, listen } from "./keys.js";
import * as form from "./record.js";
import * as source from "./source.js";
import { STEPS, goTo, openRecords, recordsOf, setFrame, store, take } from "./store.js";

let shown = "";
let active = Date.now();

function draw() {
  source.draw();
  form.draw();
  figures.draw();
  drawBar();
  if (shown !== store.current) source.showCurrent();
  shown = store.current;
}

function drawBar() {
  const pills = STEPS.map((step) => {
    const all = recordsOf(step).length;
    const left = openRecords(step).length;
    const on = step.id === store.step;
    return h(
      "button",
      { type: "button", class: `step${on ? " on" : ""}${left ? "" : " done"}`, "aria-current": on ? "step" : null, tabindex: "-1", onclick: () => enter(step.id) },
      h("span", {}, h("span", { lang: "zh-CN" }, step.zh), " ", h("small", {}, step.en)), h("small", { class: "left" }, left ? `${left}` : all ? "✓" : "–"),
      h("meter", { min: 0, max: all || 1, value: all - left, "aria-label": `${step.en} decided` }),
    );
  });
  $("steps").replaceChildren(...pills);
  $("undo").disabled = !store.canUndo;
  $("redo").disabled = !store.canRedo;
  const busy = pending();
  $("saved").textContent = busy ? "saving…" : store.guesses.length ? `saved · ${store.guesses.length} guesses left` : `saved · ${store.content.notice.stage ?? "published"}`;
  $("saved").dataset.version = busy ? "" : store.version;
  $("saved").dataset.checked = store.findingsOf;
  drawKeys();
}

function drawKeys() {
  const words = source.summary();
  const marks = words ? [h("b", { lang: "zh-CN" }, `“${words.slice(0, 24)}”`), " is… "] : [];
  const keys = words ? ["a actor", "d directive", "n counted", "t document", "b body", "v figure"] : ["Enter accept", "⇧Enter paragraph", "m o c role", "1… code", "j join", "s split", "→ caret", "u undo", "f figures", "g finding", "? all keys"];
  $("keys").replaceChildren(...marks, ...keys.flatMap((one) => {
    const [key, ...rest] = one.split(" ");
    return [h("kbd", {}, key), ` ${rest.join(" ")} `];
  }));
}

function say(message, stop = false) {
  $("alert").hidden = !message;
  $("alert").className = stop ? "stop" : "";
  $("alert").replaceChildren(message, stop ? h("button", { type: "button", onclick: () => location.reload() }, "reload") : "");
}

function tick() {
  const now = Date.now();
  if (now - active < 120_000) store.clock.seconds += 1;
  const minutes = Math.floor(store.clock.seconds / 60);
  $("clock").textContent = `${minutes}:${String(Math.floor(store.clock.seconds % 60)).padStart(2, "0")} · ${store.clock.decisions} decided`;
}

function byMouse() {
  const caret = source.selected();
  if (!caret) return;
  if (caret.anchor === caret.focus) {
    const address = source.recordAt(caret.focus);
    if (address) goTo(address);
  }
  store.caret = caret;
  draw();
}

async function begin() {
  const [frame, view] = await Promise.all([get("frame"), get("notice")]);
  setFrame(frame);
  take(view);
  const first = STEPS.find((step) => openRecords(step).length) ?? STEPS[0];
  store.step = first.id;
  goTo(openRecords(first)[0] ?? "notice");
  $("help").append(h("h2", {}, "Keys"), h("dl", {}, ...HELP.flatMap(([key, what]) => [h("dt", {}, ...key.split(" ").map((one) => h("kbd", {}, one))), h("dd", {}, what)])), h("form", { method: "dialog" }, h("button", {}, "close")));
  whenChanged(draw, say, drawBar);
  listen({ draw, drawKeys, toggleFigures: figures.toggle, say });
  $("source").addEventListener("mouseup", byMouse);
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("help-button").addEventListener("click", () => $("help").showModal());
  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, () => (active = Date.now()));
  addEventListener("resize", source.drawCaret);
  setInterval(tick, 1000);
  tick();
  draw();
  $("source").focus();
  checkSoon();
  document.body.dataset.ready = "yes";
  globalThis.workbench = store; // for whoever looks with the browser's own tools
}

begin().catch((error) => say(error.message, true));
