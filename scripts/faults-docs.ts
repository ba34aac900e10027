/**
 * `npm run faults:docs -- FILE…`: writes `docs/faults.md` from the reports of `npm run faults`. Of
 * several reports of one subject, later ones correct earlier ones case by case.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderFaults } from "../faults/report/markdown.ts";
import { mergeReports } from "../faults/report/merge.ts";
import { reportSchema } from "../faults/report/result.ts";
import { benchFailures } from "../faults/report/verdict.ts";
import { runScript } from "./entry.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "./setup/failure.ts";

await runScript(async ({ root, report }) => {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    throw new SetupFailure(
      "Which reports? Make one a subject with `npm run faults -- --against SUBJECT --json FILE`, and name the files.",
      { exitCode: USAGE_EXIT_CODE },
    );
  }
  const reports = mergeReports(
    files.map((file) => reportSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
  );
  const failed = reports.flatMap(({ title, cases }) =>
    benchFailures(cases).map((line) => `${title}: ${line}`),
  );
  if (failed.length > 0) {
    throw new SetupFailure(`${failed.join("\n")}\nRun these cases again, and name that file too.`);
  }
  const target = join(root, "docs", "faults.md");
  writeFileSync(target, renderFaults(reports));
  report.ok(`${target}, from ${reports.map(({ title }) => title).join(", ")}`);
  return 0;
});
