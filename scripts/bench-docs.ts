/** `npm run bench:docs -- FILE`: writes `docs/benchmark.md` from the report of `npm run bench`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderBenchmark } from "../bench/report/markdown.ts";
import { reportSchema } from "../bench/report/result.ts";
import { runScript } from "./entry.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "./setup/failure.ts";

await runScript(async ({ root, report }) => {
  const [file, ...others] = process.argv.slice(2);
  if (file === undefined || others.length > 0) {
    throw new SetupFailure(
      "Which report? Make one with `npm run bench -- --json FILE`, and name the file.",
      { exitCode: USAGE_EXIT_CODE },
    );
  }
  const target = join(root, "docs", "benchmark.md");
  writeFileSync(
    target,
    renderBenchmark(reportSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
  );
  report.ok(target);
  return 0;
});
