import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

/** A message ready to be shown: plain text, or parts that need its arguments. Mirrors `platform/locale.ts`. */
type Pattern = string | Part[];
type Part = string | { v: string } | { m: string } | { s: string; o: Record<string, Pattern>; d: string };
type Ast = FluentResource["body"][number]["value"];

/**
 * Turns each language's `.ftl` into one hashed JSON file of ready patterns, parsed at build time by Fluent itself, so
 * that the phone carries no parser. `import url from "./en.ftl?words"` gives its address.
 */
export function words(): Plugin {
  let serving = true;
  return {
    name: "sampan-words",
    enforce: "pre",
    configResolved(config) {
      serving = config.command === "serve";
    },
    load(id) {
      const [file = "", query] = id.split("?");
      if (query !== "words") return null;
      const source = JSON.stringify(compileWords(readFileSync(file, "utf8"), file));
      this.addWatchFile(file);
      if (serving) return `export default ${JSON.stringify(`data:application/json,${encodeURIComponent(source)}`)}`;
      const ref = this.emitFile({ type: "asset", name: `${basename(file, ".ftl")}.words.json`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${ref}`;
    },
  };
}

/** All messages of a Fluent file by id, attributes as `id.attribute`. Fails on what the phone could not show. */
export function compileWords(source: string, name = "words"): Record<string, Pattern> {
  const all: Record<string, Pattern> = {};
  for (const { id, value, attributes } of new FluentResource(source).body) {
    if (value !== null) all[id] = pattern(value, `${name}: ${id}`);
    for (const [attribute, each] of Object.entries(attributes))
      all[`${id}.${attribute}`] = pattern(each, `${name}: ${id}`);
  }
  return all;
}

function pattern(value: NonNullable<Ast>, where: string): Pattern {
  return typeof value === "string"
    ? value
    : value.map((part) => (typeof part === "string" ? part : placeable(part, where)));
}

function placeable(part: Exclude<NonNullable<Ast>, string>[number], where: string): Part {
  if (typeof part === "string") return part;
  if (part.type === "str") return part.value;
  if (part.type === "var") return { v: part.name };
  if (part.type === "mesg") return { m: part.attr ? `${part.name}.${part.attr}` : part.name };
  if (part.type !== "select" || part.selector.type !== "var")
    throw new Error(`${where} uses more of Fluent than the app shows.`);
  const keys = part.variants.map(({ key }) => String(key.value));
  return {
    s: part.selector.name,
    o: Object.fromEntries(part.variants.map((variant, i) => [keys[i] ?? "", pattern(variant.value, where)])),
    d: keys[part.star] ?? "other",
  };
}
