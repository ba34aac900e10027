import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import {
  ANSIBLE_REQUIREMENTS,
  ansibleMark,
  ansibleProgram,
  isAnsibleInstalled,
} from "../../../../testing/tools/ansible-paths.ts";
import { SHELLCHECK_REQUIREMENTS } from "../../../../testing/tools/shellcheck.ts";

const requirements = readFileSync(ANSIBLE_REQUIREMENTS, "utf8");

it.each([ANSIBLE_REQUIREMENTS, SHELLCHECK_REQUIREMENTS])("pins each package: %s", (file) => {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).not.toEqual([]);
  for (const line of lines) {
    expect(line).toMatch(/^[\w.-]+==\d[\w.]*$/);
  }
});

it("takes for installed only what is whole and of the pinned versions", () => {
  const tools = mkdtempSync(join(tmpdir(), "zbl-test-ansible-"));
  onTestFinished(() => rmSync(tools, { recursive: true }));
  expect(isAnsibleInstalled(tools)).toBe(false);
  const python = ansibleProgram(tools, "python3");
  mkdirSync(dirname(python), { recursive: true });
  writeFileSync(python, "");
  expect(isAnsibleInstalled(tools)).toBe(false);
  writeFileSync(ansibleMark(tools), requirements);
  expect(isAnsibleInstalled(tools)).toBe(true);
  writeFileSync(ansibleMark(tools), requirements.replace(/==\d+/, "==1"));
  expect(isAnsibleInstalled(tools)).toBe(false);
  writeFileSync(ansibleMark(tools), requirements);
  rmSync(python);
  expect(isAnsibleInstalled(tools)).toBe(false);
});
