import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { main } from "../../../../src/cli/main.ts";
import { DEPLOY_ERROR_KINDS } from "../../../../src/errors.ts";
import { runCli } from "../../../../testing/cli.ts";
import { createFakeHost } from "../../../../testing/scripted-docker/fake-docker.ts";

const COMMANDS = [
  "up",
  "down",
  "pull",
  "restart",
  "stop",
  "start",
  "status",
  "logs",
  "keys",
  "doctor",
  "exec",
  "rails",
  "events",
  "open",
  "config",
  "init",
  "complete",
  "lint",
  "plan",
  "drift",
  "pipeline",
];

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command line in this process and returns what it writes. */
async function call(...args: string[]) {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  await main(args);
  return { ...written, exitCode: process.exitCode };
}

describe("wrong usage", () => {
  it.each([
    [["up", "--nonsense"], "unknown option '--nonsense'", "./zbl up --help"],
    [["logs", "--tial"], "unknown option '--tial'. Did you mean --tail?", "./zbl logs --help"],
    [["upp"], "unknown command 'upp'. Did you mean up?", "./zbl --help"],
    [["stauts"], "unknown command 'stauts'. Did you mean status?", "./zbl --help"],
    [["keys", "exprt"], "unknown command 'exprt'. Did you mean export?", "./zbl keys --help"],
    [["logs", "--tail", "many"], "expected a whole number", "./zbl logs --help"],
    [["logs", "--tail", "-1"], "expected a whole number", "./zbl logs --help"],
    [["up", "--api-port", "80.5"], "expected a whole number", "./zbl up --help"],
    [["up", "--front-port", "free"], "expected a whole number", "./zbl up --help"],
    [["down", "--lock-timeout", "-1"], "expected a whole number", "./zbl down --help"],
    [["up", "--pull-policy", "sometimes"], "missing, always, never", "./zbl up --help"],
    [["up", "--project"], "argument missing", "./zbl up --help"],
    [["status", "a", "b"], "too many arguments", "./zbl status --help"],
    [["-p", "lago-dev", "doctor"], "'doctor' has no option '--project'", "./zbl doctor --help"],
  ])("%j: exit code 2, why, and where to read on, in one line", async (args, why, help) => {
    const { exitCode, stderr, stdout } = await call(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(why);
    expect(stderr).toContain(`\`${help}\``);
    expect(stderr).toMatch(/^error: .*\n$/);
  });

  it.each([
    [["stauts", "--json"], "unknown command 'stauts'. Did you mean status?"],
    [["--json", "stauts"], "unknown command 'stauts'. Did you mean status?"],
    [["logs", "--json", "--tial"], "unknown option '--tial'. Did you mean --tail?"],
    [["--json"], "no command is given"],
    [["status", "prod", "-p", "lago-prod", "--json"], "prod names a stack"],
  ])("%j is JSON as other errors are", async (args, why) => {
    const { exitCode, stdout } = await call(...args);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { kind: "Usage", message: expect.stringContaining(why) },
    });
  });

  it("is no JSON where --json belongs to another program", async () => {
    expect((await call("exec", "--", "api", "curl", "--json")).stdout).toBe("");
  });

  it("is the help where no command is given", async () => {
    for (const args of [[], ["keys"]]) {
      const { exitCode, stderr, stdout } = await call(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toMatch(/^Usage: zbl/);
    }
  });

  it("is the exit code of the process", async () => {
    const host = createFakeHost();
    const { exitCode } = await runCli(host, ["up", "--nonsense"]);
    host.dispose();
    expect(exitCode).toBe(2);
  });
});

describe("--help", () => {
  it("tells every command, in groups, on a terminal of 50 lines", async () => {
    const { exitCode, stdout } = await call("--help");
    expect(exitCode).toBe(0);
    for (const command of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b.*\\s\\S`, "m"));
    }
    expect(stdout.match(/^\S.*:$/gm)).toEqual([
      ...["Options:", "Deploy:", "Look, and work in it:"],
      ...["Stacks and settings:", "Pipelines and machines:"],
    ]);
    const lines = stdout.trimEnd().split("\n");
    // One line of 50 is the prompt's.
    expect(lines.length).toBeLessThan(50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([["help", "exit-codes"], ["exit-codes"], ["exit-codes", "--help"]])(
    "tells every exit code: %s %s",
    async (...args) => {
      const { exitCode = 0, stdout } = await call(...args.filter(Boolean));
      expect(exitCode).toBe(0);
      for (const kind of DEPLOY_ERROR_KINDS) {
        expect(stdout).toMatch(new RegExp(`^  ${EXIT_CODES[kind]}\\s+${kind}$`, "m"));
      }
      expect(stdout).toMatch(/^ {2}2 +wrong usage/m);
    },
  );

  it.each(COMMANDS)("of %s tells its options", async (command) => {
    const { exitCode, stdout } = await call(command, "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: zbl ${command}\\b`));
    expect(stdout).toContain("--help");
  });

  it("of up says where settings come from", async () => {
    const { stdout } = await call("up", "--help");
    expect(stdout).toContain("Settings come from the environment");
  });
});

it("tells its release", async () => {
  const file = new URL("../../../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  for (const option of ["--version", "-v", "-V", "version"]) {
    const { exitCode = 0, ...written } = await call(option);
    expect({ exitCode, ...written }).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  }
});

it("leaves nothing behind for the program that calls it twice", async () => {
  const listeners = () => [
    process.listenerCount("SIGINT"),
    process.listenerCount("SIGTERM"),
    process.stdout.listenerCount("error"),
    process.stderr.listenerCount("error"),
  ];
  await call("--help");
  const before = listeners();
  await call("--help");
  expect(listeners()).toEqual(before);
});
