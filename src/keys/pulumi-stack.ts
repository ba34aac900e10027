/** A Pulumi stack, worked on by the `pulumi` program on the PATH. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { ProcessFailure } from "../process/failure.ts";
import { type RunResult, run } from "../process/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { tryJson } from "../text/json.ts";
import { redactorFor } from "../text/redact.ts";
import type { SavedKeys } from "./key-file.ts";
import { GUARDED_KEY_NAMES, LAGO_KEYS } from "./lago-keys.ts";

/** A backend on the other side of the world takes seconds, a passphrase dialogue does not occur. */
const TIMEOUT_MS = 120_000;
const MAX_STATE_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 4 * 1024;

/** Type of the resource that holds the keys, as Pulumi writes it. */
const KEYS_TYPE = "pulumi-nodejs:dynamic/lago:Keys";

const stateSchema = z.object({
  deployment: z.object({
    resources: z.array(z.looseObject({ type: z.string() })).default([]),
  }),
});
/** A secret in an export: its value as JSON text. */
const secretSchema = z
  .object({ plaintext: z.string() })
  .transform(({ plaintext }): unknown => JSON.parse(plaintext))
  .pipe(z.string());
const keysSchema = z.object({
  inputs: z.object({ projectName: z.string() }),
  outputs: z.object(Object.fromEntries(GUARDED_KEY_NAMES.map((name) => [name, secretSchema]))),
});

/** How to reach a stack. */
export interface StackOptions {
  readonly stack: string;
  /** Folder of the program. */
  readonly folder: string;
  /** The caller's whole environment: backends and secrets providers take credentials from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The keys of a stack's deployment, from its state, where they are before anything has started.
 *
 * @param projectName which deployment is meant, for a program with several
 * @throws DeployError of kind `CommandFailed`, or of kind `InvalidConfig` when it holds no keys
 */
export async function readStackKeys(
  options: StackOptions,
  projectName?: string,
): Promise<SavedKeys> {
  const { stdout } = await pulumi(options, ["stack", "export", "--show-secrets"]);
  const { resources } = read(stateSchema, parseJson(stdout)).deployment;
  const found = resources
    .filter(({ type }) => type === KEYS_TYPE)
    .map((resource) => read(keysSchema, resource))
    .map(({ inputs, outputs }) => ({ projectName: inputs.projectName, keys: outputs }));
  const meant = found.filter((one) => projectName === undefined || one.projectName === projectName);
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) {
    const names = found.map((one) => one.projectName).join(", ");
    const hint = names === "" ? "it deploys no Lago" : `it has those of ${names}; use --project`;
    throw new DeployError(
      "InvalidConfig",
      `Stack ${options.stack} does not have the keys of ${projectName ?? "one deployment"}: ${hint}.`,
    );
  }
  return only;
}

/**
 * Makes keys secret config of a stack, one after the other. Values go by standard input.
 *
 * @throws DeployError of kind `CommandFailed`
 */
export async function writeStackKeys(options: StackOptions, saved: SavedKeys): Promise<void> {
  for (const { name, configArguments } of LAGO_KEYS) {
    const value = saved.keys[name];
    if (value !== undefined) {
      await pulumi(options, ["config", "set", "--secret", ...configArguments.split(" ")], value);
    }
  }
}

async function pulumi(
  options: StackOptions,
  args: readonly string[],
  stdin?: string,
): Promise<RunResult> {
  const result = await start(options, args, stdin);
  if (result.exitCode !== 0) {
    const redact = redactorFor(stdin === undefined ? [] : [stdin]);
    const said = tailBytes(redact(cleanText(result.stderr)).trim(), MAX_ERROR_BYTES);
    const advice =
      "Check the stack's name, that you are in the program's folder, and that Pulumi has its backend and passphrase as for `pulumi up`.";
    throw new DeployError(
      "CommandFailed",
      `pulumi ${args[0]} ${args[1]} failed for stack ${options.stack}. ${advice}\n${said}`,
      { exitCode: result.exitCode, stderr: said },
    );
  }
  return result;
}

async function start(options: StackOptions, args: readonly string[], stdin: string | undefined) {
  const environment = Object.entries(options.environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  try {
    return await run("pulumi", [...args, "--stack", options.stack, "--non-interactive"], {
      cwd: options.folder,
      env: { ...Object.fromEntries(environment), PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutMs: TIMEOUT_MS,
      signal: options.signal,
      captureBytes: MAX_STATE_BYTES,
      ...(stdin === undefined ? {} : { stdin }),
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) {
      throw error;
    }
    throw new DeployError(
      error.kind === "canceled" ? "Canceled" : "CommandExecution",
      `${error.message}. Put the \`pulumi\` program on the PATH; \`z-billing-lago doctor\` checks it.`,
      { cause: error.withoutOutput() },
    );
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const where = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new DeployError(
    "ParseError",
    `The stack's state is not of the expected form at ${where}. Was it made by another release of z-billing-lago? \`pulumi up\` brings it up to date.`,
  );
}

function parseJson(text: string): unknown {
  const value = tryJson(text);
  if (value === undefined) {
    throw new DeployError("ParseError", "`pulumi stack export` printed no JSON.");
  }
  return value;
}
