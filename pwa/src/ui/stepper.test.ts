import { expect, it } from "vitest";
import { wholeNumber } from "./stepper";

it.each([
  ["24", 24],
  [" 7 ", 7],
  ["٢٤", 24],
  ["۲۴", 24],
  ["0", 0],
  ["", null],
  ["-3", null],
  ["1.5", null],
  ["12345678", null],
])("“%s” is read as %s", (text, number) => expect(wholeNumber(text)).toBe(number));
