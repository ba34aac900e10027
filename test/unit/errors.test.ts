import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { EXIT_CODES, exitCodeOf } from "../../src/cli/exit-codes.ts";
import { errorText } from "../../src/cli/output/output.ts";
import { DEPLOY_ERROR_KINDS, DeployError, invalidConfig } from "../../src/errors.ts";

/** The same module a second time, as two copies of the package in one program have it. */
async function secondCopy(): Promise<typeof import("../../src/errors.ts")> {
  const path = "../../src/errors.ts?second-copy";
  return await import(/* @vite-ignore */ path);
}

describe("DeployError", () => {
  it("carries its kind and what belongs to it", () => {
    const cause = new Error("cause");
    const details = { cause, exitCode: 3, stderr: "text", service: "api", image: "x:1" };
    const error = new DeployError("CommandFailed", "message", details);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ kind: "CommandFailed", message: "message", ...details });
    expect(error.issues).toEqual([]);
  });

  it("is 8 KiB at most with its kind, and keeps all of its issues", () => {
    const issues = Array.from({ length: 500 }, (_, n) => ({
      field: `field${n}`,
      message: "wrong",
    }));
    const error = invalidConfig(issues);
    expect(Buffer.byteLength(errorText(error))).toBeLessThanOrEqual(8 * 1024);
    expect(error.message).toMatch(/^500 settings are not valid:\n {2}field0: wrong\n/);
    expect(error.message).toMatch(/\n\[\d+ bytes left out\]\n.*\n {2}field499: wrong$/s);
    expect(error.issues).toHaveLength(500);
  });

  it("shows nothing that a terminal takes for a command", () => {
    const listener = "nginx\u001b]0;title\u0007\u202e (process 812)";
    const error = new DeployError("PortTaken", `port 80 is held by\n\t${listener}\r`);
    expect(error.message).toBe("port 80 is held by\n\tnginx (process 812)");
  });

  it("has no cause of its own making", () => {
    expect("cause" in new DeployError("ParseError", "message")).toBe(false);
  });

  it("is called by its name, which is no field of each one", () => {
    const error = new DeployError("ParseError", "message");
    expect(error.name).toBe("DeployError");
    expect(String(error)).toBe("DeployError: message");
    expect(Object.keys(error)).not.toContain("name");
    expect(inspect(error)).toContain("DeployError: message");
  });

  it("shows a person who did not catch it only the fields that it has", () => {
    const bare = inspect(new DeployError("Locked", "message"));
    expect(bare).toContain("kind: 'Locked'");
    expect(bare).not.toMatch(/undefined|exitCode|stderr|service|image|issues/);
    const one = new DeployError("NotReady", "message", { service: "api" });
    expect(one).toMatchObject({ service: "api", image: undefined, issues: [] });
    expect(inspect(one)).toContain("service: 'api'");
    const issues = [{ field: "ports.api", message: "too big" }];
    expect(inspect(new DeployError("InvalidConfig", "message", { issues }))).toContain("ports.api");
  });

  it("is told from other values", () => {
    expect(DeployError.isDeployError(new DeployError("Canceled", ""))).toBe(true);
    for (const value of [new Error("x"), { kind: "Canceled" }, null, undefined, "x", 3]) {
      expect(DeployError.isDeployError(value)).toBe(false);
    }
  });

  it("is known to another copy of the package", async () => {
    const copy = await secondCopy();
    expect(copy.DeployError).not.toBe(DeployError);
    const foreign: unknown = new copy.DeployError("NotReady", "message");
    expect(foreign).not.toBeInstanceOf(DeployError);
    expect(DeployError.isDeployError(foreign)).toBe(true);
    expect(exitCodeOf(foreign)).toBe(EXIT_CODES.NotReady);
  });
});

it("puts all faults of the settings into one error", () => {
  const issues = [
    { field: "apiUrl", message: "expected a URL" },
    { field: "ports.api", message: "too big" },
  ];
  expect(invalidConfig(issues)).toMatchObject({
    kind: "InvalidConfig",
    issues,
    message: "2 settings are not valid:\n  apiUrl: expected a URL\n  ports.api: too big",
  });
});

describe("exit codes", () => {
  it("exist for every kind and all differ, from those of success, faults and usage too", () => {
    const codes = DEPLOY_ERROR_KINDS.map((kind) => EXIT_CODES[kind]);
    expect(Object.keys(EXIT_CODES).sort()).toEqual([...DEPLOY_ERROR_KINDS].sort());
    expect(new Set([0, 1, 2, ...codes]).size).toBe(codes.length + 3);
    expect(codes.every((code) => Number.isInteger(code) && code > 0 && code < 256)).toBe(true);
  });

  it.each(DEPLOY_ERROR_KINDS)("tell %s", (kind) => {
    expect(exitCodeOf(new DeployError(kind, ""))).toBe(EXIT_CODES[kind]);
  });

  it("are 1 for what nobody expected", () => {
    expect(exitCodeOf(new Error("x"))).toBe(1);
    expect(exitCodeOf(undefined)).toBe(1);
  });

  it("are 130 for what was canceled, as for a shell's Ctrl-C", () => {
    expect(EXIT_CODES.Canceled).toBe(130);
  });
});
