/** Names that only the engine or Pulumi knows. */
import { listContainers } from "../../docker/engine-api.ts";
import { PROJECT_LABEL, SERVICE_LABEL } from "../../docker/labels.ts";
import { cleanText } from "../../text/clean.ts";
import { chosenEngine } from "../engine-options.ts";
import { programFolder } from "../program-folder.ts";
import type { Environment } from "../target.ts";
import type { Candidate } from "./candidates.ts";

/** Deadline in milliseconds: a person has pressed a key and waits. */
const TIMEOUT_MS = 2_000;

/**
 * Lists names of compose projects, of the services of one project or of all, or of stacks; empty when
 * nobody answers.
 *
 * @param given values of options on the line, which name the project and the engine
 */
export async function namesOf(
  kind: "projects" | "services" | "stacks",
  environment: Environment,
  given: ReadonlyMap<string, string> = new Map(),
): Promise<Candidate[]> {
  try {
    if (kind === "stacks") {
      return candidatesOf(await stackNames(environment, given.get("--cwd")));
    }
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

/** Lists the stacks of the program; Pulumi ends by the deadline like the engine does. */
async function stackNames(environment: Environment, cwd: string | undefined): Promise<string[]> {
  const { listStacks } = await import("../../pulumi/cli/stacks.ts");
  const folder = programFolder(cwd, environment);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return (await listStacks({ folder, environment, signal })).map(({ name }) => name);
}

/** Each name once, sorted and without control characters. */
export function candidatesOf(names: readonly string[]): Candidate[] {
  const cleaned = names.map(cleanText).filter((name) => name !== "");
  return [...new Set(cleaned)].sort().map((value) => ({ value, description: "" }));
}
