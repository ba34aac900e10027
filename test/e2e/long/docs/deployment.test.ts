/** What the documents say of a deployment's life, typed as it stands there. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_LABEL } from "../../../../sandbox/images/build.ts";
import { USAGE_EXIT_CODE } from "../../../../setup/failure.ts";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import {
  containersOf,
  docker,
  environmentOf,
  removeProject,
  requireDocker,
  testName,
  volumesOf,
} from "../../../../testing/docker.ts";
import { freePort } from "../../../../testing/ports.ts";
import { newSecrets } from "../../../../testing/secrets.ts";
import { changeConfig } from "../../../../testing/small-program.ts";
import { livesOf, standingOf } from "../../../../testing/standing.ts";
import { DEPLOY_FILE } from "../../../support/deploy-file.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { blocksOf } from "../../../support/docs/markdown.ts";
import { untyped } from "../../../support/docs/typed.ts";
import { type Clone, makeClone } from "../../support/documented/clone.ts";
import { type Reader, readerIn } from "../../support/documented/typing.ts";

const name = testName();
const projects = { dev: `${name}-dev`, prod: `${name}-prod`, byHand: `${name}-hand` };
const password = "smtp-Zk3vQw8rTn5xLb2mYp7s";
const redisPassword = "Qm9sWd2fXr6tBv4nHk8pLc1y";

let clone: Clone;
let reader: Reader;
let api: number;
let front: number;

/** What the documents tell of `prod`, typed for the stack that everyday use is about. */
const onDev = { instead: { "--stack prod": "--stack dev" } };
const zblOnDev = { instead: { " prod": " dev" } };

/** Nobody can answer here whether to change or destroy what runs. */
const agreed = { more: "--yes" };

const types: Reader["types"] = (...args) => reader.types(...args);
const typesUntil: Reader["typesUntil"] = (...args) => reader.typesUntil(...args);

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({
    images: ["getlago/api:v1.49.0", "getlago/front:v1.49.0"],
    report: () => {},
  });
  clone = await makeClone();
  reader = readerIn(clone, [
    ["lago-dev", projects.dev],
    ["lago-prod", projects.prod],
    // Another engine is reached in test/e2e/long/remote-host.test.ts, by a real ssh.
    ["ssh://root@lago.example.com", "unix:///var/run/docker.sock"],
  ]);
  [api, front] = [await freePort(), await freePort()];
  await configure("dev", { projectName: projects.dev, ports: { api, front } });
});

afterAll(async () => {
  for (const project of Object.values(projects)) {
    await removeProject(project);
  }
  await clone?.dispose();
});

/** Gives a stack names and ports that nothing else on this host has. */
async function configure(stack: string, values: Record<string, unknown>): Promise<void> {
  const file = join(clone.folder, `Pulumi.${stack}.yaml`);
  await changeConfig(file, (config) => Object.assign(config, values));
}

/** Services of the api's image, which an older release of that image downgrades. */
async function downgraded(project: string): Promise<string[]> {
  const containers = [...(await containersOf(project))];
  return containers
    .filter(
      ([service, { Config }]) => service !== "api" && /getlago\/(api|front):/.test(Config.Image),
    )
    .map(([service]) => service);
}

/** The rows of a table of services, without what differs from machine to machine. */
function services(printed: string): string[][] {
  const lines = printed.split("\n");
  const first = lines.findIndex((line) => line.startsWith("SERVICE "));
  const rows = lines.slice(first + 1, lines.indexOf("", first));
  return rows.map((row) => row.replace(" (stand-in)", "").split(/ {2,}/));
}

