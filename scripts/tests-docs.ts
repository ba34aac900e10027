/** `npm run tests:docs`: writes `docs/tests.md`, the list of all cases of the end-to-end tests. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listTests } from "./docs/listed-tests.ts";
import { renderTests } from "./docs/tests.ts";
import { runScript } from "./entry.ts";

await runScript(async (context) => {
  const target = join(context.root, "docs", "tests.md");
  writeFileSync(target, renderTests(await listTests(context)));
  context.report.ok(target);
  return 0;
});
