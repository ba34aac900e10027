import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findSshd, sshdFolder, sshdMark } from "../../../../testing/tools/sshd-paths.ts";

it("takes the system's server, or else one that was unpacked to its end", () => {
  const tools = mkdtempSync(join(tmpdir(), "zbl-test-sshd-"));
  onTestFinished(() => rmSync(tools, { recursive: true }));
  const installed = join(tools, "installed");
  expect(findSshd(tools, [installed])).toBeUndefined();
  mkdirSync(sshdFolder(tools));
  expect(findSshd(tools, [installed])).toBeUndefined();
  writeFileSync(sshdMark(tools), "");
  expect(findSshd(tools, [installed])).toEqual({
    program: join(sshdFolder(tools), "usr/sbin/sshd"),
    tree: sshdFolder(tools),
  });
  writeFileSync(installed, "");
  expect(findSshd(tools, [installed])).toEqual({ program: installed, tree: undefined });
});
