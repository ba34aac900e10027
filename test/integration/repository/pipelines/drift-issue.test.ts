/** The steps of GitHub's drift workflow that keep an issue, run as the runner does, with a scripted `gh`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";

const FILE = join(ROOT, "pipelines/github/drift.yml");
const TITLE = "Lago drift: stack dev";
const LIST = `issue list --state open --search in:title "${TITLE}" --json number --jq .[0].number // empty`;

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
}

const { steps } = (parse(readFileSync(FILE, "utf8")) as { jobs: { drift: { steps: Step[] } } }).jobs
  .drift;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-"));
  const gh = '#!/bin/sh\necho "$*" >> "$CALLS"\nif [ "$2" = list ]; then echo "$FOUND"; fi\n';
  writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a step calls `gh` for, when there is an issue of that number, or none. */
async function callsOf(name: string, found: string): Promise<string[]> {
  const step = steps.find((one) => one.name === name);
  const calls = join(folder, "calls");
  const path = [folder, process.env.PATH ?? ""].join(delimiter);
  // As the runner starts the steps that name no shell.
  const result = await run("bash", ["-e", "-c", step?.run ?? "exit 9"], {
    cwd: folder,
    env: { PATH: path, TITLE, FOUND: found, CALLS: calls },
    timeoutMs: 10_000,
  });
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  return readFileSync(calls, "utf8").trimEnd().split("\n");
}

it.each([
  ["7", "issue edit 7 --body-file drift.md"],
  ["", `issue create --title ${TITLE} --body-file drift.md`],
])("a drift with issue %j is told by `gh %s`", async (found, call) => {
  expect(await callsOf("Open or update the issue", found)).toEqual([LIST, call]);
});

it("no drift any more closes the issue that is open, and is nothing to tell where there is none", async () => {
  expect(await callsOf("Close the issue", "7")).toEqual([
    LIST,
    "issue close 7 --comment It has not drifted any more.",
  ]);
  rmSync(join(folder, "calls"));
  expect(await callsOf("Close the issue", "")).toEqual([LIST]);
});

it("what is closed is never what has just been found", () => {
  const conditions = new Map(steps.map((step) => [step.name, step.if]));
  expect(conditions.get("Open or update the issue")).toMatch(/^failure\(\)/);
  expect(conditions.get("Close the issue")).toBe("success()");
});
