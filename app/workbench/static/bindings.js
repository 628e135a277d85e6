// Which key does what in which list. The form prints these beside its fields, and the help lists them.

import { fieldsOf } from "./schema.js";
import { listOf } from "./store.js";

export const ROLES = { m: "measure", o: "outcome", c: "commitment" };

// Of each list, the field that the digits choose.
const DIGITS = { statements: "kind", numerals: "class", metrics: "counted_code", documents: "type", organizations: "type", contact: "kind", sections: "role", categories: "framework", issues: "topics", undocumented: "reason" };

export const digitField = () => DIGITS[listOf()];

export function digitOptions() {
  const field = fieldsOf(listOf()).find((one) => one.name === digitField());
  return field ? { ...field, many: field.kind === "codes" } : null;
}

// Of each list, the key that lets the selected words be a field, or, with nothing selected, empties it.
export const QUOTES = {
  statements: { a: "actor", d: "directive", p: "prompted_by", y: "modality_text" },
  metrics: { n: "counted", w: "period_text", q: "value_text", k: "comparison_text" },
  issues: { q: "problem" },
  contact: { q: "text", l: "label" },
  notice: { q: "title", w: "date_text", a: "inspected_body", k: "source_name", n: "inspection.text", p: "inspection.period_text", y: "inspection.feedback_text", d: "inspection.team_text" },
};

// In every list: the selected words become a record of their own.
export const RECORDS = { t: "document", b: "body", v: "figure" };

const english = { statements: "text_en", metrics: "label_en", documents: "name_en", organizations: "name_en", sections: "title_en", notice: "title_en", contact: "label_en" };
export const ENGLISH = () => english[listOf()];

export const HINTS = Object.fromEntries(
  Object.keys({ ...QUOTES, ...DIGITS, ...english }).map((list) => [
    list,
    {
      ...Object.fromEntries(Object.entries(QUOTES[list] ?? {}).map(([key, field]) => [field, key])),
      ...(DIGITS[list] ? { [DIGITS[list]]: "1…" } : {}),
      ...(english[list] ? { [english[list]]: "e" } : {}),
      ...(list === "statements" ? { role: "m o c" } : {}),
      ...(list === "sections" ? { heading: "h", text: "s j" } : {}),
    },
  ]),
);

export const HELP = [
  ["Enter", "accept the guesses of this record, go to the next"],
  ["Shift+Enter", "accept all open ones of this paragraph (in the outline and the masthead: all)"],
  ["↓ ↑", "next, previous record of the step"],
  ["] [", "next, previous step"],
  ["r", "least certain first, or in reading order"],
  ["m o c", "a clause's role: measure, outcome, commitment"],
  ["1 … 0, Shift+1 …", "the code with that number: kind, type, class, role"],
  ["← →", "caret by a character; with Ctrl by a word; with Shift select"],
  ["Home End", "caret to the bounds of the record"],
  ["a d p y", "selection is actor, directive, prompted by, modality words (none: empty it)"],
  ["n w k q", "of a figure: selection is what is counted, period, comparison, the figure itself"],
  ["t b v", "selection is a document, a body, a figure of its own"],
  ["j", "join the clause or section with the next"],
  ["s", "split it at the caret"],
  ["h", "selection is the section's heading"],
  ["x", "remove the record"],
  ["e", "English, where there is any"],
  ["Tab", "into the form; Enter saves a field, Ctrl+Enter accepts the record, Esc goes back to the source"],
  ["f", "all figures in a table"],
  ["l", "next text that a published notice must have; Enter goes on"],
  ["g", "next finding of the checker"],
  ["u, Shift+U", "undo, redo (also Ctrl+Z, Ctrl+Y)"],
  ["?", "this list"],
  ["Shift+P", "publish: when nothing is left to decide"],
];
