/** A program with stacks, for tests of commands that name one. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { NamedTarget } from "../../../src/cli/named-target.ts";
import { testContext } from "../../support/command-context.ts";

const STACKS = [
  { name: "api", current: false },
  { name: "dev", current: true },
  { name: "prod", current: false },
];

/** A program's folder with a `pulumi` that knows three stacks, of which `prod` is deployed. */
export function program() {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-stacks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const spec = { projectName: "lago-billing", dockerContext: "prod-host" };
  const project = {
    type: "pulumi-nodejs:dynamic/lago:Project",
    id: "lago-billing",
    outputs: { spec },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), "name: z-billing-lago\nruntime: nodejs\n");
  writeFileSync(join(folder, "calls"), "");
  writeFileSync(join(folder, "ls"), JSON.stringify(STACKS));
  writeFileSync(join(folder, "prod"), JSON.stringify({ deployment: { resources: [project] } }));
  writeFileSync(join(folder, "dev"), JSON.stringify({ deployment: {} }));
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$*" >> ${folder}/calls\ncase "$*" in\n` +
      `"stack ls"*) cat ${folder}/ls ;;\n"stack export --stack prod"*) cat ${folder}/prod ;;\n` +
      `"stack export"*) cat ${folder}/dev ;;\nconfig*) echo '{}' ;;\n"stack select"*) ;;\n*) exit 1 ;;\nesac\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  const { context, written } = testContext({ environment: { PATH: folder } });
  const calls = () =>
    readFileSync(join(folder, "calls"), "utf8").trim().split("\n").filter(Boolean);
  const named = (more: NamedTarget = {}): NamedTarget => ({ cwd: folder, ...more });
  return { context, written, calls, cwd: folder, named };
}
