/** Deployments of plain docker compose, as an engine would have them after `docker compose up`. */
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findComposeFiles } from "../../src/compose/find-files.ts";
import { newKeys } from "../../src/keys/new-keys.ts";
import { run } from "../../src/process/run.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { fixturePath } from "./fixtures.ts";

/** The real docker program, for what needs no engine. */
const DOCKER = await (async () => {
  const { PATH = "" } = process.env;
  const found = await run("sh", ["-c", "command -v docker"], { env: { PATH }, timeoutMs: 5000 });
  return found.stdout.trim();
})();

/** Secrets of a deployment, of the length that Lago wants. */
export async function secretsOfLago() {
  const keys = await newKeys();
  return {
    POSTGRES_PASSWORD: keys.postgresPassword,
    SECRET_KEY_BASE: keys.secretKeyBase,
    LAGO_RSA_PRIVATE_KEY: keys.rsaPrivateKey,
    LAGO_ENCRYPTION_PRIMARY_KEY: keys.encryptionPrimaryKey,
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: keys.encryptionDeterministicKey,
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: keys.encryptionKeyDerivationSalt,
  };
}

/** Copies a case to a folder of its own until the running test is done, with files of variables. */
export function folderOf(
  name: string,
  envFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "zbl-test-plain-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(fixturePath("cases", name), folder, { recursive: true });
  for (const [file, variables] of Object.entries(envFiles)) {
    const lines = Object.entries(variables).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(join(folder, file), lines.join(""));
  }
  return folder;
}

/** How plain compose was called. */
export interface PlainCall {
  readonly project: string;
  readonly profiles?: readonly string[];
  /** Changes a container as the engine inspects it. */
  readonly change?: (service: string, container: Inspected) => void;
}

/** A container as the engine inspects it. */
export interface Inspected {
  Config: { Image: string; Env: string[]; Labels: Record<string, string> };
  [field: string]: unknown;
}

interface Resolved {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly command?: readonly string[];
        readonly container_name?: string;
        readonly restart?: string;
        readonly environment?: Readonly<Record<string, string | null>>;
        readonly ports?: readonly {
          readonly target: number;
          readonly published?: string;
          readonly host_ip?: string;
        }[];
        readonly volumes?: readonly {
          readonly type: string;
          readonly source: string;
          readonly target: string;
        }[];
        readonly healthcheck?: { readonly test: readonly string[] };
      }
    >
  >;
  readonly volumes?: Readonly<Record<string, { readonly name: string }>>;
}

/**
 * The files of a folder as plain compose fills them in, and the hash that `docker compose up` gives each
 * service. `config --hash` of the files themselves leaves an `env_file` out (compose 2.26).
 */
export async function filledIn(
  folder: string,
  project: string,
  profiles: readonly string[] = [],
): Promise<{ readonly text: string; readonly hashes: ReadonlyMap<string, string> }> {
  const { PATH = "", HOME = "" } = process.env;
  const on = profiles.flatMap((profile) => ["--profile", profile]);
  const compose = async (stdin: string, ...args: readonly string[]) => {
    const named = ["compose", "--project-name", project, ...on, ...args];
    const options = { cwd: folder, env: { PATH, HOME }, timeoutMs: 25_000, stdin };
    const { stdout, stderr, exitCode } = await run(DOCKER, named, options);
    if (exitCode !== 0) {
      throw new Error(stderr);
    }
    return stdout;
  };
  const text = await compose("", "config", "--format", "json");
  const lines = (await compose(text, "--file", "-", "config", "--hash", "*")).trim().split("\n");
  return { text, hashes: new Map(lines.map((line) => line.split(" ") as [string, string])) };
}

/** What an engine answers on which plain compose has started the files of a folder. */
export async function afterPlainUp(
  folder: string,
  { project, profiles = [], change }: PlainCall,
): Promise<Script> {
  const files = findComposeFiles(folder).join(",");
  const { text, hashes } = await filledIn(folder, project, profiles);
  const resolved = JSON.parse(text.replaceAll("$$", "$")) as Resolved;
  const volumeOf = (key: string) => resolved.volumes?.[key]?.name ?? key;
  const containers = Object.entries(resolved.services).map(([service, one]) => {
    const isDone = service.includes("migrate");
    const container = {
      Id: `${project}-${service}-id`,
      Name: `/${one.container_name ?? `${project}-${service}-1`}`,
      Image: "sha256:0",
      State: { Status: isDone ? "exited" : "running", ExitCode: 0 },
      Config: {
        Image: one.image,
        Cmd: one.command ?? null,
        Env: Object.entries(one.environment ?? {}).map(([name, value]) => `${name}=${value ?? ""}`),
        Labels: {
          "com.docker.compose.project": project,
          "com.docker.compose.project.working_dir": folder,
          "com.docker.compose.project.config_files": files,
          "com.docker.compose.service": service,
          "com.docker.compose.config-hash": hashes.get(service) ?? "",
          "com.docker.compose.oneoff": "False",
        },
        Healthcheck: one.healthcheck === undefined ? null : { Test: one.healthcheck.test },
      },
      HostConfig: {
        PortBindings: Object.fromEntries(
          (one.ports ?? []).map(({ target, published = "", host_ip = "" }) => [
            `${target}/tcp`,
            [{ HostIp: host_ip, HostPort: published }],
          ]),
        ),
        RestartPolicy: { Name: one.restart ?? "no" },
      },
      Mounts: (one.volumes ?? []).map(({ type, source, target }) => ({
        Type: type,
        Name: volumeOf(source),
        Source: source,
        Destination: target,
        RW: true,
      })),
    };
    change?.(service, container);
    return container;
  });
  const lines = (values: readonly object[]) => values.map((v) => `${JSON.stringify(v)}\n`).join("");
  return {
    version: { program: DOCKER },
    config: { program: DOCKER },
    "container ls": {
      stdout: lines(
        containers.map(({ Id, Name, Config, State }) => ({
          ID: Id,
          Names: Name.slice(1),
          Image: Config.Image,
          Command: (Config.Cmd ?? []).join(" "),
          Labels: Config.Labels,
          State: State.Status,
        })),
      ),
    },
    "container inspect": { stdout: JSON.stringify(containers) },
    "volume ls": {
      stdout: lines(
        Object.entries(resolved.volumes ?? {}).map(([key, { name }]) => ({
          Name: name,
          Labels: {
            "com.docker.compose.project": project,
            "com.docker.compose.volume": key,
          },
        })),
      ),
    },
    "image ls": {},
    "image inspect": { stdout: "[]\n" },
    "network ls": {},
  };
}
