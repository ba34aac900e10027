/** Writes `docs/benchmark.md` from reports. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../testing/folders.ts";
import { renderBenchmark } from "./report/markdown.ts";
import { mergeReports } from "./report/merge.ts";
import { unexplained, unexplainedText } from "./report/remarks.ts";
import { reportSchema } from "./report/result.ts";
import { SUITES } from "./suites.ts";

const TARGET = join(ROOT, "docs/benchmark.md");

/**
 * Writes the document. For a suite in several reports the last one counts.
 *
 * @returns a line about the result
 * @throws Error when a goal is missed without a remark
 */
export function writeBenchmark(files: readonly string[]): string {
  const merged = mergeReports(
    files.map((file) => reportSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
    SUITES.map(({ id }) => id),
  );
  const missed = unexplained(merged);
  if (missed.length > 0) {
    throw new Error(unexplainedText(missed));
  }
  writeFileSync(TARGET, renderBenchmark(merged));
  return `${TARGET}, from ${merged.suites.map(({ id }) => id).join(", ")}`;
}
