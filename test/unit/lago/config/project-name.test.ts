import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  projectNameFault,
  projectNameOfFolder,
  requireProjectName,
} from "../../../../src/lago/config/project-name.ts";
import { anyText } from "../../../support/arbitraries.ts";

describe("a project name", () => {
  it.each(["a", "0", "lago-dev", "lago_dev", "lago-", "9lives"])("may be %j", (name) => {
    expect(projectNameFault(name)).toBeUndefined();
    expect(requireProjectName(name)).toBe(name);
  });

  it.each([
    "",
    "-lago",
    "_lago",
    "Lago",
    "lago dev",
    "lago.dev",
    "lágo",
    "lago\n",
    "a/b",
    "$x",
    "--help",
  ])("may not be %j", (name) => {
    expect(() => requireProjectName(name)).toThrow(
      expect.objectContaining({ kind: "InvalidProjectName" }),
    );
    expect(() => requireProjectName(name)).toThrow(`"${name}"`);
    expect(() => requireProjectName(name)).toThrow("lower-case letters");
  });
});

describe("the name of a folder's project", () => {
  it.each([
    ["lago", "lago"],
    ["Lago Billing", "lagobilling"],
    ["my.lago-1_x", "mylago-1_x"],
    ["--lago", "lago"],
    ["__x", "x"],
    ["é", "lago"],
    ["", "lago"],
  ])("%j is %j", (folder, name) => {
    expect(projectNameOfFolder(folder)).toBe(name);
  });

  it("is always a valid one", () => {
    fc.assert(
      fc.property(anyText(), (folder) => {
        expect(projectNameFault(projectNameOfFolder(folder))).toBeUndefined();
      }),
    );
  });
});
