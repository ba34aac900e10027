import { closeSync, openSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type RunOptions, run } from "../../../src/process/run.ts";
import { anyText } from "../../support/arbitraries.ts";

const TIMEOUT_MS = 10_000;

/** Runs JavaScript in a process of its own. */
function runScript(script: string, options: Partial<RunOptions> = {}, args: string[] = []) {
  const whole = { env: {}, timeoutMs: TIMEOUT_MS, ...options };
  return run(process.execPath, ["-e", script, "--", ...args], whole);
}

const HOSTILE = [
  "",
  " ",
  "a  b",
  "$HOME ${HOME} $(id) `id`",
  `"double" 'single'`,
  "back\\slash\\",
  "* ? [a] {a,b} ~ #",
  "; rm -rf / && | > <",
  "{{ .State }} %s %n",
  "--flag=x",
  "-",
  "line\nbreak\r\n\ttab",
  "é ü 你好 \u{1f600} \u202e",
  "=",
];

afterEach(() => {
  vi.unstubAllEnvs();
});

it("tells the id of the process once it has started", async () => {
  const ids: number[] = [];
  const script = "process.stdout.write(String(process.pid))";
  const { stdout } = await runScript(script, { onStart: (pid) => ids.push(pid) });
  expect(ids.map(String)).toEqual([stdout]);
});

describe("arguments", () => {
  const echo = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";

  it("arrive verbatim, whatever a shell would make of them", async () => {
    const { stdout } = await runScript(echo, {}, HOSTILE);
    expect(JSON.parse(stdout)).toEqual(HOSTILE);
  });

  it("arrive verbatim for any text without a NUL character", async () => {
    const args = fc.sample(anyText(), { numRuns: 300, seed: 1 });
    const { stdout } = await runScript(echo, {}, args);
    expect(JSON.parse(stdout)).toEqual(args);
  });
});

describe("environment", () => {
  const echo = "process.stdout.write(JSON.stringify(process.env))";

  it("is what is given and nothing else", async () => {
    vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "correct horse");
    vi.stubEnv("COMPOSE_PROJECT_NAME", "other");
    const env = Object.fromEntries(HOSTILE.map((value, index) => [`VALUE_${index}`, value]));
    const { stdout } = await runScript(echo, { env });
    expect(JSON.parse(stdout)).toEqual(env);
  });

  it("is the one that the program is looked up in", async () => {
    const env = { PATH: "/nowhere" };
    const failure = run("sh", ["-c", "true"], { env, timeoutMs: TIMEOUT_MS });
    await expect(failure).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("descriptors", () => {
  it("arrive as 3 and so on where they are handed on, and no others do", async () => {
    const folders = [import.meta.dirname, "/", tmpdir()];
    const opened = folders.map((folder) => openSync(folder, "r"));
    const script = '[ /dev/fd/3 -ef "$1" ] && [ /dev/fd/4 -ef "$2" ] && ! [ -e /dev/fd/5 ]';
    const args = ["-c", script, "sh", import.meta.dirname, "/"];
    const options = { env: { PATH: process.env.PATH ?? "" }, timeoutMs: TIMEOUT_MS, stdin: "x" };
    expect(await run("sh", args, { ...options, inherit: opened.slice(0, 2) })).toMatchObject({
      exitCode: 0,
    });
    expect((await run("sh", ["-c", "! [ -e /dev/fd/3 ]"], options)).exitCode).toBe(0);
    for (const descriptor of opened) {
      closeSync(descriptor);
    }
  });
});

describe("standard input", () => {
  const echo = "process.stdin.pipe(process.stdout)";

  it("is the given text, verbatim", async () => {
    const stdin = HOSTILE.join("\n").repeat(1_000);
    const { stdout } = await runScript(echo, { stdin });
    expect(stdout).toBe(stdin);
  });

  it("is at its end when no text is given", async () => {
    const { exitCode, stdout } = await runScript(echo);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });

  it("may be left unread", async () => {
    const { exitCode } = await runScript("process.exit(3)", { stdin: "x".repeat(4_000_000) });
    expect(exitCode).toBe(3);
  });
});

describe("the end of a process", () => {
  it("is its exit code, with both outputs apart", async () => {
    const result = await runScript("console.log('out'); console.error('err'); process.exit(7)");
    expect(result).toMatchObject({ exitCode: 7, stdout: "out\n", stderr: "err\n" });
    expect(result.truncated).toBe(false);
    expect(result.durationMs).toBeGreaterThan(0);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL", "SIGABRT", "SIGSEGV"] as const)(
    "by %s is 128 and the signal's number, as a shell has it",
    async (signal) => {
      const env = { PATH: process.env.PATH ?? "" };
      const { exitCode } = await run("sh", ["-c", `ulimit -c 0; kill -${signal.slice(3)} $$`], {
        env,
        timeoutMs: TIMEOUT_MS,
      });
      expect(exitCode).toBe(128 + constants.signals[signal]);
    },
  );

  it("comes although its deadline is later than any timer can be set", async () => {
    const { exitCode } = await runScript("setTimeout(() => {}, 50)", { timeoutMs: Infinity });
    expect(exitCode).toBe(0);
  });
});
