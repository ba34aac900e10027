/** A container that has written so many bytes of log, in a compose project of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { removeProject } from "../../testing/docker.ts";
import { lagoDocument } from "../../testing/world/compose-file.ts";
import { newProjectName } from "../../testing/world/names.ts";

/** The one service. */
export const WRITER = "writer";

/** Length of a line with its end, as long as a request in Lago's log. */
const LINE_BYTES = 400;

/** A gigabyte takes a minute on a slow disk. */
const WRITTEN_TIMEOUT_MS = 600_000;

/** Such a project. */
export interface LogProject {
  readonly name: string;
  remove(): Promise<void>;
}

/** Makes one, and waits until all is written. */
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

/** The compose file. Its container is healthy once all is written, and then only waits. */
export function logDocument(bytes: number): object {
  const line = "x".repeat(LINE_BYTES - 1);
  const script = `yes ${line} | head -c ${bytes}; touch /tmp/written; exec tail -f /dev/null`;
  return {
    services: {
      [WRITER]: {
        image: lagoDocument().services.redis?.image,
        entrypoint: ["/bin/sh", "-c", script],
        init: true,
        // Docker's own driver, which keeps all of a log.
        logging: { driver: "json-file" },
        healthcheck: {
          test: ["CMD", "test", "-e", "/tmp/written"],
          ...{ start_period: "10m", start_interval: "500ms", interval: "1h" },
        },
      },
    },
  };
}
