/** Direct calls of Docker, for tests that must not trust this project's code. */
import { randomBytes } from "node:crypto";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { run } from "../src/process/run.ts";

/** Prefix of every name that tests create on the host. */
export const TEST_PREFIX = "zbl-test-";

const TIMEOUT_MS = 60_000;
const PROJECT_LABEL = "com.docker.compose.project";

/** A unique name for a compose project, a container or a stack. */
export const testName = () => `${TEST_PREFIX}${randomBytes(4).toString("hex")}`;

/** The fields of `docker inspect` for a container that tests read. */
export interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string };
  };
  readonly Config: {
    readonly Env: string[];
    readonly Image: string;
    readonly Labels: Record<string, string>;
  };
  readonly RestartCount: number;
  readonly Mounts: readonly { readonly Name?: string }[];
  readonly HostConfig: {
    readonly PortBindings: Record<string, { HostIp: string; HostPort: string }[]> | null;
  };
}

/** Runs docker and returns its output. Throws when it fails. */
export async function docker(...args: string[]): Promise<string> {
  const result = await run("docker", args, { env: inheritedEnvironment(), timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw new Error(`docker ${args.join(" ")} ended with ${result.exitCode}: ${result.stderr}`);
  }
  return result.stdout.trim();
}

/** Fails with a clear message without an engine, which these tests need. */
export async function requireDocker(): Promise<void> {
  try {
    await docker("version", "--format", "{{.Server.Version}}");
  } catch (error) {
    throw new Error("these tests need a running Docker engine; `npm test` sets one up", {
      cause: error,
    });
  }
}

/** Returns the project's containers by service name. */
export async function containersOf(project: string): Promise<Map<string, Inspected>> {
  const ids = await list("container", project);
  if (ids.length === 0) {
    return new Map();
  }
  const inspected = JSON.parse(await docker("container", "inspect", ...ids)) as Inspected[];
  return new Map(
    inspected.map((one) => [one.Config.Labels["com.docker.compose.service"] ?? one.Name, one]),
  );
}

/**
 * Returns the id of the service's container.
 *
 * @throws Error when the service has none
 */
export async function containerId(project: string, service: string): Promise<string> {
  const containers = await containersOf(project);
  const found = containers.get(service);
  if (found === undefined) {
    const there = [...containers.keys()].join(", ") || "none";
    throw new Error(`project ${project} has no container of ${service}; it has: ${there}`);
  }
  return found.Id;
}

/** Returns the environment of the processes in the service's container. */
export async function environmentOf(
  project: string,
  service: string,
): Promise<Record<string, string>> {
  return environmentInside(await containerId(project, service));
}

/** Runs an SQL statement in the project's database and returns its rows, one a line. */
export async function sql(project: string, statement: string): Promise<string> {
  const psql = ["psql", "-U", "lago", "-d", "lago", "-Atc", statement];
  return docker("exec", await containerId(project, "db"), ...psql);
}

/** Names of the project's volumes, sorted. */
export const volumesOf = (project: string) => list("volume", project);
/** IDs of the project's networks, sorted. */
export const networksOf = (project: string) => list("network", project);

async function list(kind: "container" | "volume" | "network", project: string): Promise<string[]> {
  const all = kind === "container" ? ["--all"] : [];
  const filter = `label=${PROJECT_LABEL}=${project}`;
  const text = await docker(kind, "ls", ...all, "--quiet", "--filter", filter);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

/** Returns the environment of the processes in a running container. */
export async function environmentInside(id: string): Promise<Record<string, string>> {
  const text = await docker("exec", id, "env", "-0");
  return Object.fromEntries(
    text
      .split("\0")
      .filter((line) => line.includes("="))
      .map((line) => {
        const equals = line.indexOf("=");
        return [line.slice(0, equals), line.slice(equals + 1)];
      }),
  );
}

/** Removes the resources of a test project, and refuses to touch any other project. */
export async function removeProject(project: string): Promise<void> {
  if (!project.startsWith(TEST_PREFIX)) {
    throw new Error(`${project} is no test project`);
  }
  const containers = await list("container", project);
  if (containers.length > 0) {
    await docker("container", "rm", "--force", "--volumes", ...containers);
  }
  for (const kind of ["network", "volume"] as const) {
    const found = await list(kind, project);
    if (found.length > 0) {
      await docker(kind, "rm", ...found);
    }
  }
}
