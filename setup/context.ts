import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { toolsFolder } from "./bootstrap/state.mjs";
import { createReport, type Report } from "./report.ts";

/** What every step of the set-up works with. */
export interface SetupContext {
  /** The folder of this checkout. */
  readonly root: string;
  /** The folder for what the set-up installs and keeps. */
  readonly tools: string;
  /** Pulumi's own folder: its credentials, plugins and, with the local backend, its stacks. */
  readonly pulumiHome: string;
  /** The environment that the script was started with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: Report;
  /** Fires when the person or the system asks the script to stop. */
  readonly signal: AbortSignal;
}

/** Makes the context of this process. */
export function createContext(signal: AbortSignal): SetupContext {
  const { env } = process;
  return {
    root: fileURLToPath(new URL("../", import.meta.url)),
    tools: toolsFolder(),
    pulumiHome: env.PULUMI_HOME ? resolve(env.PULUMI_HOME) : join(homedir(), ".pulumi"),
    env,
    report: createReport(),
    signal,
  };
}
