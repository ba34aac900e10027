/** The examples, as somebody has who copied them and installed the package. */

import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../../../package.json" with { type: "json" };
import { ensureStandIns } from "../../../../sandbox/images/build.ts";
import { run } from "../../../../src/process/run.ts";
import {
  containersOf,
  removeProject,
  requireDocker,
  testName,
} from "../../../../testing/docker.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { freePort } from "../../../../testing/ports.ts";
import { createPulumiWorkspace, type PulumiWorkspace } from "../../../../testing/pulumi.ts";
import { must } from "../../../../testing/stack.ts";
import { documented, untyped } from "../../../support/docs/typed.ts";
import { type Installed, installPackage } from "./installed.ts";

const EXAMPLES = join(ROOT, "examples");
const TIMEOUT_MS = 240_000;

const id = testName();
const projects = { dev: `${id}-dev`, staging: `${id}-staging` };

let outside: Installed;
let environments: string;
let reverseProxy: string;
/** The product's stack, whose backend the environments share. */
let product: PulumiWorkspace;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ report: () => {} });
  outside = await installPackage(manifest.dependencies["@pulumi/pulumi"]);
  environments = await outside.add(join(EXAMPLES, "environments"), "environments");
  reverseProxy = await outside.add(join(EXAMPLES, "reverse-proxy"), "reverse-proxy");
  product = await createPulumiWorkspace({
    program: await outside.add(join(EXAMPLES, "stack-reference"), "stack-reference"),
    inPlace: true,
    pulumiHome: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
  });
  const settings = {
    dev: { projectName: projects.dev, ports: { api: await freePort(), front: "auto" } },
    staging: { projectName: projects.staging, ports: { api: "auto", front: "auto" } },
  };
  await writeFile(join(environments, "environments.json"), JSON.stringify(settings));
});

afterAll(async () => {
  await Promise.all(Object.values(projects).map(removeProject));
  await product?.dispose();
  await outside?.dispose();
});

/** Runs Node in an example's folder, and returns what it printed. */
async function node(folder: string, ...args: string[]): Promise<string> {
  const { env } = product;
  const options = { cwd: folder, env, timeoutMs: TIMEOUT_MS };
  return must(await run(process.execPath, args, options)).stdout;
}

/** What a document tells to type there, without the program's name. */
const argumentsOf = (command: string) => command.split(" ").slice(1);

describe("the examples", () => {
  it("are right to TypeScript as they stand", async () => {
    const tsc = join(outside.folder, "node_modules/typescript/bin/tsc");
    expect(await node(environments, tsc)).toBe("");
    expect(await node(product.programFolder, tsc)).toBe("");
    expect(await node(reverseProxy, tsc)).toBe("");
  });
});

describe("several environments from one program", () => {
  it("are shown before anything is there", async () => {
    const shown = await node(environments, ...argumentsOf(documented("node main.ts preview")));
    expect(shown).toContain("preview dev");
    expect(shown).toContain("preview staging");
    expect((await containersOf(projects.dev)).size).toBe(0);
  });

  it("are deployed side by side, and stay as they are in the next run", async () => {
    const up = argumentsOf(documented("node main.ts up dev staging"));
    const printed = await node(environments, ...up);
    expect(printed).toMatch(/^dev: api http:\/\/localhost:\d+, front http:\/\/localhost:\d+$/m);
    const ids = await idsOf();
    expect(Object.keys(ids)).toEqual(["dev", "staging"]);
    await node(environments, "main.ts", "up", "dev");
    expect(await idsOf()).toEqual(ids);
  });
});

describe("a stack that reads where Lago is", () => {
  it("reaches the API at the URL that the other stack says", async () => {
    const config = documented("pulumi config set billingStack organization/lago-environments/dev");
    must(await product.pulumi(argumentsOf(config)));
    must(await product.pulumi(["up", "--yes", "--skip-preview"]));
    const outputs = JSON.parse(must(await product.pulumi(["stack", "output", "--json"])).stdout);
    const [port] =
      (await containersOf(projects.dev)).get("api")?.HostConfig.PortBindings?.["3000/tcp"] ?? [];
    expect(outputs).toEqual({
      apiUrl: `http://localhost:${port?.HostPort}`,
      billingAnswers: "200",
    });
  });
});

describe("the end of the environments", () => {
  it("leaves no container", async () => {
    await node(environments, ...argumentsOf(documented("node main.ts destroy dev")));
    expect((await idsOf()).staging).not.toEqual([]);
    await node(environments, "main.ts", "destroy", "staging");
    expect(await idsOf()).toEqual({ dev: [], staging: [] });
  });
});

describe("what their documents tell", () => {
  it("has been typed as it stands there", () => {
    expect(untyped(import.meta.filename)).toEqual([]);
  });
});

/** The containers of each environment. */
async function idsOf(): Promise<Record<string, string[]>> {
  const found = Object.entries(projects).map(async ([name, project]) => {
    const containers = await containersOf(project);
    return [name, [...containers.values()].map(({ Id }) => Id).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
