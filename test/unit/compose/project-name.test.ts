import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  defaultProjectName,
  nameInFiles,
  nameInFolder,
} from "../../../src/compose/project-name.ts";
import { projectNameOfFolder } from "../../../src/lago/config/project-name.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-name-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe("the name in compose files", () => {
  it.each([
    ["a name", "name: acme-billing\nservices: {}\n", "acme-billing"],
    ["a quoted one", 'name: "acme"\nservices: {}\n', "acme"],
    ["a number", "name: 42\nservices: {}\n", "42"],
    ["a default", "name: ${STACK:-acme}\nservices: {}\n", "acme"],
    ["a variable without a default", "name: ${STACK}\nservices: {}\n", undefined],
    ["an empty one", "name:\nservices: {}\n", undefined],
    ["none", "services: { name: { image: x } }\n", undefined],
    ["a file that is no YAML", "name: acme\n  services: [", undefined],
  ])("of %s", (_, text, name) => {
    const folder = folderWith({ "compose.yaml": text });
    expect(nameInFiles([join(folder, "compose.yaml")])).toBe(name);
    expect(nameInFolder(folder)).toBe(name);
  });

  it("is that of the last file that has one", () => {
    const folder = folderWith({
      "docker-compose.yml": "name: below\nservices: {}\n",
      "docker-compose.override.yml": "name: above\nservices: {}\n",
      "third.yml": "services: {}\n",
    });
    expect(nameInFolder(folder)).toBe("above");
    expect(nameInFolder(folder, ["docker-compose.yml", "third.yml"])).toBe("below");
  });

  it("is none for the bundled file, and for a folder without files", () => {
    expect(nameInFolder(undefined)).toBeUndefined();
    expect(nameInFolder("/zbl-test/missing")).toBeUndefined();
  });

  it("goes before the name of the folder", () => {
    const named = folderWith({ "compose.yaml": "name: acme\nservices: {}\n" });
    const unnamed = folderWith({ "compose.yaml": "services: {}\n" });
    expect(defaultProjectName(named)).toBe("acme");
    expect(defaultProjectName(unnamed)).toBe(projectNameOfFolder(basename(unnamed)));
  });
});
