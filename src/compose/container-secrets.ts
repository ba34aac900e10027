/**
 * What the containers of a project have in their environment as secrets. Whoever stops, restarts or
 * reads logs by a project's name alone knows no values: the containers do.
 */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { secretValues } from "../text/redact.ts";
import { lookUntilNoneGoes } from "./vanished.ts";

/** Looks at a project whose containers are being replaced. */
const MAX_LOOKS = 3;

/** Calls docker with these arguments and returns what it prints. */
type Ask = (args: readonly string[]) => Promise<string>;

/**
 * The secrets of a project's containers, running or not: one call lists the containers, one more
 * looks into them, however many they are.
 *
 * @throws DeployError when docker cannot be asked, or of kind `ParseError`
 */
export function containerSecrets(projectName: string, ask: Ask): Promise<string[]> {
  return lookUntilNoneGoes(MAX_LOOKS, async () => {
    const filter = `label=com.docker.compose.project=${projectName}`;
    const list = ["container", "ls", "--all", "--quiet", "--no-trunc", "--filter", filter];
    const ids = (await ask(list)).split("\n").filter((id) => id !== "");
    if (ids.length === 0) {
      return [];
    }
    const inspect = ["container", "inspect", "--format", "{{json .Config.Env}}", ...ids];
    return parseEnvironments(await ask(inspect)).flatMap(secretValues);
  });
}

const schema = z.array(z.string()).nullable();

/** Reads environments, one a line, each a JSON array of `NAME=value`. */
export function parseEnvironments(text: string): Record<string, string>[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const parsed = schema.safeParse(tryJson(line));
    if (!parsed.success) {
      throw new DeployError(
        "ParseError",
        "The environment of a container is not of the expected form, so that nobody can say what of it is secret. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
      );
    }
    return environmentOf(parsed.data ?? []);
  });
}

/** An environment as docker has it, `NAME=value` each, by name. */
export function environmentOf(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf("=");
      return equals === -1 ? [entry, ""] : [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
