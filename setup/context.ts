import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { toolsFolder } from "./bootstrap/state.mjs";
import { createReport, type Report } from "./report.ts";

/** Context of all steps of the setup. */
export interface SetupContext {
  /** Folder of this checkout. */
  readonly root: string;
  /** Folder for installed programs and state of the setup. */
  readonly tools: string;
  /** Pulumi's folder: its credentials, plugins and, with the local backend, its stacks. */
  readonly pulumiHome: string;
  /** Environment of the script. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: Report;
  /** Fires when a person or the system asks the script to stop. */
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
