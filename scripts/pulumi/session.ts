/** Runs the pinned Pulumi CLI with the same backend, passphrase and PATH in every call. */
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { pulumiBin } from "../../setup/pulumi-paths.ts";
import { runAttached } from "../../src/process/attached.ts";
import { definedOnly } from "../../src/process/environment.ts";
import { type Backend, chooseBackend, isLocal, loggedInTo } from "./backend.ts";
import { ensurePassphrase } from "./passphrase.ts";

/**
 * Deadline of a command in milliseconds, for a first start that pulls every image over a slow line:
 * 4 h.
 */
const ATTACHED_DEADLINE_MS = 4 * 3_600_000;

/** The configured Pulumi CLI. */
export interface PulumiSession {
  /** Environment of the CLI, for other programs that start `pulumi`. */
  readonly env: Readonly<Record<string, string>>;
  /** Place of the stacks, and the way to another one, for a person. */
  readonly keptIn: string;
  /** Runs a command on the terminal, with further variables, and returns its exit code. */
  attached(args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<number>;
}

/** Chooses the backend, and ensures its passphrase. */
export async function openPulumi(context: SetupContext): Promise<PulumiSession> {
  const backend = chooseBackend(context.env, await loggedInTo(context));
  const variables: Record<string, string> = {};
  if (backend.chosenBy === "default") {
    variables.PULUMI_BACKEND_URL = backend.url;
  }
  if (isLocal(backend) && !hasPassphrase(context.env)) {
    variables.PULUMI_CONFIG_PASSPHRASE_FILE = await ensurePassphrase(context);
  }
  const env = { ...pulumiEnvironment(context), ...variables };
  const program = join(pulumiBin(context), "pulumi");
  const cwd = context.root;
  return {
    env,
    keptIn: keptIn(backend),
    attached: (args, more = {}) =>
      runAttached(program, args, {
        cwd,
        env: { ...env, ...more },
        timeoutMs: ATTACHED_DEADLINE_MS,
      }),
  };
}

function keptIn({ chosenBy, url }: Backend): string {
  return chosenBy === "default"
    ? `Stacks are kept in ${join(homedir(), ".pulumi")}; to keep them elsewhere run \`npm run pulumi -- login <url>\` or set PULUMI_BACKEND_URL`
    : `Stacks are kept where ${chosenBy} says: ${url || "Pulumi"}`;
}

/** Whether a passphrase is set. An empty one counts, as for Pulumi. */
function hasPassphrase(env: SetupContext["env"]): boolean {
  return (
    env.PULUMI_CONFIG_PASSPHRASE !== undefined || env.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined
  );
}

/**
 * The caller's complete environment, with the pinned CLI first on the PATH. Backends and secrets
 * providers read their credentials from it; Lago's containers get only selected variables.
 */
export function pulumiEnvironment(context: SetupContext): Record<string, string> {
  return {
    ...definedOnly(context.env),
    PATH: [pulumiBin(context), context.env.PATH ?? ""].join(delimiter),
    PULUMI_HOME: context.pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
