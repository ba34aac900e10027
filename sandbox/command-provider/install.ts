/** Installs the offline command provider where the Pulumi CLI looks for plugins. */
import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyPackage, findRuntimePackages, type RuntimePackage } from "./packages.ts";
import { VERSION } from "./provider/schema.ts";

const SOURCES = join(import.meta.dirname, "provider");
const EXECUTABLE = "pulumi-resource-command";

/** Marker file in a plugin folder of this project, with the digest of its sources. */
const MARKER = "z-billing-lago-offline.json";

/** Folder of the plugin below a Pulumi home. */
export function commandPluginFolder(pulumiHome: string): string {
  return join(pulumiHome, "plugins", `resource-command-v${VERSION}`);
}

/** Whether the command provider in a Pulumi home is the offline one. */
export async function hasOfflineCommandProvider(pulumiHome: string): Promise<boolean> {
  const present = await presentPlugin(commandPluginFolder(pulumiHome));
  return present !== undefined && present !== "official";
}

/**
 * Installs the offline implementation of the command provider as plugin `command` 1.2.1.
 *
 * The plugin folder holds copies of all files that the plugin needs, so the plugin works for any
 * program and after this checkout has moved. An official plugin that is already there stays. An
 * offline plugin made of the same sources stays too; any other offline plugin is replaced. No
 * incomplete plugin ever appears under the plugin's name.
 *
 * @param pulumiHome Folder that `PULUMI_HOME` names, by default `~/.pulumi`; made when missing.
 * @throws Error when a package to copy is not installed, or when an installation of the official
 * plugin is incomplete.
 */
export async function installOfflineCommandProvider(pulumiHome: string): Promise<void> {
  const folder = commandPluginFolder(pulumiHome);
  if (await isHalfDone(folder)) {
    throw new Error(
      `${folder} was left half installed; remove it with: pulumi plugin rm resource command ${VERSION} --yes`,
    );
  }
  const packages = await findRuntimePackages();
  const digest = await digestOf(packages);
  const present = await presentPlugin(folder);
  if (present === "official" || present === digest) {
    return;
  }
  const build = join(pulumiHome, "plugins", `.z-billing-lago-${randomUUID()}`);
  try {
    await buildPlugin(build, packages, digest);
    await putInPlace(build, folder, digest, present !== undefined);
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

async function buildPlugin(
  folder: string,
  packages: readonly RuntimePackage[],
  digest: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(SOURCES, join(folder, "provider"), { recursive: true });
  for (const source of packages) {
    await copyPackage(source, join(folder, "node_modules"));
  }
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await writeFile(join(folder, EXECUTABLE), startScript(process.execPath), { mode: 0o755 });
  await writeFile(join(folder, MARKER), `${JSON.stringify({ version: VERSION, digest })}\n`);
}

/**
 * Start script of the plugin. The engine starts the script by its absolute path, in the program's
 * folder. The script runs the Node that installed the plugin, since another one may be too old to
 * run TypeScript.
 */
function startScript(node: string): string {
  return `#!/bin/sh
# Offline implementation of the Pulumi command provider, installed by z-billing-lago.
node='${node.replaceAll("'", "'\\''")}'
[ -x "$node" ] || node=node
exec "$node" --disable-warning=ExperimentalWarning "\${0%/*}/provider/main.ts" "$@"
`;
}

async function putInPlace(
  build: string,
  folder: string,
  digest: string,
  replacesOurs: boolean,
): Promise<void> {
  const old = `${build}-old`;
  try {
    if (replacesOurs) {
      await rename(folder, old);
    }
    await rename(build, folder);
  } catch (error) {
    // Another process may have installed the same plugin meanwhile.
    const present = await presentPlugin(folder);
    if (present !== "official" && present !== digest) {
      throw error;
    }
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

/** `official`, the digest of an offline plugin, or undefined without a plugin. */
async function presentPlugin(folder: string): Promise<string | undefined> {
  try {
    const marker = JSON.parse(await readFile(join(folder, MARKER), "utf8"));
    return String(marker.digest);
  } catch {
    return (await exists(folder)) ? "official" : undefined;
  }
}

/**
 * Whether a plugin is incomplete. The Pulumi CLI keeps this file beside a plugin's folder until the
 * plugin is complete.
 */
function isHalfDone(folder: string): Promise<boolean> {
  return exists(`${folder}.partial`);
}

async function digestOf(packages: readonly RuntimePackage[]): Promise<string> {
  const hash = createHash("sha256").update(startScript(process.execPath));
  for (const { name, version } of packages) {
    hash.update(`\0${name}@${version}`);
  }
  for (const file of (await readdir(SOURCES)).sort()) {
    hash.update(`\0${file}\0`).update(await readFile(join(SOURCES, file)));
  }
  return hash.digest("hex");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
