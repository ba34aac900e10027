/** What commands print when they are done, for people and for programs. */
import type { LagoDeploymentOptions } from "../../deployment/options.ts";
import type { DeployStatus } from "../../deployment/status.ts";
import type { Session } from "../session.ts";
import { statusText } from "./status-text.ts";

/** Of commands whose result programs can read. */
export interface JsonOption {
  readonly json?: boolean;
}

/** How a command's calls are canceled, and tell what they do. */
export type Calls = Pick<LagoDeploymentOptions, "signal" | "onProgress" | "onLook">;

/** Those of a command that says line by line what happens. */
export function callsOf({ signal, output }: Session): Pick<Calls, "signal" | "onProgress"> {
  return { signal, onProgress: ({ message }) => output.note(message) };
}

/** Prints the status of a project. */
export function printStatus(
  session: Session,
  name: string,
  status: DeployStatus,
  options: JsonOption,
) {
  session.output.result(
    options.json === true
      ? JSON.stringify({ project: name, ...status })
      : statusText(name, status, session.screens.stdout),
  );
}

/** Prints what became of a project, such as "is restarted". */
export function printDone(session: Session, name: string, what: string, options: JsonOption): void {
  session.output.result(
    options.json === true
      ? JSON.stringify({ project: name, done: true })
      : `Project ${name} ${what}.`,
  );
}
