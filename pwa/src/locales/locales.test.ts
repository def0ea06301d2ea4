import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";

const files = import.meta.glob<string>("./*.ftl", { query: "?raw", import: "default", eager: true });
const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const read = (language: string): string => files[`./${language}.ftl`] ?? "";
const languages = Object.keys(files).map((path) => path.slice(2, -4));

/** Each message's id with the variables it uses. */
function messages(language: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, value } of new FluentResource(read(language)).body) found.set(id, [...variables(value)].sort());
  return found;
}

function variables(part: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(part)) for (const each of part) variables(each, found);
  else if (part && typeof part === "object") {
    const node = part as Record<string, unknown>;
    if (node.type === "var") found.add(String(node.name));
    else for (const each of Object.values(node)) variables(each, found);
  }
  return found;
}

/** Lines that start a message but that the parser gave up on. */
function broken(language: string): string[] {
  const known = messages(language);
  const ids = read(language).match(/^[a-z][\w-]*(?= *=)/gm) ?? [];
  return ids.filter((id) => !known.has(id));
}

describe("the languages", () => {
  const english = messages("en");

  it.each(languages)("%s parses whole and names no message twice", (language) => {
    expect(broken(language)).toEqual([]);
    const ids: string[] = read(language).match(/^[a-z][\w-]*(?= *=)/gm) ?? [];
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(languages)("%s says everything that English says, with the same variables", (language) => {
    expect(Object.fromEntries(messages(language))).toEqual(Object.fromEntries(english));
  });

  it("English has each message that the code names", () => {
    const named = new Set(
      Object.values(sources).flatMap((text) =>
        [...text.matchAll(/\bt\(\s*"([a-z][\w-]*)"/g)].map(([, id]) => id ?? ""),
      ),
    );
    expect([...named].filter((id) => !english.has(id))).toEqual([]);
  });

  it("Arabic knows its six plural forms where a number is counted", () => {
    const counted = /^([\w-]+) = \{ \$count ->\n([\s\S]*?)\n {2}\}/gm;
    if (!languages.includes("ar")) return;
    for (const [, id, body] of read("ar").matchAll(counted)) {
      const forms = [...(body ?? "").matchAll(/\[(\w+)\]/g)].map(([, form]) => form).filter((form) => form !== "0");
      expect(forms, id).toEqual(expect.arrayContaining(["one", "two", "few", "many", "other"]));
    }
  });
});
