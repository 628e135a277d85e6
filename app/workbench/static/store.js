// What the server has said last, and where the editor is in it.

export const STEPS = [
  { id: "notice", zh: "题头", en: "Notice", lists: ["notice"] },
  { id: "outline", zh: "结构", en: "Outline", lists: ["sections", "categories"] },
  { id: "issues", zh: "问题", en: "Issues", lists: ["issues"] },
  { id: "clauses", zh: "语句", en: "Clauses", lists: ["statements", "undocumented"] },
  { id: "numbers", zh: "数字", en: "Numbers", lists: ["numerals"] },
  { id: "figures", zh: "指标", en: "Figures", lists: ["metrics", "reconciliation"] },
  { id: "documents", zh: "文件", en: "Documents", lists: ["documents"] },
  { id: "bodies", zh: "机构", en: "Bodies", lists: ["organizations"] },
  { id: "contact", zh: "联系", en: "Contact", lists: ["contact"] },
];

export const store = {
  frame: null, // slug, text, schema, vocabularies: never changes
  version: "", content: {}, guesses: [], places: [], paragraphs: [],
  findings: [], findingsOf: "",
  step: "notice", current: "notice", doubtfulFirst: false,
  caret: { anchor: 0, focus: 0 }, // in UTF-16 units of the text
  clock: { seconds: 0, decisions: 0 }, canUndo: false, canRedo: false,
};

// Offsets of the server count code points, those of the browser UTF-16 units.
let toUnits = (n) => n;
let toPoints = (n) => n;

export function setFrame(frame) {
  store.frame = frame;
  const units = [0];
  for (const character of frame.text) units.push(units[units.length - 1] + character.length);
  if (units.length - 1 !== frame.text.length) {
    const points = new Map(units.map((unit, point) => [unit, point]));
    toUnits = (n) => units[n];
    toPoints = (n) => points.get(n) ?? points.get(n - 1);
  }
}

export const points = (n) => toPoints(n);

export function take(view) {
  const { version, content, guesses, places, paragraphs, clock } = view;
  Object.assign(store, { version, content, guesses, clock, canUndo: view.can_undo, canRedo: view.can_redo });
  store.places = places.map(([record, field, start, end]) => ({ record, field, start: toUnits(start), end: toUnits(end) }));
  store.paragraphs = paragraphs.map(([section, start, end]) => ({ section, start: toUnits(start), end: toUnits(end) }));
  index();
}

let records = new Map();
let positions = new Map();
let guessesOf = new Map();

export function index() {
  records = new Map([["notice", store.content.notice]]);
  for (const step of STEPS) {
    for (const list of step.lists) {
      if (list === "notice") continue;
      (store.content[list] ?? []).forEach((record, n) => {
        records.set(`${list}/${record[store.frame.keys[list]] ?? `at-${n}`}`, record);
      });
    }
  }
  positions = new Map();
  for (const place of store.places) {
    const known = positions.get(place.record);
    // A record stands where it stands as a whole; failing that, where its first quote does.
    if (!known || (known.field && !place.field)) positions.set(place.record, place);
  }
  guessesOf = new Map();
  for (const guess of store.guesses) guessesOf.set(guess.record, [...(guessesOf.get(guess.record) ?? []), guess]);
}

export const record = (address = store.current) => records.get(address);
export const listOf = (address = store.current) => address.split("/")[0];
export const stepOf = (address) => STEPS.find((step) => step.lists.includes(listOf(address))) ?? STEPS[0];
export const step = () => STEPS.find((one) => one.id === store.step);
export const open = (address = store.current) => guessesOf.get(address) ?? [];

export function place(address = store.current, field = "") {
  if (!field) return figurePlace(address) ?? positions.get(address);
  return store.places.find((one) => one.record === address && one.field === field);
}

function figurePlace(address) {
  return listOf(address) === "metrics" ? place(address, "value_text") : undefined;
}

export function recordsOf(one = step()) {
  const found = [...records.keys()].filter((address) => one.lists.includes(listOf(address)));
  const start = (address) => place(address)?.start ?? Infinity;
  return found.map((address, n) => [address, n]).sort((a, b) => start(a[0]) - start(b[0]) || a[1] - b[1]).map(([address]) => address);
}

const doubt = (address) => Math.min(...open(address).map((guess) => guess.confidence));

export function openRecords(one = step()) {
  const found = recordsOf(one).filter((address) => open(address).length);
  return store.doubtfulFirst ? found.sort((a, b) => doubt(a) - doubt(b)) : found;
}

// The next record to be decided: behind this one in the same step, else the step's first, else that of a later step.
export function nextOpen(from = store.current) {
  const here = openRecords();
  if (here.length && store.doubtfulFirst) return here.find((address) => address !== from) ?? here[0];
  const order = recordsOf();
  const behind = here.find((address) => order.indexOf(address) > order.indexOf(from));
  if (behind ?? here[0]) return behind ?? here[0];
  const later = [...STEPS.slice(STEPS.indexOf(step()) + 1), ...STEPS];
  return later.flatMap((one) => openRecords(one))[0];
}

export function neighbour(by) {
  const order = recordsOf();
  return order[Math.min(Math.max(order.indexOf(store.current) + by, 0), order.length - 1)];
}

// The open records that are accepted together: those of the paragraph, or of the same branch of the outline.
export function together() {
  if (["outline", "notice"].includes(store.step)) return openRecords();
  const here = lineOf(place()?.start ?? 0);
  return openRecords().filter((address) => lineOf(place(address)?.start ?? -1) === here);
}

export function lineOf(offset) {
  return store.frame.text.lastIndexOf("\n", offset - 1);
}

export function goTo(address) {
  if (!address || !records.has(address)) return;
  store.current = address;
  store.step = stepOf(address).id;
  const at = place(address);
  if (at) store.caret = { anchor: at.start, focus: at.start };
}

export const findingsOf = (address) => store.findings.filter((finding) => finding.record === address);
