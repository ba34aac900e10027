import { describe, expect, it } from "vitest";
import { locatedTarget, stackOrDescription } from "../../../src/cli/located-target.ts";
import { program } from "./stacks-program.ts";

describe("a command that names a stack", () => {
  it("is about the project and the engine in the stack's state", async () => {
    const { context, written, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["prod"], "no others");
    expect(options).toMatchObject({ project: "lago-billing", dockerContext: "prod-host" });
    expect(words).toEqual([]);
    expect(written.notes).toEqual([]);
  });

  it("has the services behind the stack", async () => {
    const { context, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["prod", "db"], "services");
    expect([options.project, words]).toEqual(["lago-billing", ["db"]]);
  });

  it("keeps its services where the first is no stack, and names the selected stack", async () => {
    const { context, written, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["db"], "services");
    expect([options.project, words]).toEqual(["lago-dev", ["db"]]);
    expect(written.notes).toEqual(["Stack dev (selected)"]);
  });

  it("has nothing but services where --stack names the stack", async () => {
    const { context, named } = program();
    const onProd = named({ stack: "prod" });
    const { options, words } = await locatedTarget(context, onProd, ["prod"], "services");
    expect([options.project, words]).toEqual(["lago-billing", ["prod"]]);
  });

  it("is refused where a word means a stack and a service of Lago", async () => {
    const { context, cwd } = program();
    await expect(locatedTarget(context, { cwd }, ["api"], "services")).rejects.toThrow(
      "api is both a stack and a service of Lago.",
    );
  });

  it("is refused for a stack that does not exist", async () => {
    const { context, cwd } = program();
    await expect(locatedTarget(context, { cwd }, ["prdo"], "no others")).rejects.toMatchObject({
      kind: "StackNotFound",
      message: expect.stringContaining("Did you mean prod?"),
    });
  });

  it("is refused where it names the deployment twice", async () => {
    const { context, calls, cwd } = program();
    const twice = "names the deployment already";
    const project = { cwd, project: "lago-x" };
    await expect(locatedTarget(context, project, ["prod"], "no others")).rejects.toThrow(twice);
    const both = { ...project, stack: "prod" };
    await expect(locatedTarget(context, both, [], "services")).rejects.toThrow(twice);
    await expect(stackOrDescription(context, project, "prod")).rejects.toThrow(twice);
    const stacks = { cwd, stack: "prod" };
    await expect(stackOrDescription(context, stacks, "dev")).rejects.toThrow(twice);
    expect(calls()).toEqual([]);
  });
});

describe("a command that names a project", () => {
  it("asks no Pulumi", async () => {
    const { context, calls, cwd } = program();
    const named = { cwd, project: "lago-x" };
    expect(await locatedTarget(context, named, ["db"], "services")).toEqual({
      options: named,
      words: ["db"],
    });
    expect(await stackOrDescription(context, named, undefined)).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it("is asked for where options describe a deployment", async () => {
    const { context, cwd } = program();
    const options = { cwd, envFile: ".env", apiPort: 3000 };
    await expect(stackOrDescription(context, options, undefined)).rejects.toThrow(
      "--env-file and --api-port describe a deployment without a stack",
    );
  });
});
