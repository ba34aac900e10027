/** Lago's own compose files under plain `docker compose`, without this project's code. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureStandIns } from "../../sandbox/images/build.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { type RunResult, run } from "../../src/process/run.ts";
import {
  containersOf,
  docker,
  type Inspected,
  removeProject,
  TEST_PREFIX,
  testName,
} from "../docker.ts";
import { LAGO_FILES } from "../folders.ts";
import { newSecrets } from "../secrets.ts";
import { overrideOf } from "./override.ts";

const UP_TIMEOUT_MS = 120_000;

/** A compose project under test. */
export interface LagoProject {
  readonly name: string;
  /** Settings passed to compose, including secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Runs `docker compose …` with the settings, overridden by `changes`. */
  compose(args: readonly string[], changes?: Readonly<Record<string, string>>): Promise<RunResult>;
  containers(): Promise<Map<string, Inspected>>;
  /** Returns `http://127.0.0.1:<port>` of a published service. */
  url(service: "api" | "front"): Promise<string>;
  /** Runs a query in the database and returns its rows, columns joined by `|`. */
  query(statement: string): Promise<string[]>;
  remove(): Promise<void>;
}

/** Options of a project. */
export interface LagoProjectOptions {
  /** Folder of the file, such as `v1.50.0`. */
  readonly lago: string;
  /** Services with fixed names beyond those of the root file. */
  readonly alsoNamed?: readonly string[];
  /**
   * Checks the health of db and redis often at the start, so that a test need not wait for 10 s.
   */
  readonly quick?: boolean;
  /** Arguments before the command, such as a profile. */
  readonly globalArguments?: readonly string[];
  /** Environment variables for every back-end service, beside those that the file passes on. */
  readonly backend?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Prepares a project without starting it. */
export async function createLagoProject(options: LagoProjectOptions): Promise<LagoProject> {
  const name = testName();
  const folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const override = join(folder, "override.yml");
  await writeFile(override, overrideOf(options));
  const settings = { ...newSecrets(), ...options.settings };
  const fileOf = (lago: string) => join(LAGO_FILES, lago, "docker-compose.yml");
  const compose: LagoProject["compose"] = (args, changes = {}) => {
    const { LAGO_TEST_FILE: file = options.lago, ...changed } = changes;
    const before = ["--ansi", "never", "--project-name", name, ...(options.globalArguments ?? [])];
    const files = ["--file", fileOf(file), "--file", override];
    return run("docker", ["compose", ...before, ...files, ...args], {
      env: { ...inheritedEnvironment(), COMPOSE_DISABLE_ENV_FILE: "1", ...settings, ...changed },
      timeoutMs: UP_TIMEOUT_MS,
    });
  };
  const images = (await compose(["config", "--images"])).stdout.split("\n").filter(Boolean);
  await ensureStandIns({ images, report: () => {} });
  const id = async (service: string) => (await containersOf(name)).get(service)?.Id ?? "missing";
  return {
    name,
    settings,
    compose,
    containers: () => containersOf(name),
    url: async (service) => {
      const port = service === "api" ? "3000" : "80";
      return `http://${await docker("port", await id(service), port)}`;
    },
    query: async (statement) => {
      const psql = ["psql", "-U", "lago", "-d", "lago", "-Atc", statement];
      return (await docker("exec", await id("db"), ...psql)).split("\n").filter(Boolean);
    },
    remove: async () => {
      const volumes = await mountedVolumes(name);
      await removeProject(name);
      const left = (await docker("volume", "ls", "--quiet")).split("\n");
      await Promise.all(
        left.filter((volume) => volumes.has(volume)).map((one) => docker("volume", "rm", one)),
      );
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Lists the volumes of the project's containers, including anonymous ones: after a recreation
 * Docker keeps the anonymous volume that moved over, since it counts as named.
 */
async function mountedVolumes(project: string): Promise<Set<string>> {
  const ids = [...(await containersOf(project)).values()].map(({ Id }) => Id);
  const format = "--format={{range .Mounts}}{{println .Name}}{{end}}";
  const text = ids.length === 0 ? "" : await docker("container", "inspect", format, ...ids);
  return new Set(text.split("\n").filter((line) => line !== ""));
}
