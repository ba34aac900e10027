/** The end-to-end tests that there are, as vitest lists them, and what their sources say. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { mustSucceed } from "../setup/command.ts";
import type { SetupContext } from "../setup/context.ts";
import { subjectOf, type TestFile } from "./tests.ts";

const DEADLINE_MS = 120_000;
const FOLDER = join("test", "e2e");

/** What a file needs that comes to use one of these, by however many steps. */
const NEEDS = [
  ["test/e2e/support/docker.ts", "Docker"],
  ["test/support/pulumi.ts", "Pulumi"],
  ["test/e2e/support/remote-host/host.ts", "sshd"],
  ["test/e2e/support/s3-server.ts", "an S3-compatible server"],
] as const;

const listSchema = z.array(z.object({ name: z.string(), file: z.string() }));

/**
 * Lists them without running any.
 *
 * @throws SetupFailure when one of the files cannot be read
 */
export async function listTests(context: SetupContext): Promise<TestFile[]> {
  const { root } = context;
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  // Parsed alone, they would lack the cases of tables, whose titles are made while they are read.
  const args = [vitest, "list", "--project", "e2e", "--json", "--no-static-parse"];
  const { stdout } = await mustSucceed(
    context,
    { program: process.execPath, args, cwd: root, timeoutMs: DEADLINE_MS },
    "Listing the end-to-end tests",
    "Correct what it says and run the same command again.",
  );
  const listed = listSchema.parse(JSON.parse(stdout));
  return [...Map.groupBy(listed, ({ file }) => file)].map(([file, cases]) => ({
    path: relative(join(root, FOLDER), file),
    subject: subjectOf(readFileSync(file, "utf8")),
    needs: needsOf(root, file),
    cases: cases.map(({ name }) => name.split(" > ")),
  }));
}

function needsOf(root: string, file: string): string[] {
  const folders = ["src", "scripts"].map((name) => join(root, name));
  const [used, own] = [new Set<string>(), new Set<string>()];
  addImports(file, folders, used);
  // The worlds of the fault cases are of both kinds, with an engine and with a modelled one.
  addImports(file, [...folders, join(root, "faults")], own);
  const needed = NEEDS.filter(([path, need]) =>
    (need === "Docker" ? own : used).has(join(root, path)),
  );
  return needed.map(([, need]) => need);
}

/** Adds a file and all that it imports by a path, but for what is below one of the folders. */
function addImports(file: string, without: readonly string[], found: Set<string>): void {
  if (found.has(file) || without.some((one) => file.startsWith(one)) || !existsSync(file)) {
    return;
  }
  found.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/ from "(\.{1,2}\/[^"]+)"/g)) {
    addImports(resolve(dirname(file), path), without, found);
  }
}
