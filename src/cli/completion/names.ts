/** Names that only the engine knows. */
import { listContainers } from "../../docker/engine-api.ts";
import { PROJECT_LABEL, SERVICE_LABEL } from "../../docker/labels.ts";
import { cleanText } from "../../text/clean.ts";
import { chosenEngine } from "../engine-options.ts";
import type { Candidate } from "./candidates.ts";

/** Deadline in milliseconds: a person has pressed a key and waits. */
const TIMEOUT_MS = 2_000;

/**
 * Lists names of compose projects, or of the services of one project or of all; empty when the
 * engine does not answer.
 *
 * @param given values of options on the line, which name the project and the engine
 */
export async function namesOf(
  kind: "projects" | "services",
  given: ReadonlyMap<string, string> = new Map(),
): Promise<Candidate[]> {
  try {
    const project = kind === "services" ? given.get("--project") : undefined;
    const engine = chosenEngine({
      dockerHost: given.get("--docker-host"),
      dockerContext: given.get("--docker-context"),
      dockerCertPath: given.get("--docker-cert-path"),
    });
    const call = { engine, purpose: "Looking for names", timeoutMs: TIMEOUT_MS };
    const containers = await listContainers(call, project === undefined ? {} : { project });
    const label = kind === "projects" ? PROJECT_LABEL : SERVICE_LABEL;
    return candidatesOf(containers.map(({ Labels }) => Labels?.[label] ?? ""));
  } catch {
    // A completion has no place to print an error.
    return [];
  }
}

/** Each name once, sorted and without control characters. */
export function candidatesOf(names: readonly string[]): Candidate[] {
  const cleaned = names.map(cleanText).filter((name) => name !== "");
  return [...new Set(cleaned)].sort().map((value) => ({ value, description: "" }));
}
