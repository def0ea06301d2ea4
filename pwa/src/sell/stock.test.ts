import { expect, it, vi } from "vitest";
import { asBefore, promisedAnew } from "./stock";

vi.mock("../platform/clock", () => ({ clock: { now: () => Date.UTC(2026, 10, 27, 9) } }));
vi.mock("./sell.css", () => ({}));

const promise = { expected_on: "2026-12-12", pieces: 12, waiting: 4 };

it("takes a count back with what came, unless its day has passed", () => {
  expect(asBefore(promise)).toEqual({ expected_on: "2026-12-12", coming: 12 });
  expect(asBefore(null)).toEqual({ coming: 0 });
  for (const day of ["2026-11-27", "2026-11-01"]) expect(asBefore({ ...promise, expected_on: day })).toEqual({});
});

it("says of what comes only what is new", () => {
  expect(promisedAnew(promise, "2026-12-12", "12")).toEqual({});
  expect(promisedAnew(promise, "2026-12-20", "12")).toEqual({ expected_on: "2026-12-20", coming: 12 });
  expect(promisedAnew(promise, "2026-12-12", "0")).toEqual({ coming: 0 });
  expect(promisedAnew(null, "", "")).toEqual({});
  expect(promisedAnew(null, "2026-12-20", "many")).toBeNull();
});
