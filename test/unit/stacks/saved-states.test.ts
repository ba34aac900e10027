import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createContext } from "../../../setup/context.ts";
import { findState, forgetStates } from "../../../src/stacks/saved-states.ts";

const deployed = (id: string) => [
  { type: "pulumi:pulumi:Stack" },
  { type: "pulumi-nodejs:dynamic/lago:Project", id },
];

describe("states of destroyed stacks", () => {
  const context = { ...createContext(new AbortController().signal), tools: "" };
  const save = async (name: string, resources: unknown[] | undefined) => {
    const file = join(context.tools, "destroyed", name);
    await writeFile(file, JSON.stringify({ version: 3, deployment: { resources } }));
    return file;
  };

  beforeEach(async () => {
    context.tools = await mkdtemp(join(tmpdir(), "zbl-test-tools-"));
    await mkdir(join(context.tools, "destroyed"));
  });
  afterEach(() => rm(context.tools, { recursive: true }));

  it("finds nothing where nothing was saved", async () => {
    expect(await findState(context, "dev")).toBeUndefined();
    await rm(join(context.tools, "destroyed"), { recursive: true });
    expect(await findState(context, "dev")).toBeUndefined();
  });

  it("finds the newest that held a deployment, of that stack alone", async () => {
    await save("dev:2026-01-01.json", deployed("lago-old"));
    const file = await save("dev:2026-02-01.json", deployed("lago-new"));
    await save("dev:2026-03-01.json", [{ type: "pulumi-nodejs:dynamic/lago:Keys", id: "k" }]);
    await save("dev:2026-04-01.json", undefined);
    await save("dev-2:2026-05-01.json", deployed("lago-dev-2"));
    expect(await findState(context, "dev")).toEqual({
      file,
      projectName: "lago-new",
      engine: {},
      isProtected: false,
    });
  });

  it("tells the name that a renamed project has now, its engine, and whether the stack is protected", async () => {
    const spec = { projectName: "lago-renamed", dockerContext: "far", version: "v1.50.0" };
    const outputs = { spec, generation: 2 };
    const project = deployed("lago-first").map((one) => ({ ...one, outputs, protect: true }));
    const file = await save("dev:2026-01-01.json", project);
    expect(await findState(context, "dev")).toEqual({
      file,
      projectName: "lago-renamed",
      engine: { dockerContext: "far" },
      isProtected: true,
    });
  });

  it("keeps stacks of different owners apart", async () => {
    await save("ada_dev:2026-01-01.json", deployed("lago-ada"));
    expect(await findState(context, "dev")).toBeUndefined();
    expect((await findState(context, "ada/dev"))?.projectName).toBe("lago-ada");
  });

  it("forgets those of one stack", async () => {
    await save("dev:2026-01-01.json", deployed("lago-dev"));
    await save("qa:2026-01-01.json", deployed("lago-qa"));
    await forgetStates(context, "dev");
    expect(await findState(context, "dev")).toBeUndefined();
    expect((await findState(context, "qa"))?.projectName).toBe("lago-qa");
  });
});
