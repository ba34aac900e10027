/** A deployment that plain docker compose made and filled, taken over by a stack, changed and destroyed. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import {
  containersOf,
  removeProject,
  sql,
  TEST_PREFIX,
  testName,
  volumesOf,
} from "../../testing/docker.ts";
import { freePort } from "../../testing/ports.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../testing/stack.ts";
import { documented } from "../support/docs/typed.ts";
import { fixturePath } from "../support/fixtures.ts";
import { secretsOfLago } from "../support/plain-compose.ts";
import { piecesIn } from "./support/secrets.ts";

const UP_TIMEOUT_MS = 240_000;

/** Name of the project, which stands in the compose file. */
const project = testName();
/** Stack that takes the project over, beside the one that the checkout has. */
const stack = testName();

let lago: TestStack;
let folder: string;
let secrets: Readonly<Record<string, string>>;
let apiPort: number;

beforeAll(async () => {
  lago = await createTestStack();
  folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  await cp(fixturePath("cases", "adopt-named"), folder, { recursive: true });
  const file = join(folder, "docker-compose.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("acme-billing", project));
  secrets = await secretsOfLago();
  apiPort = await freePort();
  const variables = { ...secrets, API_PORT: apiPort, FRONT_PORT: await freePort() };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, ".env"), lines.join(""));
  must(
    await run("docker", ["compose", "up", "--detach", "--pull", "never"], {
      cwd: folder,
      env: inheritedEnvironment(),
      timeoutMs: UP_TIMEOUT_MS,
    }),
  );
  await sql(project, "CREATE TABLE bills (id text); INSERT INTO bills VALUES ('of plain compose')");
});

afterAll(async () => {
  await removeProject(project);
  await lago?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Types a command of the documents about the stack `prod`. */
async function types(text: string, ...more: string[]) {
  const [, ...words] = documented(text).split(" ");
  const names: Readonly<Record<string, string>> = { prod: stack, "acme-billing": project };
  return await lago.cli([...words.map((word) => names[word] ?? word), ...more]);
}

/** Ids of the containers, and when those that stay up were started. */
async function running(): Promise<object> {
  const containers = await containersOf(project);
  return Object.fromEntries(
    [...containers].map(([service, { Id, State }]) => [
      service,
      { Id, startedAt: service === "migrate" ? "again at each start" : State.StartedAt },
    ]),
  );
}

const bills = () => sql(project, "SELECT id FROM bills");

describe("a deployment of plain docker compose", () => {
  it("is in the way of a new stack of its files, which is told how to take it over", async () => {
    const name = testName();
    must(await lago.cli(["init", name, "--yes"]));
    must(await lago.cli(["set", name, "lagoPath", folder]));
    const plan = await lago.cli(["plan", name]);
    expect(plan.exitCode).toBe(11);
    // The passphrase of the tests stands in all their names, and no error shows it.
    expect(wordsOf(plan)).toMatch(
      /It was made by plain docker compose\. To take it over with its data: npx zbl adopt --project \S+ --stack \S+/,
    );
  });

  it("is data at stake for a stack under a name of the files' folder, unless it has a name of its own", async () => {
    const name = testName();
    const file = join(folder, "docker-compose.yml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/^name: .*$/m, ""));
    must(await lago.cli(["init", name, "--yes"]));
    must(await lago.cli(["set", name, "lagoPath", folder]));
    const up = await lago.cli(["up", name, "--yes"]);
    expect(up.exitCode).toBe(5);
    expect(wordsOf(up)).toContain(`DATA AT STAKE: project lago-${name} would begin EMPTY`);
    must(await lago.cli(["set", name, "projectName", `${name}-own`]));
    const plan = must(await lago.cli(["plan", name]));
    expect(wordsOf(plan)).not.toContain("DATA AT STAKE");
    expect(wordsOf(plan)).toContain(`Lago here as project ${project}`);
    await writeFile(file, text);
  });

  it("is taken over by a stack with its keys, and nothing is touched", async () => {
    const before = await running();
    const adopt = must(await types("./zbl adopt --project acme-billing --stack prod", "--yes"));
    expect(adopt.stdout).toContain("No container is replaced.");
    expect(await running()).toEqual(before);
    const config = await readFile(join(lago.checkout, `Pulumi.${stack}.yaml`), "utf8");
    const texts = config + adopt.stdout + adopt.stderr;
    expect(piecesIn(texts, Object.values(secrets))).toEqual([]);
  });

  it("runs on through the first deploy: the same containers, and the data in them", async () => {
    const before = await running();
    const preview = must(await types("./zbl preview prod"));
    expect(preview.stdout).toContain("4 stays, 1 runs again");
    must(await types("./zbl up prod", "--yes"));
    expect(await running()).toEqual(before);
    expect(await bills()).toBe("of plain compose");
    expect((await fetch(`http://127.0.0.1:${apiPort}/health`)).status).toBe(200);
    expect(await volumesOf(project)).toContain(`${project}_z-billing-lago-keys`);
  });

  it("has nothing to do afterwards, and answers where it did", async () => {
    const again = must(await lago.cli(["up", stack, "--yes"]));
    expect(wordsOf(again)).toContain("is deployed as declared: nothing to change");
    const status = must(
      await lago.workspace.pulumi(["stack", "output", "--json", "--stack", stack]),
    );
    expect(JSON.parse(status.stdout)).toMatchObject({
      projectName: project,
      ports: { api: apiPort, address: "127.0.0.1" },
    });
  });

  it("changes in what somebody sets, and in all else once it is no longer left as it was", async () => {
    must(await lago.cli(["set", stack, "memoryLimits.front", "256m"]));
    const one = must(await lago.cli(["plan", stack]));
    expect(one.stdout).toMatch(/^front +recreated +memory limit none -> 256 MiB/m);
    expect(one.stdout).toMatch(/^api +stays/m);
    must(await lago.cli(["unset", stack, "memoryLimits.front"]));
    must(await types("./zbl unset prod adopted"));
    const refused = await lago.cli(["plan", stack]);
    expect(wordsOf(refused)).toContain("environment.API_PORT: set ports.api instead");
    for (const [service, name] of [
      ["api", "API_PORT"],
      ["front", "FRONT_PORT"],
    ] as const) {
      must(await lago.cli(["unset", stack, `environment.${name}`]));
      must(await lago.cli(["set", stack, `ports.${service}`, "auto"]));
    }
    const all = must(await lago.cli(["plan", stack]));
    expect(all.stdout).toMatch(/^api +recreated/m);
  });

  it("is destroyed like any other, and leaves its data", async () => {
    must(await lago.cli(["destroy", stack, "--yes"]));
    expect(await containersOf(project)).toEqual(new Map());
    expect(await volumesOf(project)).toContain(`${project}_data`);
  });
});