/** What `npm run pulumi` tells Pulumi of where the stacks are. */
function own(): Record<string, string> {
  const home = clone.env.HOME ?? "";
  return {
    PULUMI_BACKEND_URL: `file://${home}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: join(home, ".z-billing-lago", "passphrase"),
  };
}

/** A clone of Lago beside the clone of this repository, with a file for a small machine. */
async function makeDeployFiles(): Promise<void> {
  const folder = join(clone.around, "lago", "deploy");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "docker-compose.light.yml"), DEPLOY_FILE);
}

describe("the quick start", () => {
  it("ends as the README shows", async () => {
    const { stdout, stderr } = await types("npm start");
    // npm itself begins with an empty line, two that tell the script, and another empty one.
    const own = `${stdout.replace(/^\n(> .*\n)+\n/, "")}${stderr}`.trimEnd().split("\n");
    expect(own.length, own.join("\n")).toBeLessThanOrEqual(40);
    const [shown] = blocksOf(documentText("README.md")).filter(
      ({ language }) => language === "text",
    );
    const expected = (shown?.lines.join("\n") ?? "")
      .replace("3000->3000", `${api}->3000`)
      .replace("8080->80 ", `${front}->80`)
      .replace(":8080", `:${front}`)
      .replace(":3000\n", `:${api}\n`);
    expect(services(stdout)).toEqual(services(expected));
    expect(stdout).toContain(`Lago's front: http://localhost:${front}\n`);
    expect(stdout).toContain(`Lago's API:   http://localhost:${api}\n`);
    expect(expected).toContain(`Lago's front: http://localhost:${front}\n`);
  });
});

describe("everyday use", () => {
  it("shows what runs", async () => {
    const { stdout } = await types("./zbl status dev");
    expect(stdout).toMatch(/^api +Running +healthy/m);
    expect(stdout).toContain("api-worker");
    expect((await types("./zbl doctor")).stdout).toContain("Docker");
    await types("./zbl config dev");
    expect((await types("./zbl ls")).stdout).toContain(projects.dev);
    await types("./zbl select dev");
    await types("./zbl select prod", zblOnDev);
    expect((await types("./zbl drift prod", zblOnDev)).stdout).toContain("No drift");
    expect((await types("./zbl --help")).stdout).toContain("Stacks and settings:");
    expect((await types("./zbl config prod", zblOnDev)).stdout).toContain("LAGO_API_URL");
    const open = await types("./zbl open dev");
    expect(open.stdout.trim().split("\n").at(-1)).toBe(`http://localhost:${front}`);
    const ls = await types("./zbl exec dev api -- ls -l");
    expect(ls.stdout).toContain("scripts");
    const standIn = (await containersOf(projects.dev)).get("api")?.Config.Labels[STAND_IN_LABEL];
    // Only Lago's own image has a console.
    const rails = await types("./zbl rails dev", {
      exitCode: standIn === undefined ? 0 : EXIT_CODES.CommandExecution,
    });
    expect(standIn === undefined || rails.stderr.includes("There is no Rails to run")).toBe(true);
    await types("docker logs lago-proxy-prod-caddy-1", {
      instead: { "lago-proxy-prod-caddy-1": `${projects.dev}-api-1` },
    });
    const completion = await types("./zbl complete bash");
    expect(completion.stdout).toContain("complete ");
  });

  it("follows what goes on, until Ctrl-C", async () => {
    await typesUntil("./zbl status dev --watch", /^pdf/);
    await typesUntil("./zbl logs dev --follow --since 10m api", /^api-1 /);
    await typesUntil("./zbl logs prod -f api", /^api-1 /, zblOnDev);
    await typesUntil("./zbl events dev", / start$/, { more: "--since 60m" });
  });

  it("has a plan, which is empty now", async () => {
    const json = await types("./zbl plan dev --json");
    expect(json.stdout).toContain("api");
    expect((await types("./zbl preview dev")).stdout).toContain("is as declared");
  });

  it("restarts, stops and starts the services", async () => {
    const before = await livesOf(projects.dev);
    expect((await types("npm start -- --stack prod", onDev)).stdout).toContain("Lago's front");
    await types("./zbl restart dev");
    expect((await livesOf(projects.dev)).api).not.toBe(before.api);
    await types("./zbl stop dev");
    expect((await containersOf(projects.dev)).get("api")?.State.Status).toBe("exited");
    await types("./zbl start dev");
    expect((await containersOf(projects.dev)).get("api")?.State.Status).toBe("running");
  });
});

