import { describe, expect, it } from "vitest";
import { parseStackArguments } from "../../../../scripts/pulumi/arguments.ts";

describe("parseStackArguments", () => {
  it.each([
    [[], {}, { stack: "dev", rest: [] }],
    [[], { Z_BILLING_LAGO_STACK: "qa" }, { stack: "qa", rest: [] }],
    [["--stack", "a"], { Z_BILLING_LAGO_STACK: "qa" }, { stack: "a", rest: [] }],
    [["--stack=a", "--", "--diff", "-v"], {}, { stack: "a", rest: ["--diff", "-v"] }],
    [
      ["--yes", "--stack", "a", "--verbose"],
      {},
      { stack: "a", yes: true, verbose: true, rest: [] },
    ],
    [["--", "--stack", "b"], {}, { stack: "dev", rest: ["--stack", "b"] }],
  ])("reads %j with %j", (args, env, expected) => {
    expect(parseStackArguments("npm start", args, env)).toEqual(expected);
  });

  it.each([[["prod"]], [["--stack"]], [["--stack="]], [["--diff"]]])("refuses %j", (args) => {
    expect(() => parseStackArguments("npm run destroy", args, {})).toThrow(
      "Type `npm run destroy -- --stack NAME`;",
    );
  });
});
