/** Services and docker itself may write without end: memory, outputs and time are bounded all the same. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../../../../testing/cli.ts";
import type { Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SECRETS, SMALL } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const MAX_RSS_KIB = 150 * 1000;
/** V8 lets objects that live for a moment take 170 MB while very many are made, and never more. */
const MAX_FOLLOWING_RSS_KIB = 320 * 1000;
const MEGABYTE = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), "zbl-test-memory-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RECORDER = pathToFileURL(join(import.meta.dirname, "../../../support/peak-memory.mjs")).href;

/** Runs the command line and tells the most memory that it took. */
async function measured(args: readonly string[]) {
  const file = join(folder, `${Math.random()}`);
  const env = { NODE_OPTIONS: `--import=${RECORDER}`, ZBL_TEST_PEAK_FILE: file };
  const result = await runCli(host, args, { env, captureBytes: 32 * MEGABYTE });
  return { ...result, peakKiB: Number(readFileSync(file, "utf8")) };
}

const LINE_OF_1_MB = `api-1  | ${"x".repeat(MEGABYTE - 10)}\n`;
const SHORT_LINES = "api-1  | a\n".repeat(100_000);
const TITLES = `api-1  | ${"\u001b]x".repeat(MEGABYTE / 3)}\n`;

describe("logs", () => {
  it.each<[string, Script]>([
    ["a thousand lines of 1 MB", { logs: { stdout: LINE_OF_1_MB, times: 1_000 } }],
    ["one line of 10 MB that nothing ends", { logs: { stdout: "x".repeat(10 * MEGABYTE) } }],
    ["10 million short lines", { logs: { stdout: SHORT_LINES, times: 100 } }],
    ["terminal sequences that nothing ends", { logs: { stdout: TITLES, times: 100 } }],
    ["100 MB on standard error", { logs: { stderr: "x".repeat(MEGABYTE), times: 100 } }],
  ])("of %s take little memory and are cut", async (_, script) => {
    const { name } = project({
      "container ls": { stdout: "api-id\n" },
      "container inspect": {
        stdout: `${JSON.stringify([`SECRET_KEY_BASE=${SECRETS.secretKeyBase}`])}\n`,
      },
      ...script,
    });
    const startedAt = performance.now();
    const { exitCode, stdout, peakKiB } = await measured(["logs", "-p", name]);
    expect(exitCode).toBe(0);
    expect(peakKiB).toBeGreaterThan(20_000);
    expect(peakKiB).toBeLessThan(MAX_RSS_KIB);
    expect(stdout.length).toBeLessThan(5 * MEGABYTE);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe("logs --follow", () => {
  it.each<[string, Script]>([
    ["a hundred lines of 1 MB", { logs: { stdout: LINE_OF_1_MB, times: 100 } }],
    ["10 million short lines", { logs: { stdout: SHORT_LINES, times: 100 } }],
    ["terminal sequences that nothing ends", { logs: { stdout: TITLES, times: 100 } }],
    ["100 MB on standard error", { logs: { stderr: "x".repeat(MEGABYTE), times: 100 } }],
  ])("of %s take little memory, and no more for more", async (_, script) => {
    const { name } = project({
      "events --format": { hang: true },
      "container ls": { stdout: "api-id\n" },
      "container inspect": {
        stdout: `${JSON.stringify([`SECRET_KEY_BASE=${SECRETS.secretKeyBase}`])}\n`,
      },
      ...script,
    });
    const startedAt = performance.now();
    const { exitCode, peakKiB } = await measured(["logs", "-p", name, "--follow"]);
    expect(exitCode).toBe(0);
    expect(peakKiB).toBeGreaterThan(20_000);
    expect(peakKiB).toBeLessThan(MAX_FOLLOWING_RSS_KIB);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe("a failure", () => {
  it.each<[string, Script]>([
    [
      "100 MB on standard error",
      { down: { exitCode: 1, stderr: "x\n".repeat(500_000), times: 100 } },
    ],
    ["one line of 10 MB", { down: { exitCode: 1, stderr: "x".repeat(10 * MEGABYTE) } }],
    ["100 MB on both", { down: { exitCode: 1, stderr: LINE_OF_1_MB, stdout: TITLES, times: 50 } }],
  ])("with %s is 8 KiB at most and takes little memory", async (_, script) => {
    const { name } = project({ "container ls": { stdout: "api-id\n" }, ...script });
    const { exitCode, stdout, stderr, peakKiB } = await measured(["down", "-p", name, "--json"]);
    expect(exitCode).toBe(31);
    expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(8 * 1024);
    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(16 * 1024);
    expect(peakKiB).toBeLessThan(MAX_RSS_KIB);
  });

  it("comes at the deadline although docker goes on writing", async () => {
    useFakeDocker({ ...SMALL, up: { stderr: LINE_OF_1_MB, stdout: SHORT_LINES, times: 1e9 } });
    const startedAt = performance.now();
    const error = await errorOf(deploymentOf().start({ timeoutMs: 2_000 }));
    expect(error.kind).toBe("DeadlineExceeded");
    expect(Buffer.byteLength(error.message)).toBeLessThanOrEqual(8 * 1024);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
