import { describe, expect, it } from "vitest";
import { selectCommand } from "../../../../src/cli/commands/select.ts";
import { program } from "../stacks-program.ts";

describe("select", () => {
  it("selects a stack that exists", async () => {
    const { context, written, calls, cwd } = program();
    await selectCommand(context, "prod", { cwd });
    expect(calls().at(-1)).toBe("stack select --stack prod --non-interactive");
    expect(written.results.join()).toContain("Stack prod is selected.");
  });

  it("shows which stack is selected where none is named", async () => {
    const { context, written, calls, cwd } = program();
    await selectCommand(context, undefined, { cwd });
    expect(calls()).toEqual(["stack ls --json --non-interactive"]);
    expect(written.results).toEqual([expect.stringMatching(/^Stack dev is selected\. Stacks: /)]);
  });

  it("selects nothing for a mistyped name", async () => {
    const { context, calls, cwd } = program();
    await expect(selectCommand(context, "prdo", { cwd })).rejects.toThrow("Did you mean prod?");
    expect(calls()).toEqual(["stack ls --json --non-interactive"]);
  });
});
