/** Where secrets are while a real deployment starts, changes, fails, is cut short and ends: and where not. */
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretValues } from "../../src/lago/secret-settings.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { CLI } from "../../testing/cli.ts";
import { environmentOf } from "../../testing/docker.ts";
import { LAGO_FILES } from "../../testing/folders.ts";
import { isAlive } from "../../testing/processes.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";
import { eventually } from "../../testing/standing.ts";
import { ProcessSampler } from "./support/sampler.ts";
import { formsOf, PUBLIC } from "./support/secrets.ts";

/** What the caller has in its own environment, and nobody else should see. */
const OF_THE_CALLER = {
  AWS_SECRET_ACCESS_KEY: "canary-aws-4c7d1f09",
  NPM_TOKEN: "canary-npm-8e2b6a53",
  PULUMI_ACCESS_TOKEN: "canary-pulumi-1d90c7fe",
  COMPOSE_PROFILES: "canary-profile",
  LAGO_LICENSE: "canary-license-77aa01",
};

const PASSWORD = "canary $p\"a'ss/w+rd %41 = {{ é";

let lago: TestStack;
let sampler: ProcessSampler;
let env: Record<string, string>;
const secrets = new Set<string>();

beforeAll(async () => {
  lago = await createTestStack({ lagoPath: join(LAGO_FILES, "v1.50.0") }, { copySources: true });
  // By an argument of the test's own, before anybody looks at arguments.
  await lago.set("environment.LAGO_SMTP_PASSWORD", PASSWORD, { secret: true });
  await lago.set("apiKey", "canary-own-api-key-9083", { secret: true });
  const own = {
    HOME: join(lago.workspace.folder, "user"),
    TMPDIR: join(lago.workspace.folder, "tmp"),
  };
  await Promise.all(Object.values(own).map((folder) => mkdir(folder)));
  env = { ...own, ...OF_THE_CALLER };
  sampler = new ProcessSampler();
});

afterAll(async () => {
  sampler?.stop();
  await lago?.dispose();
});

const pulumi = (...args: string[]) => lago.pulumi(args, { env });
const up = () => pulumi("up", "--yes", "--skip-preview", "--diff");

async function cli(...args: string[]): Promise<string> {
  const result = await run(process.execPath, [CLI, ...args, "--project", lago.project], {
    env: { ...inheritedEnvironment(), ...env },
    timeoutMs: 120_000,
  });
  return must(result).stdout;
}

