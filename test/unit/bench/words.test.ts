import { describe, expect, it } from "vitest";
import { lastWords } from "../../../bench/words.ts";

describe("what a program said last", () => {
  it("is whole lines, or the end of one that is too long", () => {
    expect(lastWords("Starting\n\nno space left\n")).toBe("Starting\n\nno space left");
    expect(lastWords(`${"x".repeat(190)}\nno space left\n`)).toBe("no space left");
    expect(lastWords(`${"x".repeat(190)}no space left`)).toMatch(/^x{187}no space left$/);
    expect(lastWords("")).toBe("");
  });
});
