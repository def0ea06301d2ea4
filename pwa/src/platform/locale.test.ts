import { expect, test, vi } from "vitest";
import { compileWords } from "../../words";

const FTL = `
plain = All sent
greeting = Dear { $name }, { $count } of { $thing }
lines = { $count ->
    [0] Nothing
    [one] { $count } line
   *[other] { $count } lines
  } in the cart
linked = { plain }. Thanks
choice = { $less ->
    [yes] fewer
   *[no] more
  }
quoted = { "{" }
`;

async function speak(language: string) {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(compileWords(FTL))));
  vi.stubGlobal("document", { documentElement: {}, cookie: "", querySelector: () => null });
  const { setLocale, t } = await import("./locale");
  await setLocale(language);
  return t;
}

test("messages compiled at build time read as Fluent means them", async () => {
  const say = await speak("en");
  expect(say("plain")).toBe("All sent");
  expect(say("greeting", { name: "Ana", count: 1200, thing: "cups" })).toBe("Dear Ana, 1,200 of cups");
  expect([0, 1, 2].map((count) => say("lines", { count }))).toEqual([
    "Nothing in the cart",
    "1 line in the cart",
    "2 lines in the cart",
  ]);
  expect(say("linked")).toBe("All sent. Thanks");
  expect([say("choice", { less: "yes" }), say("choice", { less: "no" }), say("choice")]).toEqual([
    "fewer",
    "more",
    "more",
  ]);
  expect(say("quoted")).toBe("{");
  expect(say("missing")).toBe("missing");
});

test("in right-to-left text every argument is isolated", async () => {
  const say = await speak("ar");
  expect(say("greeting", { name: "Ana", count: "3", thing: "SKU-1" })).toBe(
    "Dear \u2068Ana\u2069, \u20683\u2069 of \u2068SKU-1\u2069",
  );
});

test("what the app could not show fails the build", () => {
  expect(() => compileWords("when = { DATETIME($day) }", "en.ftl")).toThrow("en.ftl: when");
});

test.each([
  ["en", "December 12"],
  ["es", "12 de diciembre"],
  ["ar", "12 ديسمبر"],
  ["zh", "12月12日"],
])("the day goods are expected reads in %s as the same day in every time zone", async (language, expected) => {
  await speak(language);
  const { formatDay } = await import("./locale");
  for (const zone of ["Pacific/Honolulu", "UTC", "Pacific/Auckland"]) {
    vi.stubEnv("TZ", zone);
    for (const day of ["2026-12-12", "2026-12-12T12:00:00Z", Date.UTC(2026, 11, 12, 12)]) {
      const said = formatDay(day).replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)));
      expect(said).toBe(expected);
    }
  }
  vi.unstubAllEnvs();
});