/** The forms of secrets that a text gives away, each by its length only. */
function given(text: string): string[] {
  expect(secrets.size).toBeGreaterThan(8);
  return [...secrets, ...Object.values(OF_THE_CALLER)]
    .flatMap(formsOf)
    .filter((form) => text.includes(form))
    .map((form) => `${form.length} characters`);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

describe("secrets of a deployment", () => {
  it("are what its containers get", async () => {
    must(await up());
    for (const service of ["api", "db", "redis"]) {
      const inside = await environmentOf(lago.project, service);
      for (const secret of secretValues(inside).filter((value) => !PUBLIC.has(value))) {
        secrets.add(secret);
      }
    }
    expect(secrets).toContain(PASSWORD);
    const api = await environmentOf(lago.project, "api");
    expect(api.LAGO_LICENSE ?? "").toBe("");
  });

  it("are not in what the command line shows", async () => {
    const shown = [await cli("status"), await cli("status", "--json"), await cli("logs")].join(
      "\n",
    );
    expect(shown).toContain("api");
    expect(given(shown)).toEqual([]);
  });

  it("are not in what Pulumi shows of a change", async () => {
    must(await lago.pulumi(["config", "set", "disableSignup", "true"]));
    must(await pulumi("preview", "--diff"));
    must(await pulumi("preview", "--diff", "--json"));
    must(await up());
    must(await pulumi("stack", "--show-urns"));
    expect(lago.printed()).toContain("disableSignup");
    expect(given(lago.printed())).toEqual([]);
  });

  it("are not in what is said of settings that are misspelt or of the wrong kind", async () => {
    const canary = "canary-misspelt-5530";
    secrets.add(canary);
    const wrong = [
      "settings.mail.smtpPasswrd",
      "settings.database.url",
      "ports.api",
      "workers.events",
    ];
    const said: string[] = [];
    for (const path of wrong) {
      const set = ["config", "set", "--path", path, "--secret"];
      must(await lago.pulumi(set, { stdin: canary }));
      const preview = await pulumi("preview", "--diff");
      must(await lago.pulumi(["config", "rm", "--path", path]));
      expect(preview.exitCode, path).not.toBe(0);
      said.push(preview.stdout + preview.stderr);
    }
    await lago.set("ports.api", String(lago.apiPort));
    expect(said[0]).toContain("mail.smtpPassword");
    expect(given(said.join("\n"))).toEqual([]);
  });

  it("are not in a state that is left in the middle of an update", async () => {
    await lago.set("restartToken", "again");
    const update = up();
    // Not before the last moment: until compose works, nothing is pending.
    await eventually(
      async () => working().length,
      (count) => count > 0,
    );
    // Pulumi writes its state beside its work, and may be behind it.
    await eventually(pendingOperations, (pending) => pending.length > 0);
    for (const { pid } of sampler.seen.filter(({ commandLine }) => isPulumi(commandLine))) {
      if (isAlive(pid)) {
        process.kill(pid, "SIGKILL");
      }
    }
    expect((await update).exitCode).toBe(137);
    const { deployment } = await lago.workspace.exportStack();
    expect(await pendingOperations()).not.toEqual([]);
    expect(given(JSON.stringify(deployment))).toEqual([]);

    // Whoever was working for it goes on until it has ended.
    await eventually(
      async () => working(),
      (left) => left.length === 0,
      60_000,
    );
    await delay(500);
    must(await pulumi("cancel", "--yes"));
    must(await pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates"));
  });

  it("are in no file that Pulumi keeps in the clear: state, backups, history", async () => {
    const files = await filesBelow(join(lago.workspace.folder, "backend"));
    expect(files.filter((file) => file.includes("/history/")).length).toBeGreaterThan(4);
    expect(files.filter((file) => file.includes("/backups/")).length).toBeGreaterThan(4);
    expect(files.filter((file) => file.endsWith(".bak")).length).toBe(1);
    for (const file of files) {
      expect(given(await readFile(file, "utf8")), file).toEqual([]);
    }
  });

  it("are in no file of the user, of the program or among temporary ones", async () => {
    const folders = [env.HOME, env.TMPDIR, lago.checkout].map((folder) => folder ?? "");
    const files = (await Promise.all(folders.map(filesBelow))).flat();
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      expect(given(await readFile(file, "utf8")), file).toEqual([]);
    }
    // Nothing of ours is left among the temporary files at all.
    const left = await filesBelow(env.TMPDIR ?? "");
    expect(left).toEqual([]);
  });

  it("go when the deployment does, without being shown", async () => {
    must(await pulumi("destroy", "--yes", "--skip-preview"));
    expect(given(lago.printed())).toEqual([]);
    expect((await stat(lago.workspace.folder)).mode & 0o077).toBe(0);
  });

  it("stood in no command line of the host at any time", () => {
    const lines = sampler.seen.map(({ commandLine }) => commandLine);
    for (const seen of [/pulumi.* up /, /compose .* up /, /compose .* ps /, /compose .* down/]) {
      expect(lines.filter((line) => seen.test(line)).length, String(seen)).toBeGreaterThan(0);
    }
    expect(sampler.looks).toBeGreaterThan(500);
    // The names of the programs tell where to look; their arguments would show the secret.
    const telling = lines.filter((line) => given(line).length > 0);
    expect(telling.map((line) => line.split(" ", 2).join(" "))).toEqual([]);
  });

  it("reached docker, and what the caller has for itself did not", () => {
    const started = sampler.seen.filter(({ commandLine }) => isDocker(commandLine));
    expect(started.length).toBeGreaterThan(10);
    const starters = started.filter(({ commandLine }) => isUp(commandLine));
    expect(starters.map(({ environment }) => environment.LAGO_SMTP_PASSWORD)).toContain(PASSWORD);
    for (const { commandLine, environment } of started) {
      const names = Object.keys(environment).filter((name) =>
        /^(AWS|NPM|PULUMI|COMPOSE|NODE|VITEST|LAGO_LICENSE)/.test(name),
      );
      // Empty where the process had ended before it could be looked into.
      expect(
        names.filter((name) => name !== "COMPOSE_DISABLE_ENV_FILE"),
        commandLine,
      ).toEqual([]);
      expect(Object.values(environment)).not.toContain("zbl-test");
    }
  });
});

function isPulumi(commandLine: string): boolean {
  return /\/pulumi up /.test(commandLine) && commandLine.includes(`--stack ${lago.stack}`);
}

function isDocker(commandLine: string): boolean {
  return /^(\S*\/)?docker(-compose)? /.test(commandLine) && commandLine.includes(lago.project);
}

/** Those that start the deployment just now. */
async function pendingOperations(): Promise<readonly unknown[]> {
  const { deployment } = await lago.workspace.exportStack();
  return deployment.pending_operations ?? [];
}

function working() {
  return sampler.seen.filter(({ pid, commandLine }) => isUp(commandLine) && isAlive(pid));
}

function isUp(commandLine: string): boolean {
  return isDocker(commandLine) && / up --detach/.test(commandLine);
}
