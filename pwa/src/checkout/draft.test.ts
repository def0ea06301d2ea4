import { expect, test } from "vitest";
import vectors from "../../../tests/vectors/mailboxes.json";
import { isEmail } from "./draft";

test("an e-mail is taken or refused as the server does", () => {
  expect(vectors.mailboxes.filter((text) => !isEmail(text))).toEqual([]);
  expect(vectors.others.filter(isEmail)).toEqual([]);
  expect(isEmail(" ines@example.org ")).toBe(true);
});
