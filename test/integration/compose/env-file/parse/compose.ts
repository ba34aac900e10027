/** Docker compose itself, asked for the values that it reads from `.env` files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../../../src/process/run.ts";

/** Values by name, or the message with which compose refuses the file. */
export type Read = { readonly values: Record<string, string> } | { readonly refusal: string };

/** Reads files as the `env_file` of a service each; all of them in one call where compose accepts all. */
export async function readAsServices(
  folder: string,
  texts: readonly (string | Uint8Array)[],
  environment: Record<string, string>,
): Promise<Read[]> {
  mkdirSync(folder, { recursive: true });
  const services = texts.map((text, index) => {
    writeFileSync(join(folder, `${index}.env`), text);
    return [`s${index}`, { image: "none", network_mode: "none", env_file: [`${index}.env`] }];
  });
  writeFileSync(
    join(folder, "compose.yaml"),
    JSON.stringify({ services: Object.fromEntries(services) }),
  );
  const { exitCode, stdout, stderr } = await config(folder, [], environment);
  if (exitCode === 0) {
    const read = servicesOf(stdout);
    return texts.map((_, index) => ({ values: read[`s${index}`]?.environment ?? {} }));
  }
  if (texts.length === 1) {
    return [{ refusal: stderr }];
  }
  const half = Math.ceil(texts.length / 2);
  return [
    ...(await readAsServices(folder, texts.slice(0, half), environment)),
    ...(await readAsServices(folder, texts.slice(half), environment)),
  ];
}

/** Reads a file as the `.env` of a project whose service has the variables of these names. */
export async function readAsProject(
  folder: string,
  text: string | Uint8Array,
  names: readonly string[],
  environment: Record<string, string>,
): Promise<Read> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.env"), text);
  const service = { image: "none", network_mode: "none", environment: names };
  writeFileSync(join(folder, "compose.yaml"), JSON.stringify({ services: { s: service } }));
  const { exitCode, stdout, stderr } = await config(folder, ["--env-file", "a.env"], environment);
  if (exitCode !== 0) {
    return { refusal: stderr };
  }
  // A name that nobody sets has no value.
  const values = Object.entries(servicesOf(stdout).s?.environment ?? {});
  return { values: Object.fromEntries(values.filter(([, value]) => value !== null)) };
}

function config(folder: string, options: string[], environment: Record<string, string>) {
  const { PATH = "", HOME = "" } = process.env;
  return run("docker", ["compose", ...options, "config", "--format", "json"], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
    timeoutMs: 30_000,
    captureBytes: 64 * 1024 * 1024,
  });
}

type Services = Record<string, { environment?: Record<string, string> }>;

/** Services of compose's output, in which each dollar sign stands twice. */
function servicesOf(output: string): Services {
  return JSON.parse(output.replaceAll("$$", "$")).services;
}
