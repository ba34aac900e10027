import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../../../scripts/pulumi/stack-of-pulumi.ts";

describe("a command line for Pulumi", () => {
  it.each([
    "up",
    "preview --diff",
    "config set version v1.51.0",
    "stack output apiUrl",
    "stack",
    "destroy --yes",
    "--color never refresh",
  ])("is about the selected stack: %s", (line) => {
    expect(readCommandLine(line.split(" ")).isAboutSelected).toBe(true);
  });

  it.each([
    "up --stack prod",
    "up -s prod",
    "config --stack=prod set a b",
    "stack ls",
    "stack select prod",
    "stack init prod",
    "login",
    "version",
    "plugin ls",
    "up --help",
    "",
  ])("names its stack, or needs none: %s", (line) => {
    expect(readCommandLine(line.split(" ")).isAboutSelected).toBe(false);
  });

  it("tells the folder of the program", () => {
    const at = (line: string) => readCommandLine(line.split(" ")).folder;
    expect(at("--cwd examples/reverse-proxy up")).toBe("examples/reverse-proxy");
    expect(at("up -C=examples/reverse-proxy")).toBe("examples/reverse-proxy");
    expect(at("up")).toBeUndefined();
  });
});
