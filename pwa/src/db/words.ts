/** CJK text has no spaces: there every two neighbours make a word. */
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+/gu;
const MAX_WORDS = 200;

/** The folded words of a text: lower case, without accents, CJK as pairs. The same rule serves query and product. */
export function words(text: string): string[] {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = new Set<string>();
  for (const run of folded.match(CJK) ?? []) {
    const signs = Array.from(run);
    if (signs.length === 1) found.add(run);
    for (let i = 0; i + 1 < signs.length; i += 1) found.add(`${signs[i]}${signs[i + 1]}`);
  }
  for (const word of folded.replace(CJK, " ").match(/[\p{L}\p{N}]+/gu) ?? []) found.add(word);
  return [...found].slice(0, MAX_WORDS);
}

/** How well words answer a query: 0 unless each asked word is there, whole or as a beginning. */
export function matches(asked: readonly string[], all: readonly string[], title: readonly string[]): number {
  let score = 0;
  for (const word of asked) {
    if (title.includes(word)) score += 4;
    else if (title.some((each) => each.startsWith(word))) score += 3;
    else if (all.includes(word)) score += 2;
    else if (all.some((each) => each.startsWith(word))) score += 1;
    else return 0;
  }
  return score;
}
