/** Writes `docs/faults.md` from reports. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../testing/folders.ts";
import { renderFaults } from "./report/markdown.ts";
import { mergeReports } from "./report/merge.ts";
import { reportSchema } from "./report/result.ts";
import { benchFailures } from "./report/verdict.ts";

const TARGET = join(ROOT, "docs/faults.md");

/**
 * Writes the document. Of several reports of one subject, later ones override earlier ones case by
 * case.
 *
 * @returns a line about the result
 * @throws Error when a case failed because of the trial itself
 */
export function writeFaults(files: readonly string[]): string {
  const reports = mergeReports(
    files.map((file) => reportSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
  );
  const failed = reports.flatMap(({ title, cases }) =>
    benchFailures(cases).map((line) => `${title}: ${line}`),
  );
  if (failed.length > 0) {
    throw new Error(`${failed.join("\n")}\nRun these cases again, and name that file too.`);
  }
  writeFileSync(TARGET, renderFaults(reports));
  return `${TARGET}, from ${reports.map(({ title }) => title).join(", ")}`;
}
