import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findState, forgetStates } from "../../../src/stacks/saved-states.ts";
import { exported } from "../../support/stack-sample.ts";

describe("states of destroyed stacks", () => {
  let home: string;
  const found = async (stack: string) => await findState({ Z_BILLING_LAGO_HOME: home }, stack);
  const save = async (name: string, text: string) => {
    const file = join(home, "destroyed", name);
    await writeFile(file, text);
    return file;
  };
  const projectOf = async (stack: string) => (await found(stack))?.deployments[0]?.projectName;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "zbl-test-home-"));
    await mkdir(join(home, "destroyed"));
  });
  afterEach(() => rm(home, { recursive: true }));

  it("finds nothing where nothing was saved", async () => {
    expect(await found("dev")).toBeUndefined();
    await rm(join(home, "destroyed"), { recursive: true });
    expect(await found("dev")).toBeUndefined();
  });

  it("finds the newest that held a deployment, of that stack alone", async () => {
    await save("dev:2026-01-01.json", exported({ projectName: "lago-old" }));
    const file = await save("dev:2026-02-01.json", exported({ projectName: "lago-new" }));
    await save("dev:2026-04-01.json", exported());
    await save("dev-2:2026-05-01.json", exported({ projectName: "lago-dev-2" }));
    expect(await found("dev")).toMatchObject({
      file,
      deployments: [{ projectName: "lago-new", engine: {} }],
    });
  });

  it("keeps stacks of different owners apart", async () => {
    await save("ada_dev:2026-01-01.json", exported({ projectName: "lago-ada" }));
    expect(await projectOf("dev")).toBeUndefined();
    expect(await projectOf("ada/dev")).toBe("lago-ada");
  });

  it("forgets those of one stack", async () => {
    await save("dev:2026-01-01.json", exported({}));
    await save("qa:2026-01-01.json", exported({ projectName: "lago-qa" }));
    await forgetStates({ Z_BILLING_LAGO_HOME: home }, "dev");
    expect(await found("dev")).toBeUndefined();
    expect(await projectOf("qa")).toBe("lago-qa");
  });
});