describe("changes", () => {
  it("of settings and of the release come with the next start", async () => {
    await types("./zbl set dev disableSignup true");
    await types("./zbl set prod", { ...zblOnDev, more: "mail.from billing@example.com" });
    await types("./zbl set prod", { ...zblOnDev, more: "mail.smtpAddress smtp.example.com" });
    await types("./zbl set prod mail.smtpPassword", {
      ...zblOnDev,
      stdin: "typed-and-then-replaced",
    });
    await types('printf %s "$SMTP_PASSWORD" | ./zbl set prod mail.smtpPassword', {
      ...zblOnDev,
      env: { SMTP_PASSWORD: password },
    });
    await types("./zbl set prod", {
      ...zblOnDev,
      more: "environment.REDIS_PASSWORD",
      stdin: redisPassword,
    });
    await types("./zbl set prod NAME", {
      instead: { ...zblOnDev.instead, NAME: "mail.smtpPassword" },
      stdin: password,
    });
    await types("./zbl set prod version v1.50.0", zblOnDev);
    await types("./zbl unset prod version", zblOnDev);
    await types("./zbl set prod version v1.49.0", zblOnDev);
    const { stdout } = await types("./zbl preview prod", zblOnDev);
    expect(stdout).toContain("DATA AT STAKE");
    // Nobody can answer whether an older release is meant.
    await types("./zbl up dev", { ...agreed, exitCode: 5 });
    await types("./zbl set prod", { ...zblOnDev, more: "allowDataRisk downgrade:api" });
    for (const name of await downgraded(projects.dev)) {
      await types("./zbl set prod", { ...zblOnDev, more: `allowDataRisk downgrade:${name}` });
    }
    await types("./zbl up dev", agreed);
    expect((await containersOf(projects.dev)).get("api")?.Config.Image).toBe("getlago/api:v1.49.0");
    expect((await environmentOf(projects.dev, "api")).LAGO_DISABLE_SIGNUP).toBe("true");
    expect((await environmentOf(projects.dev, "api")).LAGO_SMTP_ADDRESS).toBe("smtp.example.com");
    expect((await environmentOf(projects.dev, "api")).LAGO_SMTP_PASSWORD).toBe(password);
    const config = await readFile(join(clone.folder, "Pulumi.dev.yaml"), "utf8");
    expect(config).not.toContain(password);
    expect((await environmentOf(projects.dev, "api")).REDIS_PASSWORD).toBe(redisPassword);
  });

  it("to an engine that is named reach that engine", async () => {
    await types("./zbl set prod dockerHost ssh://root@lago.example.com", zblOnDev);
    await types("./zbl set prod apiUrl https://billing-api.example.com", zblOnDev);
    await types("./zbl set prod frontUrl https://billing.example.com", zblOnDev);
    await types("./zbl preview prod", zblOnDev);
    await types("./zbl up prod", { ...zblOnDev, ...agreed });
    expect((await environmentOf(projects.dev, "api")).LAGO_API_URL).toBe(
      "https://billing-api.example.com",
    );
    const status = await types(
      "./zbl status --project lago-prod --docker-host ssh://root@lago.example.com",
      { instead: { "lago-prod": projects.dev } },
    );
    expect(status.stdout).toMatch(/^api +Running +healthy/m);
    expect((await types("docker context ls")).stdout).toContain("default");
  });

  it("by hand are healed by the next start, which tells how long it took", async () => {
    await docker("container", "stop", `${projects.dev}-pdf-1`);
    const { stdout, stderr } = await types("Z_BILLING_LAGO_TIMINGS=1 ./zbl up prod --verbose", {
      ...zblOnDev,
      ...agreed,
    });
    expect(`${stdout}${stderr}`).toMatch(/lago-deployment.*checks \d/);
    expect((await containersOf(projects.dev)).get("pdf")?.State.Status).toBe("running");
    // Neither takes a lock.
    await Promise.all([
      types("./zbl pipeline preview --stack dev"),
      types("./zbl pipeline drift --stack dev"),
    ]);
    const deployed = await types("./zbl pipeline deploy --stack dev");
    expect(deployed.stdout).toContain("Nothing to deploy to stack dev");
  });
});

