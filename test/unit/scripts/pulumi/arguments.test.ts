import { describe, expect, it } from "vitest";
import { parseStackArguments } from "../../../../scripts/pulumi/arguments.ts";

const NONE = { stack: undefined, create: false, yes: false, verbose: false, rest: [] };

describe("parseStackArguments", () => {
  it.each([
    [[], {}],
    [["prod"], { stack: "prod" }],
    [["--stack", "a"], { stack: "a" }],
    [["-s", "a", "--yes"], { stack: "a", yes: true }],
    [["-y", "a", "--create"], { stack: "a", yes: true, create: true }],
    [["--verbose"], { verbose: true }],
    [["--stack=a", "--", "--diff", "-v"], { stack: "a", rest: ["--diff", "-v"] }],
    [["--", "--stack", "b"], { rest: ["--stack", "b"] }],
  ])("reads %j", (args, expected) => {
    expect(parseStackArguments("npm start", args)).toEqual({ ...NONE, ...expected });
  });

  it.each([
    [["prod", "staging"]],
    [["prod", "--stack", "staging"]],
    [["--stack"]],
    [["--stack="]],
    [["--stack", "--yes"]],
    [["--diff"]],
  ])("refuses %j", (args) => {
    expect(() => parseStackArguments("npm run destroy", args)).toThrow(
      "Type `npm run destroy -- STACK`,",
    );
  });
});
