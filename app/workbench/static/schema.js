// The fields of a record as the seed's JSON Schema describes them, so that the form follows the layout by itself.

import { store } from "./store.js";

const resolve = (schema) => (schema.$ref ? store.frame.schema.$defs[schema.$ref.split("/").pop()] : schema);

export function fieldsOf(list) {
  const top = store.frame.schema.properties[list];
  const layout = resolve(list === "notice" ? top : top.items);
  return fields(layout);
}

function fields(layout) {
  return Object.entries(layout.properties ?? {}).map(([name, schema]) => {
    const field = { name, ...describe(schema) };
    // Codes that carry arithmetic are listed in code, and explained in the vocabulary of the same name.
    return field.kind === "code" ? { ...field, vocabulary: field.vocabulary ?? name } : field;
  });
}

function describe(schema) {
  const options = (schema.anyOf ?? schema.oneOf ?? [schema]).flatMap((one) => resolve(one).anyOf ?? resolve(one).oneOf ?? [resolve(one)]);
  const nullable = options.some((one) => one.type === "null");
  const real = options.map(resolve).filter((one) => one.type !== "null");
  const vocabulary = schema["x-vocabulary"] ?? real.find((one) => one["x-vocabulary"])?.["x-vocabulary"];
  if (real.some((one) => one.title === "Selector" || one.properties?.exact)) return { kind: "quote", nullable };
  const first = real[0] ?? {};
  if (first.enum) return { kind: "code", nullable, vocabulary, codes: first.enum };
  if (first.const) return { kind: "code", nullable, vocabulary, codes: real.map((one) => one.const) };
  if (first.type === "array") return { ...arrayOf(first.items ?? {}), nullable };
  if (first.properties) return { kind: "object", nullable, fields: fields(first) };
  return { kind: first.type === "integer" ? "number" : first.type ?? "string", nullable };
}

function arrayOf(items) {
  const item = describe(items);
  if (item.kind === "object") return { kind: "objects", fields: item.fields };
  return { kind: item.kind === "code" ? "codes" : "lines", codes: item.codes, vocabulary: item.vocabulary };
}

export function term(vocabulary, code) {
  return store.frame.vocabularies[vocabulary]?.terms.find((one) => one.code === code);
}

export const words = (quote) => (quote && typeof quote === "object" ? quote.exact : quote ?? "");
