import { afterEach, describe, expect, it } from "vitest";
import { upCommand } from "../../../../src/cli/commands/up.ts";
import { inspectAnswer, psLine, type Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { type ContextOptions, testContext } from "../../../support/command-context.ts";
import { LAGO_PATH, SECRETS, SMALL } from "../../../support/sample.ts";

const MIGRATED = psLine("migrate", { State: "exited", Health: "" });
const HEALTHY: Script = {
  ...SMALL,
  ps: [
    {},
    { stdout: psLine("db", { Health: "starting" }) },
    { stdout: psLine("api") + psLine("db") + MIGRATED },
  ],
  "container inspect": {
    stdout: inspectAnswer({ service: "api" }, { service: "db" }, { service: "migrate" }),
  },
};
const OPTIONS = { project: "lago-test", path: LAGO_PATH };
const KEYED = { SECRET_KEY_BASE: SECRETS.secretKeyBase, LANG: "C" };

afterEach(() => {
  process.exitCode = undefined;
});

async function up(script: Script, options: ContextOptions, json = false) {
  useFakeDocker(script);
  const { context, written } = testContext({ environment: KEYED, ...options });
  const error = await upCommand(context, undefined, [], { ...OPTIONS, json }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { ...written, error };
}

describe("up on a terminal", () => {
  it("shows a table that follows the services, and takes it away for the result", async () => {
    const { screen, results, notes, error } = await up(HEALTHY, { columns: 80 });
    expect(error).toBeUndefined();
    expect(screen).toContain("lago-test: 0 of 3 services ready");
    expect(screen).toContain("lago-test: 3 of 3 services ready");
    expect(screen).toContain("not created yet");
    expect(results.join("\n")).toContain("SERVICE");
    // Its lines are erased last of all.
    expect(screen.endsWith("\u001b[2K\u001b[G\u001b[?2026l")).toBe(true);
    expect(notes.filter((note) => note.startsWith("db:"))).toEqual([]);
    expect(screen).not.toContain(SECRETS.secretKeyBase);
  });

  it("leaves the table where it is when the start fails", async () => {
    const ended = psLine("api", { State: "exited", ExitCode: 1 }) + psLine("db") + MIGRATED;
    const { screen, error } = await up(
      { ...HEALTHY, ps: [{}, { stdout: ended }] },
      { columns: 80 },
    );
    expect(error).toMatchObject({ kind: "NotReady", service: "api" });
    expect(screen.lastIndexOf("ended with exit code 1")).toBeGreaterThan(
      screen.lastIndexOf("\u001b[2K"),
    );
  });
});

describe("up elsewhere", () => {
  it.each<[string, ContextOptions, boolean]>([
    ["in a file", {}, false],
    ["for a program", { columns: 80 }, true],
    [
      "on a terminal that cannot move its cursor",
      { columns: 80, environment: { ...KEYED, TERM: "dumb" } },
      false,
    ],
  ])("writes plain lines %s", async (_, options, json) => {
    const { screen, notes, results, error } = await up(HEALTHY, options, json);
    expect(error).toBeUndefined();
    expect(screen).toBe("");
    expect(notes.join("\n")).toMatch(/^db: healthy after [\d.]+ s$/m);
    expect(results).toHaveLength(1);
  });
});
