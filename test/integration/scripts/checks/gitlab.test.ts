/** GitLab's template against GitLab's published schema, and that a fault in it would be noticed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { checkGitLab } from "../../../../scripts/checks/gitlab.ts";
import { listeningContext } from "../../../support/setup-context.ts";

const TEMPLATE = join(
  ...[import.meta.dirname, "..", "..", "..", "..", "pipelines", "gitlab", ".gitlab-ci.yml"],
);

it("passes", async () => {
  const { context, said } = listeningContext();
  expect(await checkGitLab(context), said()).toEqual({ passed: 1, failed: 0, skipped: 0 });
});

it.each([
  ["a key that there is not", "  stage: drift\n", "  stage: drift\n  stages: 1\n", "'stages'"],
  ["a value of another kind", "interruptible: false", "interruptible: never", "interruptible"],
  ["a need of no job", "needs: [deploy-dev]", "needs: [deploy-nowhere]", "deploy-nowhere"],
  ["no template to extend", "extends: .preview", "extends: .previews", ".previews"],
])("does not pass with %s", async (_, from, to, named) => {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-gitlab-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const text = readFileSync(TEMPLATE, "utf8");
  expect(text).toContain(from);
  const broken = join(folder, "broken.yml");
  writeFileSync(broken, text.replace(from, to));
  const { context, said } = listeningContext();
  expect(await checkGitLab(context, broken)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(said()).toContain(named);
});
