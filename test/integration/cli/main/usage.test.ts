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
    [["up", "--nonsense"], "unknown option '--nonsense'"],
    [["upp"], "unknown command 'upp'"],
    [["logs", "--tail", "many"], "expected a whole number"],
    [["logs", "--tail", "-1"], "expected a whole number"],
    [["up", "--api-port", "80.5"], "expected a whole number"],
    [["up", "--front-port", "free"], "expected a whole number"],
    [["down", "--lock-timeout", "-1"], "expected a whole number"],
    [["up", "--pull-policy", "sometimes"], "missing, always, never"],
    [["up", "--project"], "argument missing"],
    [["status", "a", "b"], "too many arguments"],
    [[], "Usage: z-billing-lago"],
  ])("%j: exit code 2 and why", async (args, why) => {
    const { exitCode, stderr, stdout } = await call(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(why);
    expect(stderr).toContain("Usage: z-billing-lago");
  });

  it("is the exit code of the process", async () => {
    const host = createFakeHost();
    const { exitCode } = await runCli(host, ["up", "--nonsense"]);
    host.dispose();
    expect(exitCode).toBe(2);
  });
});

describe("--help", () => {
  it("tells every command and every exit code", async () => {
    const { exitCode, stdout } = await call("--help");
    expect(exitCode).toBe(0);
    for (const command of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b.*\\s\\S`, "m"));
    }
    for (const kind of DEPLOY_ERROR_KINDS) {
      expect(stdout).toMatch(new RegExp(`^  ${EXIT_CODES[kind]}\\s+${kind}$`, "m"));
    }
  });

  it.each(COMMANDS)("of %s tells its options", async (command) => {
    const { exitCode, stdout } = await call(command, "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: z-billing-lago ${command}`);
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
  for (const option of ["--version", "-V"]) {
    expect(await call(option)).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
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
