/** The two command providers that the conformance test holds against each other. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  commandPluginFolder,
  installOfflineCommandProvider,
} from "../../sandbox/command-provider/install.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { findPulumi } from "../../testing/pulumi.ts";

/** Variable that names the official plugin's archive. */
export const PLUGIN_VARIABLE = "Z_BILLING_LAGO_COMMAND_PLUGIN";

/** One of the two providers. */
export type HalfName = "official" | "offline";

/** Both providers, each with how to put it into a Pulumi home. */
export const HALVES: Readonly<Record<HalfName, (pulumiHome: string) => Promise<void>>> = {
  official: installOfficial,
  offline: installOfflineCommandProvider,
};

/** The program that Pulumi starts for a provider. */
export function pluginProgram(pulumiHome: string): string {
  return join(commandPluginFolder(pulumiHome), "pulumi-resource-command");
}

/**
 * Installs a provider, or says why it cannot be had here.
 *
 * @returns undefined, or the reason.
 */
export async function tryInstall(half: HalfName, pulumiHome: string): Promise<string | undefined> {
  try {
    await mkdir(pulumiHome, { recursive: true });
    await HALVES[half](pulumiHome);
    return undefined;
  } catch (error) {
    if (half === "offline") {
      throw error;
    }
    return (error as Error).message;
  }
}

/** From the archive that the variable names, else by download. */
async function installOfficial(pulumiHome: string): Promise<void> {
  const archive = process.env[PLUGIN_VARIABLE];
  const from = archive ? ["--file", resolve(archive)] : [];
  const args = ["plugin", "install", "resource", "command", "1.2.1", ...from];
  const result = await run(findPulumi(), args, {
    env: {
      ...inheritedEnvironment(),
      PULUMI_HOME: pulumiHome,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    timeoutMs: 120_000,
  });
  if (result.exitCode !== 0) {
    throw new Error(
      `no archive at ${archive} (${PLUGIN_VARIABLE} names another) and the download failed: ${result.stderr.trim().split("\n").at(-1)}`,
    );
  }
}
