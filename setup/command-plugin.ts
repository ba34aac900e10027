import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import manifest from "../package.json" with { type: "json" };
import {
  commandPluginFolder,
  installOfflineCommandProvider,
} from "../sandbox/command-provider/install.ts";
import { whyNoAnswer } from "./answer.ts";
import { execute, lastLines, mustSucceed } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { pulumiBin } from "./pulumi-paths.ts";

const VERSION: string = manifest.dependencies["@pulumi/command"];
const DOWNLOAD_HOST = "https://get.pulumi.com/";
const INSTALL_DEADLINE_MS = 300_000;

/**
 * Variable with the path of the official plugin's archive, for machines that cannot download it.
 */
const FILE_VARIABLE = "Z_BILLING_LAGO_COMMAND_PLUGIN";

/**
 * Ensures the plugin that runs the program's commands: the official one from the given file or a
 * download, or else the offline implementation of this project.
 */
export async function ensureCommandPlugin(context: SetupContext): Promise<void> {
  const { report } = context;
  const present = await presentPlugin(context.pulumiHome);
  if (present === "official") {
    report.ok(`Pulumi command provider ${VERSION}`);
    return;
  }
  const file = context.env[FILE_VARIABLE];
  if (file) {
    await installFile(context, resolve(file));
    return;
  }
  if (present === "offline" || !(await download(context))) {
    await installOffline(context);
  }
}

async function installFile(context: SetupContext, file: string): Promise<void> {
  if (!existsSync(file)) {
    throw new SetupFailure(
      `${FILE_VARIABLE} names ${file}, which does not exist. Correct it, or leave it out to download the plugin.`,
    );
  }
  context.report.doing(
    `Pulumi command provider ${VERSION}: it starts and stops Lago. Installing it from ${file}`,
  );
  await mustSucceed(
    context,
    pluginInstall(context, ["--file", file, "--reinstall"]),
    "Installing the command provider's plugin",
    `Check that ${file} is the plugin's archive for this machine.`,
  );
  context.report.ok(`Pulumi command provider ${VERSION}`);
}

/** Downloads the official plugin; false when that fails. */
async function download(context: SetupContext): Promise<boolean> {
  const { report } = context;
  report.doing(`Pulumi command provider ${VERSION}: it starts and stops Lago. Downloading it`);
  const refusal = await whyNoAnswer(DOWNLOAD_HOST, context.signal);
  if (refusal !== undefined) {
    report.detail(`${new URL(DOWNLOAD_HOST).host} does not answer (${refusal})`);
    return false;
  }
  const result = await execute(context, pluginInstall(context, []));
  if (result.exitCode !== 0) {
    report.detail(`the download failed:\n${lastLines(result.stderr, 3)}`);
    return false;
  }
  report.ok(`Pulumi command provider ${VERSION}`);
  return true;
}

async function installOffline(context: SetupContext): Promise<void> {
  const folder = commandPluginFolder(context.pulumiHome);
  if (existsSync(`${folder}.partial`)) {
    // Removes an interrupted download, which Pulumi would take for a running one.
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.partial`, { force: true });
  }
  await installOfflineCommandProvider(context.pulumiHome);
  context.report.ok(
    `Pulumi command provider ${VERSION}: this project's offline implementation of it; for the ` +
      `official one set ${FILE_VARIABLE} to its archive, or remove ${folder} once downloads work`,
  );
}

function pluginInstall(context: SetupContext, options: readonly string[]) {
  return {
    program: join(pulumiBin(context), "pulumi"),
    args: ["plugin", "install", "resource", "command", VERSION, ...options],
    timeoutMs: INSTALL_DEADLINE_MS,
    environment: { PULUMI_HOME: context.pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
  };
}

/** Reads the plugins folder like `pulumi plugin ls`, without starting the CLI. */
async function presentPlugin(pulumiHome: string): Promise<"official" | "offline" | undefined> {
  const folder = commandPluginFolder(pulumiHome);
  const complete = existsSync(join(folder, "pulumi-resource-command"));
  if (!complete || existsSync(`${folder}.partial`)) {
    return undefined;
  }
  return existsSync(join(folder, "z-billing-lago-offline.json")) ? "offline" : "official";
}
