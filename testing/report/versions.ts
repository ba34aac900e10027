/** Versions of the programs that take part in the cases. */
import manifest from "../../package.json" with { type: "json" };
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";

/** Returns versions by name; "none" for a program that is not installed. */
export async function versions(): Promise<Record<string, string>> {
  return {
    node: process.versions.node,
    pulumi: manifest.devDependencies.pulumi,
    docker: await ask("version", "--format", "{{.Server.Version}}"),
    compose: await ask("compose", "version", "--short"),
  };
}

/** Formats versions for people. */
export function versionsText(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

async function ask(...args: string[]): Promise<string> {
  const options = { env: inheritedEnvironment(), timeoutMs: 15_000 };
  const result = await run("docker", args, options).catch(() => undefined);
  return result?.exitCode === 0 ? result.stdout.trim() : "none";
}
