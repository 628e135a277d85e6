// Edits: shown at once, saved by the server in the order of the keys, and read again if it refuses.

import { Failure, get, inOrder, post } from "./api.js";
import { goTo, index, nextOpen, open, points, record, store, take } from "./store.js";

let redraw = () => {};
let alarm = () => {};
let saving = () => {};
let waiting = 0;
let timer = null;

export function whenChanged(draw, alert, busy) {
  redraw = draw;
  alarm = alert;
  saving = busy;
}

export const pending = () => waiting;

// The page says that it is busy while a task is under way.
export async function during(task) {
  waiting += 1;
  saving();
  try {
    return await task();
  } finally {
    waiting -= 1;
    saving();
  }
}

function send(path, body, after) {
  waiting += 1;
  saving();
  const goal = store.current;
  return inOrder(async () => {
    try {
      const view = await post(path, { base: store.version, ...body });
      take(view);
      alarm("");
      // Who has gone on in the meantime is not called back, unless to a record that this edit has removed.
      if (view.record && store.current === goal) goTo(view.record);
      if (!record(store.current)) goTo(nextOpen(view.record ?? goal) ?? "notice");
      after?.(view);
    } catch (error) {
      await refused(error);
    } finally {
      waiting -= 1;
      redraw();
      checkSoon();
    }
  });
}

async function refused(error) {
  if (!(error instanceof Failure)) return alarm("The server does not answer. What you saw saved is on disk; start it again.", true);
  if (error.status === 409) return alarm(`${error.message}. Nothing was written over.`, true);
  alarm(error.message);
  take(await get("notice"));
}

export function edit(body, after) {
  return send("edits", { edit: body }, after);
}

export const undo = () => send("undo", {});
export const redo = () => send("redo", {});
export const publish = (after) => send("publish", {}, after);

export function accept(addresses, next) {
  const records = addresses.filter((address) => open(address).length);
  store.guesses = store.guesses.filter((guess) => !records.includes(guess.record));
  index();
  goTo(next());
  redraw();
  if (records.length) edit({ do: "accept", record: "", records });
}

export function set(field, value, address = store.current) {
  const target = record(address);
  if (!field.includes(".") && target) target[field] = value;
  store.guesses = store.guesses.filter((guess) => guess.record !== address || (guess.field !== field && !guess.field.startsWith(`${field}.`)));
  index();
  redraw();
  return edit({ do: "set", record: address, field, value });
}

export function mark(field, address = store.current) {
  const { anchor, focus } = store.caret;
  const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)].map(points);
  store.caret.anchor = store.caret.focus;
  return edit({ do: "mark", record: address, field, start, end });
}

export const split = () => edit({ do: "split", record: store.current, at: points(store.caret.focus) });
export const join = () => edit({ do: "join", record: store.current });
export const remove = () => edit({ do: "remove", record: store.current });

export function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(check, 250);
}

async function check() {
  try {
    const found = await get("findings");
    if (!found) return;
    store.findings = found.findings;
    store.findingsOf = found.version;
    redraw();
  } catch (error) {
    if (error instanceof Failure) alarm(error.message, error.status === 409);
  }
}
