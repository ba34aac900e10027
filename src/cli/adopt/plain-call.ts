/** Files, profiles and variables with which plain compose was called. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { composeVariables } from "../../compose/compose-variables.ts";
import { findComposeFiles } from "../../compose/find-files.ts";
import { readComposeFiles } from "../../compose/read-files.ts";
import type { ComposeProjectOnEngine } from "../../observe/compose-projects.ts";
import { readEnvFile } from "../env-file.ts";
import type { Environment } from "../target.ts";

/** Reads the files of variables that compose read, each on top of those before it. */
export function readVariables(
  { folder, envFiles }: ComposeProjectOnEngine,
  environment: Environment,
) {
  const named = envFiles.length > 0 ? envFiles : [".env"];
  // A file that is gone tells nothing; the containers do.
  const there = named.map((file) => resolve(folder, file)).filter((file) => existsSync(file));
  const inFile: Record<string, string> = {};
  for (const file of there) {
    Object.assign(inFile, readEnvFile(file, { ...inFile, ...environment }).variables);
  }
  return { envFiles: there, inFile };
}

/** Compose files relative to the folder; empty where they are those that compose finds by itself. */
export function namedFiles({ folder, files }: ComposeProjectOnEngine): string[] {
  const isFound = (() => {
    try {
      return findComposeFiles(folder).join("\0") === files.join("\0");
    } catch {
      return false;
    }
  })();
  return isFound
    ? []
    : files.map((file) => {
        const inside = relative(folder, file);
        return inside.startsWith("..") ? file : inside;
      });
}

/** Profiles that have to be on for the services that have containers. */
export function profilesOf(
  { files, services }: ComposeProjectOnEngine,
  inFile: Readonly<Record<string, string>>,
): string[] {
  const wished = composeVariables(inFile).profiles ?? [];
  const { model } = readComposeFiles(files, { profiles: ["*"], variables: inFile });
  const needed = new Set<string>(wished);
  for (const { name, definition } of model.services) {
    const own = ((definition.profiles ?? []) as unknown[]).map(String);
    const [first] = own;
    const isThere = services.some((service) => service.name === name);
    if (first !== undefined && isThere && !own.some((profile) => needed.has(profile))) {
      needed.add(first);
    }
  }
  return [...needed];
}