describe("Pulumi itself", () => {
  it("does the same without npm, for whoever has it", async () => {
    expect((await types("pulumi up", { env: own() })).stdout).toContain("unchanged");
    await types("npm run pulumi -- …", { instead: { "…": "whoami" } });
    const ports = await types("npm run pulumi -- stack output --stack prod ports", onDev);
    expect(ports.stdout).toContain(String(api));
    const history = await types("npm run pulumi -- stack history --stack prod", onDev);
    expect(history.stdout).toMatch(/Kind: +update\n(?:.*\n)*?.*Status: +succeeded/i);
  });

  it("goes on after an update that was cut short", async () => {
    await types("npm run pulumi -- cancel --stack prod", onDev);
    await types("npm run pulumi -- refresh --stack prod --yes --clear-pending-creates", onDev);
  });

  it("takes further settings", async () => {
    await types("./zbl set prod allowKeyChange secretKeyBase", zblOnDev);
    await types("./zbl unset prod allowKeyChange secretKeyBase", zblOnDev);
  });
});

describe("production", () => {
  const keyFile = () => join(clone.folder, "prod-keys.json");

  it("starts as the documents say", async () => {
    const [shown] = blocksOf(documentText("docs/stack-settings.md")).filter(
      ({ language }) => language === "yaml",
    );
    await writeFile(join(clone.folder, "Pulumi.prod.yaml"), shown?.lines.join("\n") ?? "");
    await configure("prod", {
      projectName: projects.prod,
      ports: { api: await freePort(), front: await freePort() },
    });
    await types("npm run pulumi -- stack init prod", { more: "--no-select" });
    await types("./zbl set prod mail.smtpPassword", { stdin: password });
    const { stdout } = await types("./zbl preview prod");
    expect(stdout).toContain("created");
    const started = await types("./zbl up prod");
    expect(started.stdout).toContain("as billing@example.com");
    await types("./zbl up prod --yes");
    expect((await types("./zbl login prod --show-secrets")).stdout).toMatch(/^Password +\S{24,}$/m);
    const running = standingOf(await containersOf(projects.prod));
    expect(running).toMatchObject({ api: "healthy", db: "healthy", migrate: "exited 0" });
    expect((await environmentOf(projects.prod, "api")).LAGO_SMTP_PASSWORD).toBe(password);
  });

  it("keeps a copy of its keys, and finds them again", async () => {
    await types("./zbl keys export prod --output prod-keys.json");
    const keys = await readFile(keyFile(), "utf8");
    const key = (await environmentOf(projects.prod, "api")).SECRET_KEY_BASE ?? "";
    expect(key.length).toBeGreaterThan(64);
    expect(keys).toContain(key);
    await types("./zbl keys import prod --input prod-keys.json");
    await types("./zbl keys import", { more: "prod --input prod-keys.json" });
    await types("./zbl keys recover --project lago-prod --stack prod");
    const inspected = await types("docker inspect", { more: `${projects.prod}-api-1` });
    expect(inspected.stdout).toContain(key);
  });

  it("is not destroyed while it is protected, and then keeps its data", async () => {
    await types("pulumi destroy", { more: "--stack prod", env: own(), exitCode: 1 });
    expect((await containersOf(projects.prod)).size).toBeGreaterThan(5);
    await types("./zbl set prod protect false");
    await types("./zbl up prod");
    const status = await types("./zbl status prod");
    expect(status.stdout).toMatch(/^api +Running +healthy/m);
    // Nobody can answer here whether to destroy the stack.
    await types("./zbl destroy prod", { exitCode: USAGE_EXIT_CODE });
    expect((await containersOf(projects.prod)).size).toBeGreaterThan(5);
    await types("./zbl destroy prod", agreed);
    expect((await containersOf(projects.prod)).size).toBe(0);
    expect((await volumesOf(projects.prod)).length).toBeGreaterThan(2);
  });

  it("loses data by its name alone", async () => {
    await types("docker volume rm lago-dev_lago_redis_data", {
      instead: { "lago-dev": projects.prod },
    });
    await types("./zbl down --project NAME --remove-volumes NAME", {
      instead: { NAME: projects.prod },
    });
    expect(await volumesOf(projects.prod)).toEqual([]);
  });
});

