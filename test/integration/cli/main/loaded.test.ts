/**
 * What commands load before they do anything. Each module takes time, some packages a multiple of what
 * docker takes to answer: nobody waits for what a command does not need.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "../../../../testing/cli.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { useProjects } from "../projects.ts";

const { host, folder, project } = useProjects();

const RECORDER = join(import.meta.dirname, "..", "..", "..", "support", "record-modules.mjs");

const OWN = pathToFileURL(join(ROOT, "src/")).href;

/** Packages that nothing needs before docker is asked. */
const LATER = /^(zod|yaml|@pulumi|@inquirer|log-update|open|fastest-levenshtein)/;

let runs = 0;

/** What a command loads before its first process and after it: packages, and modules of our own. */
async function loadedBy(args: readonly string[]) {
  runs += 1;
  const file = join(folder, `loaded-${runs}`);
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(RECORDER)}`, ZBL_TEST_LOADED: file };
  const result = await runCli(host, args, { env });
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const first = lines.indexOf("process");
  const [before, after] = first === -1 ? [lines, []] : [lines.slice(0, first), lines.slice(first)];
  const packages = (urls: readonly string[]) => [
    ...new Set(urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [])),
  ];
  return {
    processes: lines.filter((line) => line === "process").length,
    before: packages(before),
    after: packages(after),
    own: before.flatMap((url) => (url.startsWith(OWN) ? [url.slice(OWN.length)] : [])),
  };
}

describe("what a command loads", { concurrent: true }, () => {
  it.each([["--help"], ["complete", "bash"], ["up", "--help"]])(
    "is the options of the commands and nothing else: %s %s",
    async (...args) => {
      const { before, own, processes } = await loadedBy(args.filter(Boolean));
      expect({ before, processes }).toEqual({ before: ["commander"], processes: 0 });
      expect(own.length).toBeGreaterThan(5);
      expect(
        own.filter((file) =>
          /^(compose|keys|lock|plan|lago\/catalogue)\/|^lago\/lago|^spec\/rules/.test(file),
        ),
      ).toEqual([]);
      expect(own.length).toBeLessThan(48);
    },
  );

  it("is for the status what starts docker; the rest is loaded while docker works, once", async () => {
    const { name } = project({ ps: { stdout: psLine("api") } });
    const { before, after, own, processes } = await loadedBy(["status", "-p", name]);
    expect(before).toEqual(expect.arrayContaining(["commander", "execa"]));
    expect(before.filter((name) => LATER.test(name))).toEqual([]);
    expect({ after, processes }).toEqual({ after: ["zod"], processes: 1 });
    expect(
      own.filter((file) => /^(catalogue|config\/lago|keys|lock\/project|plan)/.test(file)),
    ).toEqual([]);
    expect(own.length).toBeLessThan(90);
  });

  it("is for the logs no more than that before docker works", async () => {
    const { name } = project({ logs: { stdout: "api-1  | one\n" } });
    const { before } = await loadedBy(["logs", "-p", name]);
    expect(before).toContain("execa");
    expect(before.filter((name) => LATER.test(name))).toEqual([]);
  });
});
