/** A container that has written a given number of bytes of log, in its own compose project. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { removeProject } from "../../testing/docker.ts";
import { lagoDocument } from "../../testing/world/compose-file.ts";
import { newProjectName } from "../../testing/world/names.ts";

/** Name of the only service. */
export const WRITER = "writer";

/** Length of a line including its end, like a request in Lago's log. */
const LINE_BYTES = 400;

/** Deadline in milliseconds: a gigabyte takes a minute on a slow disk. */
const WRITTEN_TIMEOUT_MS = 600_000;

/** A project with a written log. */
export interface LogProject {
  readonly name: string;
  remove(): Promise<void>;
}

/** Creates a project, and waits until its log is written. */
export async function writeLogs(bytes: number, signal: AbortSignal): Promise<LogProject> {
  const name = newProjectName();
  const folder = await mkdtemp(join(tmpdir(), "zbl-test-bench-"));
  const remove = async () => {
    await removeProject(name);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await writeFile(join(folder, "docker-compose.yml"), stringify(logDocument(bytes)));
    const args = ["compose", "--project-name", name, "up", "--detach", "--wait"];
    const options = { cwd: folder, env: inheritedEnvironment(), timeoutMs: WRITTEN_TIMEOUT_MS };
    const { exitCode, stderr } = await run("docker", args, { ...options, signal });
    if (exitCode !== 0) {
      throw new Error(`docker compose up ended with ${exitCode}: ${stderr}`);
    }
    return { name, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Compose file. The container is healthy once the log is written, and then only waits. */
export function logDocument(bytes: number): object {
  const line = "x".repeat(LINE_BYTES - 1);
  const script = `yes ${line} | head -c ${bytes}; touch /tmp/written; exec tail -f /dev/null`;
  return {
    services: {
      [WRITER]: {
        image: lagoDocument().services.redis?.image,
        entrypoint: ["/bin/sh", "-c", script],
        init: true,
        // Docker's own driver, which keeps the complete log.
        logging: { driver: "json-file" },
        healthcheck: {
          test: ["CMD", "test", "-e", "/tmp/written"],
          ...{ start_period: "10m", start_interval: "500ms", interval: "1h" },
        },
      },
    },
  };
}
