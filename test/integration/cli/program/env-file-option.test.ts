/** Node has an option `--env-file` of its own, and looks for it behind the program's name too. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-env-file-option-"));
  const api = { image: "getlago/api:v1.50.0", environment: ["LAGO_SIDEKIQ_WEB"] };
  writeFileSync(join(folder, "compose.yaml"), JSON.stringify({ services: { api } }));
  writeFileSync(join(folder, "lago.env"), "LAGO_SIDEKIQ_WEB=true # all of it\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = ["run", "--silent", "cli", "--"];

describe.each([
  ["./zbl", join(ROOT, "zbl"), []],
  ["npm run cli --", "npm", npm],
  ["the package's own file", "/usr/bin/env", ["-S", "node", "--", join(ROOT, "src/cli/bin.ts")]],
] as const)("--env-file of %s", (_, program, before) => {
  const lint = (...option: string[]) =>
    run(program, [...before, "lint", folder, "--json", ...option], {
      cwd: ROOT,
      env: inheritedEnvironment(),
      timeoutMs: 25_000,
    });

  it.each([
    ["as two words", (file: string) => ["--env-file", file]],
    ["as one word", (file: string) => [`--env-file=${file}`]],
  ])("reaches the program, %s", async (_form, option) => {
    const [missing, found] = await Promise.all([
      lint(...option(join(folder, "missing.env"))),
      lint(...option(join(folder, "lago.env"))),
    ]);
    expect(missing.exitCode, missing.stderr).toBe(EXIT_CODES.PathNotFound);
    expect(JSON.parse(found.stdout)).toMatchObject({
      envFile: join(folder, "lago.env"),
      findings: expect.arrayContaining([
        expect.objectContaining({ id: "sidekiq-web", severity: "error" }),
      ]) as unknown,
    });
  });
});
