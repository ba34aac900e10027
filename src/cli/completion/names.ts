/** Names that only the engine knows. */
import { callDocker } from "../../docker/docker.ts";
import { redactUrls } from "../../redaction/redact.ts";
import { cleanText } from "../../text/clean.ts";
import { chosenEngine } from "../engine-options.ts";
import type { Candidate } from "./candidates.ts";

/** Deadline in milliseconds: a person has pressed a key and waits. */
const TIMEOUT_MS = 2_000;

const PROJECT = "com.docker.compose.project";
const SERVICE = "com.docker.compose.service";

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
    const filter = project === undefined ? PROJECT : `${PROJECT}=${project}`;
    const format = `{{.Label "${PROJECT}"}}\t{{.Label "${SERVICE}"}}`;
    const { stdout } = await callDocker({
      engine: chosenEngine({
        dockerHost: given.get("--docker-host"),
        dockerContext: given.get("--docker-context"),
        dockerCertPath: given.get("--docker-cert-path"),
      }),
      purpose: "Looking for names",
      args: ["container", "ls", "--all", "--filter", `label=${filter}`, "--format", format],
      timeoutMs: TIMEOUT_MS,
      redact: redactUrls,
    });
    return parseNames(stdout, kind);
  } catch {
    // A completion has no place to print an error.
    return [];
  }
}

/** Parses lines of a project and a service. */
export function parseNames(text: string, kind: "projects" | "services"): Candidate[] {
  const names = text
    .split("\n")
    .map((line) => cleanText(line.split("\t")[kind === "projects" ? 0 : 1] ?? ""))
    .filter((name) => name !== "");
  return [...new Set(names)].sort().map((value) => ({ value, description: "" }));
}
