import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { withEnvFiles } from "../../../../src/compose/reading/service-env-files.ts";

it("reads a file that a variable names, as compose leaves it unfilled", () => {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-env-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "live.env"), "SECRET_KEY_BASE=abc\n");
  writeFileSync(join(folder, "prod.env"), "LAGO_LICENSE=def\n");
  const services = {
    api: { env_file: [{ path: `${folder}/\${STAGE:-prod}.env`, required: true }] },
  };
  const namesWith = (variables: Record<string, string>) =>
    withEnvFiles(services, ["api"], variables).names.get("api");
  expect(namesWith({ STAGE: "live" })).toEqual(["SECRET_KEY_BASE"]);
  expect(namesWith({})).toEqual(["LAGO_LICENSE"]);
});
