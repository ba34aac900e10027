/** Every command without a name is about the same stack, says which, and none makes one unasked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { USAGE_EXIT_CODE } from "../../setup/failure.ts";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { type RunResult, run } from "../../src/process/run.ts";
import { requireDocker } from "../../testing/docker.ts";
import { type Clone, makeClone } from "./support/documented/clone.ts";

let clone: Clone;

beforeAll(async () => {
  await requireDocker();
  clone = await makeClone();
});

afterAll(async () => {
  await clone?.dispose();
});

/** Runs a line into the shell of a clone in which nobody answers questions. */
function shell(line: string): Promise<RunResult> {
  const { folder: cwd, env } = clone;
  return run("bash", ["-c", line], { cwd, env, timeoutMs: 60_000 });
}

async function stacks(): Promise<{ name: string; current: boolean }[]> {
  const { stdout } = await shell("npm run --silent pulumi -- stack ls --json");
  return JSON.parse(stdout);
}

describe("a stack that does not exist", () => {
  it("is not made by a command that deploys, which says what to type", async () => {
    const { exitCode, stderr } = await shell("npm start -- prdo");
    expect(exitCode).toBe(EXIT_CODES.StackNotFound);
    expect(stderr).toContain("There is no stack prdo.");
    expect(await stacks()).toEqual([]);
    const hint = /To make it: (.+)$/m.exec(stderr)?.[1] ?? "";
    expect((await shell(hint)).exitCode).toBe(0);
    expect((await stacks()).map(({ name }) => name)).toEqual(["prdo"]);
  });
});

describe("a command without a stack", () => {
  const COMMANDS = [
    "npm run --silent destroy",
    "npm run --silent pulumi -- config",
    "./zbl destroy",
    "./zbl config",
    "./zbl ps",
    "./zbl logs api",
  ];

  it("is about the selected one, which it names", async () => {
    await shell("./zbl init qa");
    expect((await shell("./zbl select qa")).exitCode).toBe(0);
    for (const command of COMMANDS) {
      const { stderr } = await shell(command);
      expect(stderr, command).toContain("Stack qa (selected)");
    }
  });

  it("is about no other one because npm kept the name for itself", async () => {
    const { exitCode, stderr } = await shell("npm run destroy --stack=qa");
    expect(exitCode).toBe(USAGE_EXIT_CODE);
    expect(stderr).toContain("\n    npm run destroy -- --stack qa\n");
  });

  it("is refused where several are there and none is selected", async () => {
    await shell("npm run pulumi -- stack unselect");
    for (const command of COMMANDS.slice(0, 3)) {
      const { exitCode, stderr } = await shell(command);
      expect(stderr, command).toContain("Which stack? None is selected, and there are prdo, qa.");
      expect(exitCode, command).toBe(EXIT_CODES.StackNotFound);
    }
  });
});
