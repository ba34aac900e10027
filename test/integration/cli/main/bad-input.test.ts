import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import { EVERY_FEATURE } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";
import { badInput, down, UP } from "./bad-input-cases.ts";

const { host, folder, project } = useProjects();

describe("bad input", { concurrent: true }, () => {
  it.each(badInput(folder))(
    "$what: exit code, kind and name",
    async ({ kind, args, names, script, env }) => {
      const { name } = project(script);
      const whole = [...args, "--project", name, "--json"];
      const result = await runCli(host, whole, env === undefined ? {} : { env });
      expect(result.exitCode).toBe(EXIT_CODES[kind]);
      expect(result.stderr).toMatch(new RegExp(`^error: ${kind}: `, "m"));
      expect(result.stderr).toContain(names);
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(JSON.parse(result.stdout)).toMatchObject({
        error: { kind, message: expect.stringContaining(names) },
      });
    },
  );

  it.each(["Bad Name", "-lago", "lago.dev", "../x"])("project name %j", async (name) => {
    const { exitCode, stderr } = await runCli(host, ["status", `--project=${name}`]);
    expect(exitCode).toBe(EXIT_CODES.InvalidProjectName);
    expect(stderr).toContain(`error: InvalidProjectName: `);
    expect(stderr).toContain(`"${name}"`);
  });

  it("no project at all, which is wrong usage", async () => {
    const { exitCode, stderr, stdout } = await runCli(host, ["status"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--project");
    expect(stdout).toBe("");
  });

  it("names each fault, for machines too", async () => {
    const { name } = project(EVERY_FEATURE);
    const { stdout } = await runCli(host, [...UP, "--json", "-p", name]);
    const { error } = JSON.parse(stdout) as { error: { issues: { field: string }[] } };
    expect(error.issues.map(({ field }) => field)).toEqual([
      "POSTGRES_PASSWORD",
      "SECRET_KEY_BASE",
    ]);
  });

  it.each(["{", "3", '{"projectName":"x","typo":1}'])(
    "a spec from a program that is none: %s",
    async (spec) => {
      const env = { Z_BILLING_LAGO_SPEC: spec };
      const { exitCode, stderr } = await runCli(host, ["up", "--json"], { env });
      expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
      expect(stderr).toContain("error: InvalidConfig: ");
    },
  );

  it("is told once where Pulumi shows both streams", async () => {
    const { name } = project({ ps: down("Cannot connect to the Docker daemon") });
    const env = { Z_BILLING_LAGO_SPEC: JSON.stringify({ projectName: name }) };
    const { exitCode, stdout, stderr } = await runCli(host, ["status", "--json"], { env });
    expect(exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(stdout).toBe("");
    expect(stderr).toContain("error: DaemonUnreachable: ");
  });
});
