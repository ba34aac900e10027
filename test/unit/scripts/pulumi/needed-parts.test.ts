import { describe, expect, it } from "vitest";
import { neededParts } from "../../../../scripts/pulumi/needed-parts.ts";

describe("the parts that a command needs", () => {
  it.each([
    ["", []],
    ["--help", []],
    ["status --help", []],
    ["lint lago", []],
    ["status", ["pulumi"]],
    ["logs -f api", ["pulumi"]],
    ["status --project lago-prod", []],
    ["-p lago-prod status", []],
    ["up --path=lago", []],
    ["keys export prod --project lago-a", ["pulumi"]],
    ["exec api -- tool --project x", ["pulumi"]],
    ["plan prod", ["pulumi", "plugin"]],
    ["pipeline deploy --stack prod", ["pulumi", "plugin"]],
    ["doctor", ["pulumi"]],
    ["--json status", ["pulumi"]],
    ["--cwd some/folder --yes up prod", ["pulumi", "plugin", "docker", "images"]],
    ["-s dev plan", ["pulumi", "plugin"]],
    ["up prod", ["pulumi", "plugin", "docker", "images"]],
    ["up --yes", ["pulumi", "plugin", "docker", "images"]],
    ["destroy prod", ["pulumi", "plugin", "docker"]],
  ])("of `%s` are %j", (line, parts) => {
    expect(neededParts(line.split(" ").filter(Boolean))).toEqual(parts);
  });
});
