/** Creates a stack, its config and its keys. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { KeyFingerprintStore } from "../../deployment/key-fingerprint-store.ts";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { DeployError } from "../../errors.ts";
import { newKeys } from "../../keys/new-keys.ts";
import { hasData } from "../../keys/project-volumes.ts";
import { shortStackName } from "../../lago/config/project-name.ts";
import { GUARDED_KEY_NAMES, type KeyName, LAGO_KEYS } from "../../lago/lago-keys.ts";
import { findStack } from "../../pulumi/cli/choose-stack.ts";
import { withConfigDraft } from "../../pulumi/cli/config-draft.ts";
import { pulumi, type StackOptions } from "../../pulumi/cli/run.ts";
import {
  configuredEngine,
  configuredProject,
  readStackConfig,
  type StackConfig,
} from "../../pulumi/cli/stack-config.ts";
import { hasStackKeys, writeStackKeys } from "../../pulumi/cli/stack-keys.ts";
import { listStacks } from "../../pulumi/cli/stacks.ts";
import { zbl } from "../../text/zbl.ts";
import { type InitAnswers, settingsOf } from "./answers.ts";

/** Options of {@link createStack}. */
export interface CreateStackOptions extends StackOptions {
  readonly answers: InitAnswers;
  /** Whether existing settings of the stack may be replaced. Existing keys never are. */
  readonly overwrite: boolean;
  /** Receives further notes for the user. */
  readonly onNote: (text: string) => void;
}

/** Result of {@link createStack}. */
export interface CreatedStack {
  /** Path of the config file, relative to the folder. */
  readonly file: string;
  /** Names of the plain settings that were written. */
  readonly settings: readonly string[];
  /** Names of the generated keys; their values are secrets in the config. */
  readonly keys: readonly KeyName[];
}

const configSchema = z.looseObject({ config: z.record(z.string(), z.unknown()).nullish() });

/**
 * Creates the stack unless it exists, writes its settings, and generates the keys that neither its
 * config nor its state has. If the project already has data on its host, no keys are generated:
 * only the keys that the data was made with are of use. The config file is written completely or,
 * after a failure, not at all, so that the command can be run again.
 *
 * @throws DeployError of kind `InvalidConfig` before anything is touched, of kind `PathNotFound` where
 * there is no Pulumi program, or of kind `CommandFailed`
 */
export async function createStack(options: CreateStackOptions): Promise<CreatedStack> {
  const { answers, folder, overwrite } = options;
  const settings = settingsOf(answers);
  const file = `Pulumi.${shortStackName(answers.stack)}.yaml`;
  if (!existsSync(join(folder, "Pulumi.yaml"))) {
    throw new DeployError(
      "PathNotFound",
      `The folder ${folder} has no Pulumi.yaml. Run this in the program's folder, or name it with --cwd.`,
    );
  }
  if (!overwrite && hasSettings(join(folder, file))) {
    throw new DeployError(
      "InvalidConfig",
      `${file} already has settings, which were not changed. Choose another name for the stack, change single settings with \`${zbl("set", answers.stack, "apiUrl")}\` and so on, or replace all with --overwrite; existing keys always stay.`,
    );
  }
  await ensureStack(options);
  return await withConfigDraft(join(folder, file), async (configFile) => {
    const draft = { ...options, configFile };
    for (const [name, value] of settings) {
      await pulumi(draft, ["config", "set", "--path", name, value]);
    }
    return { file, settings: [...settings.keys()], keys: await makeKeys(draft) };
  });
}

/** Makes the stack unless it exists. The first stack of a program is selected, and no other one is. */
export async function ensureStack(options: StackOptions): Promise<void> {
  const stacks = await listStacks(options);
  if (findStack(options.stack, stacks) === undefined) {
    const quietly = stacks.length === 0 ? [] : ["--no-select"];
    await pulumi(options, ["stack", "init", ...quietly]);
  }
}

/**
 * Whether a config file has settings. After an interrupted run it holds only what Pulumi itself
 * writes.
 */
function hasSettings(path: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  const parsed = configSchema.safeParse(parse(readFileSync(path, "utf8")) ?? {});
  return !parsed.success || Object.keys(parsed.data.config ?? {}).length > 0;
}

async function makeKeys(options: CreateStackOptions): Promise<KeyName[]> {
  const { answers, onNote, signal } = options;
  const { entries } = await readStackConfig(options);
  const missing = GUARDED_KEY_NAMES.filter((name) => !isGiven(name, entries));
  if (missing.length === 0) {
    return [];
  }
  if (await hasStackKeys(options)) {
    onNote(`Stack ${answers.stack} has keys in its state: they stay, and none are generated.`);
    return [];
  }
  const projectName = configuredProject(entries, options);
  if (await hasDataHere(projectName, configuredEngine(entries), onNote, signal)) {
    onNote(
      `Project ${projectName} has data on its host, so no keys are generated: the data needs the keys that it was made with. Restore them: ${zbl("keys", "import", "--stack", answers.stack)}, or ${zbl("keys", "recover", "--project", projectName, "--stack", answers.stack)}`,
    );
    return [];
  }
  const made = await newKeys();
  const keys = Object.fromEntries(missing.map((name) => [name, made[name]]));
  await writeStackKeys(options, { projectName, keys });
  return [...missing];
}

function isGiven(name: KeyName, entries: StackConfig["entries"]): boolean {
  const { setting = "" } = LAGO_KEYS.find((key) => key.name === name) ?? {};
  const path = setting.split(".");
  let value: unknown = entries.get(path[0] ?? "")?.value;
  for (const part of path.slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  return value !== undefined;
}

/**
 * Whether the project has data on its host. An engine that does not answer counts as no; the
 * preview asks it again.
 */
async function hasDataHere(
  projectName: string,
  engine: DockerEndpoint,
  onNote: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return hasData(await new KeyFingerprintStore(projectName, engine, signal).read());
  } catch (error) {
    const kinds = ["DaemonUnreachable", "DockerNotAvailable"];
    if (DeployError.isDeployError(error) && kinds.includes(error.kind)) {
      onNote("Cannot tell whether the project has data: the Docker engine does not answer.");
      return false;
    }
    throw error;
  }
}
