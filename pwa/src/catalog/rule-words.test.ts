import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compileWords } from "../../words";
import { setLocale } from "../platform/locale";
import type { Quote, QuoteRule, QuoteShop, RuleKind } from "./quote";
import {
  changeInWords,
  dayInWords,
  doorInWords,
  questionOf,
  rateInWords,
  refusalInWords,
  sentenceOf,
  timesOf,
} from "./rule-words";

const kinds: RuleKind[] = [
  "exchange",
  "freight",
  "duty",
  "preference",
  "preference_possible",
  "layer",
  "flat_duty",
  "duty_relief",
  "tax",
  "tax_relief",
  "tax_at_sale",
  "reverse_charge",
  "no_border",
  "fee",
  "advance_fee",
  "unknown",
];

const rule = (kind: RuleKind, more: Partial<QuoteRule> = {}): QuoteRule => ({
  part: "duty",
  kind,
  parcel: "alva",
  name: "GST",
  rate: "12%",
  detail: "",
  amount: null,
  source: "a law",
  as_of: "2026-09-29",
  from: null,
  to: null,
  review_by: null,
  confidence: "firm",
  ...more,
});

const quote = {
  ship_to: { country: "DE" },
  shops: [{ parcel: "alva", chargeable_grams: 1560 } as QuoteShop],
  lines: [
    { parcel: "alva", title: "Soup bowl", unknown: "hs" },
    { parcel: "alva", title: "Lamp", unknown: "duty" },
    { parcel: "other", title: "Scarf", unknown: "exchange" },
  ],
} as unknown as Quote;

const speak = async (language: string) => {
  const words = compileWords(readFileSync(`src/locales/${language}.ftl`, "utf8"));
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(words)));
  vi.stubGlobal("document", { documentElement: {}, cookie: "", querySelector: () => null });
  await setLocale(language);
};

describe("a rule in words", () => {
  beforeAll(() => speak("en"));

  it("says its rate and what it does", () => {
    expect(sentenceOf(rule("flat_duty", { rate: "3.00 EUR" }), quote)).toBe(
      "A flat duty of €3.00 stands in place of the tariff.",
    );
    expect(sentenceOf(rule("tax", { name: "MwSt", rate: "19%" }), quote)).toBe("MwSt in Germany: 19%.");
    expect(sentenceOf(rule("duty", { name: "830629", rate: "free" }), quote)).toBe(
      "Goods with the code 830629 are free of duty.",
    );
    expect(sentenceOf(rule("freight", { name: "Post", rate: "5.80 EUR + 1.80 EUR/kg" }), quote)).toBe(
      "Post: €5.80 + €1.80/kg, for 1.56 kg.",
    );
  });

  it("names what is missing, by the goods it is missing for", () => {
    const said = (name: string, parcel = "alva") => sentenceOf(rule("unknown", { name, parcel }), quote);
    expect(said("Soup bowl")).toBe("Duty unknown: the maker has not classified Soup bowl yet.");
    expect(said("Lamp")).toContain("does not list Lamp");
    expect(said("", "other")).toBe("Duty and tax unknown: we have no exchange rate for Germany.");
  });

  it.each([
    ["12.5%", "12.5%"],
    ["135.00 GBP", "£135.00"],
    ["10000 JPY", "¥10,000"],
    ["2%, at least 5.00 EUR", "2%, at least €5.00"],
    ["6.5 EUR/100kg min 3%", "€6.50/100kg at least 3%"],
    ["ZAR/EUR 0.0512899420", "1 ZAR = 0.0512899 EUR"],
    ["free", "free"],
    ["", ""],
  ])("%s reads as %s", (rate, words) => expect(rateInWords(rate)).toBe(words));

  it("tells when it holds, and that its review is past", () => {
    const times = timesOf(
      rule("duty", { from: "2026-07-01", to: "2028-06-30", review_by: "2027-06-30" }),
      "2026-11-26",
    );
    expect(times).toEqual(["From July 1, 2026 to June 30, 2028.", "To be read again by June 30, 2027."]);
    expect(timesOf(rule("duty", { review_by: "2026-09-30" }), "2026-11-26")).toEqual([
      "Was to be read again by September 30, 2026.",
    ]);
  });

  it("the door asks nothing, something or nobody knows what", () => {
    const eur = (minor: number) => ({ minor, currency: "EUR" });
    expect(doorInWords({ at_door: eur(0) })).toBe("Nothing more to pay at the door.");
    expect(doorInWords({ at_door: eur(1240) })).toBe("About €12.40 will be asked at the door.");
    expect(doorInWords({ at_door: null })).toBe("What the door will ask is not known.");
  });
});

it.each([
  "en",
  "es",
  "ar",
  "zh",
])("in %s every kind of rule, change, refusal and question has words", async (language) => {
  await speak(language);
  const said = [
    ...kinds.map((kind) => sentenceOf(rule(kind), quote)),
    ...kinds.map((kind) => sentenceOf(rule(kind, { rate: "free", part: "goods" }), quote)),
    ...kinds.map((kind) => changeInWords(rule(kind))),
    ...["hs", "duty", "tax", "territory", "exchange"].map((unknown) =>
      sentenceOf(rule("unknown", { name: "" }), {
        ...quote,
        lines: [{ parcel: "alva", title: "", unknown }],
      } as unknown as Quote),
    ),
    ...["dangerous_goods", "too_many_pieces", "too_many_grams", "too_long", "too_heavy", "too_large", "new"].map(
      (code) => refusalInWords({ code, un: "UN3480", limit: "1500" }),
    ),
    ...["610910", "420221", "701337", "330300", null].map(questionOf),
  ];
  expect(said.filter((words) => /^[a-z_]+-[a-z_-]+$/.test(words) || words.includes("{$"))).toEqual([]);
});

it("a day of the calendar is the same in every time zone", () => {
  expect(dayInWords("2026-01-01")).toContain("2026");
});
