import type { DeployStatus } from "../deployment/status.ts";
import { DeployError } from "../errors.ts";
import { cleanText } from "../text/clean.ts";
import { table } from "../text/table.ts";

/** Longest line on standard error: Pulumi's command provider hangs on one over 64 KiB. */
const MAX_LINE_CHARACTERS = 2_000;

/** Where a command writes: results to standard output, everything for a waiting person beside it. */
export interface Output {
  result(text: string): void;
  note(text: string): void;
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}

/** The process's own streams; a reader that went away is no reason to fail. */
export function processOutput(): Output {
  for (const stream of [process.stdout, process.stderr]) {
    stream.off("error", ignoreBrokenPipe).on("error", ignoreBrokenPipe);
  }
  return {
    result: (text) => process.stdout.write(`${text}\n`),
    note: (text) => {
      for (const line of cleanText(text).split("\n")) {
        process.stderr.write(`${line.slice(0, MAX_LINE_CHARACTERS)}\n`);
      }
    },
  };
}

/** A failure as a person reads it. */
export function errorText(error: unknown): string {
  if (DeployError.isDeployError(error)) {
    return `error: ${error.kind}: ${error.message}`;
  }
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** A failure as a program reads it. */
export function errorJson(error: unknown): string {
  const known = DeployError.isDeployError(error);
  return JSON.stringify({
    error: {
      kind: known ? error.kind : "Unexpected",
      message: error instanceof Error ? error.message : String(error),
      ...(known && error.service !== undefined ? { service: error.service } : {}),
      ...(known && error.image !== undefined ? { image: error.image } : {}),
      ...(known && error.issues.length > 0 ? { issues: error.issues } : {}),
    },
  });
}

/** The status as a table, or a line that says there is nothing. */
export function statusText(projectName: string, status: DeployStatus): string {
  if (status.containers.length === 0) {
    return `Project ${projectName} has no containers.`;
  }
  const rows = status.containers.map((container) => [
    container.service,
    container.status,
    container.health || (container.state === "exited" ? `exit code ${container.exitCode}` : "-"),
    container.ports.map((p) => `${p.address}:${p.hostPort}->${p.containerPort}`).join(", ") || "-",
    container.standIn ? `${container.image} (stand-in)` : container.image,
  ]);
  return cleanText(table(["SERVICE", "STATUS", "HEALTH", "PORTS", "IMAGE"], rows));
}
