/**
 * `npm run bench:docs -- FILE…`: writes `docs/benchmark.md` from the reports of `npm run bench`. A
 * suite that is in several reports is the one of the last of them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderBenchmark } from "../bench/report/markdown.ts";
import { mergeReports } from "../bench/report/merge.ts";
import { unexplained } from "../bench/report/remarks.ts";
import { reportSchema } from "../bench/report/result.ts";
import { SUITES } from "../bench/suites.ts";
import { runScript } from "./entry.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "./setup/failure.ts";

await runScript(async ({ root, report }) => {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    throw new SetupFailure(
      "Which reports? Make one with `npm run bench -- --json FILE`, and name the file.",
      { exitCode: USAGE_EXIT_CODE },
    );
  }
  const merged = mergeReports(
    files.map((file) => reportSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
    SUITES.map(({ id }) => id),
  );
  const missing = unexplained(merged);
  if (missing.length > 0) {
    throw new SetupFailure(
      `Missed, with no remark on it: ${missing.join(", ")}. Say in bench/report/remarks.ts what bounds each of them and what was tried.`,
    );
  }
  const target = join(root, "docs", "benchmark.md");
  writeFileSync(target, renderBenchmark(merged));
  report.ok(`${target}, from ${merged.suites.map(({ id }) => id).join(", ")}`);
  return 0;
});