describe("without Pulumi", () => {
  it("starts, plans and ends a deployment", async () => {
    const ports = "--api-port auto --front-port auto";
    const env = newSecrets();
    const instead = { "lago-dev": projects.byHand };
    const up = await types("./zbl up --project NAME … --timings", {
      instead: { NAME: projects.byHand, "…": ports },
      env,
    });
    expect(up.stderr).toMatch(/checks \d/);
    const plan = await types("./zbl plan --project lago-dev", { instead, more: ports, env });
    expect(plan.stdout).toContain("stays");
    await types("./zbl drift --project lago-dev", { instead, more: ports, env });
    await types("./zbl down --project lago-dev --remove-volumes lago-dev", { instead });
    expect(await volumesOf(projects.byHand)).toEqual([]);
    expect((await containersOf(projects.byHand)).size).toBe(0);
  });
});

describe("further stacks", () => {
  it("are made by a command that asks, or from Lago's own files", async () => {
    await types("./zbl init prod", { instead: { prod: "asked" } });
    const made = await readFile(join(clone.folder, "Pulumi.asked.yaml"), "utf8");
    expect(made).toContain("secure:");

    const onSpare = { instead: { " prod": " spare" } };
    await types("npm run pulumi -- stack init prod", { instead: { prod: "spare" } });
    await makeDeployFiles();
    await types("./zbl set prod lagoPath ../lago/deploy", onSpare);
    await types("./zbl set prod composeFiles docker-compose.light.yml", onSpare);
    await types("./zbl set prod profiles all", onSpare);
    await types("./zbl set prod proxy.domain lago.example.com", onSpare);
    await types("./zbl set prod disableSignup true", onSpare);
    const { stdout } = await types("./zbl preview prod", onSpare);
    expect(stdout).toContain("traefik");
  });
});

describe("the end", () => {
  it("of a stack with its data names whose data it is", async () => {
    // Pulumi itself selects a stack that it makes.
    await types("./zbl select dev");
    await types("npm run destroy", { more: "-- --yes" });
    expect((await containersOf(projects.dev)).size).toBe(0);
    expect((await volumesOf(projects.dev)).length).toBeGreaterThan(2);
    await types("./zbl set dev removeVolumesOnDestroy lago-dev");
    await types("./zbl up dev", agreed);
    const refused = await types("npm start --stack=prod", { exitCode: USAGE_EXIT_CODE });
    expect(refused.stderr).toContain("    npm start -- --stack prod\n");
    await types("./zbl destroy dev", agreed);
    expect((await containersOf(projects.dev)).size).toBe(0);
    expect(await volumesOf(projects.dev)).toEqual([]);
    await types("npm run pulumi -- login …", { instead: { "…": `file://${clone.around}` } });
  });

  it("has typed all that stands here", () => {
    expect(untyped(import.meta.filename)).toEqual([]);
  });
});
