/** The ends of the logs of a project's services, read from the engine. */
import { secretsOf } from "../docker/container-details.ts";
import { type LogTail, readLogTail } from "../docker/container-log.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import { isOneOff, SERVICE_LABEL } from "../docker/labels.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { redactorFor } from "../redaction/redact.ts";
import { cleanText } from "../text/clean.ts";

/** Most bytes of one container's log to read. Of longer logs, the end is kept. */
const MAX_LOG_BYTES = 256 * 1024;

/**
 * Reads the last lines of each service's log, without control characters and without the secrets of
 * the project's containers. Replicas of a service share a text, one after the other. Leaves out
 * services that have printed nothing.
 *
 * @param lines number of lines of each container, 0 or more
 * @throws DeployError of the kind that docker's failure tells
 */
export async function serviceLogs(
  { project, containers }: Snapshot,
  engine: DockerEndpoint,
  lines: number,
): Promise<Record<string, string>> {
  const call = { engine, purpose: `Reading the logs of project ${project}` };
  const redact = redactorFor(containers.flatMap(secretsOf));
  const own = containers.filter(({ Config }) => !isOneOff(Config.Labels));
  const texts = await allSettledOrThrow(
    own.toSorted(byName).map(async (container) => {
      const tail = await readLogTail(call, container, { lines, maxBytes: MAX_LOG_BYTES });
      return [serviceOf(container), redact(cleanText(wholeLines(tail)))] as const;
    }),
  );
  const byService = new Map<string, string[]>();
  for (const [service, text] of texts) {
    if (text !== "") {
      byService.set(service, [...(byService.get(service) ?? []), text]);
    }
  }
  const sorted = [...byService].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([service, own]) => [service, own.join("\n")]));
}

/** Drops the first line of a text whose beginning is missing, and the line break at the end. */
function wholeLines({ text, truncated }: LogTail): string {
  const rest = truncated ? text.slice(text.indexOf("\n") + 1) : text;
  return (rest === "" ? text : rest).replace(/\r?\n$/, "");
}

function serviceOf({ Config }: EngineContainer): string {
  return Config.Labels?.[SERVICE_LABEL] ?? "";
}

function byName(a: EngineContainer, b: EngineContainer): number {
  return a.Name < b.Name ? -1 : 1;
}
