/** Surroundings of an operation on a stack: program, environment, terminal and the signal to stop. */
import type { StatusPoll } from "../deployment/options.ts";
import type { DeployStatus } from "../deployment/status.ts";
import type { DeployErrorKind } from "../errors.ts";
import type { PlannedDeployment } from "../pipeline/deployments.ts";

/** Outputs of an operation. */
export interface StackDisplay {
  /** Whether a person reads the result on a terminal. */
  readonly isTerminal: boolean;
  /** Writes a message for a person. */
  note(text: string): void;
  /** Writes a part of the result. */
  result(text: string): void;
  /** Formats the services of a project as a table. */
  statusTable(projectName: string, status: DeployStatus): string;
  /** Shows the progress of services that are started or stopped. */
  progress(deployments: readonly PlannedDeployment[]): Promise<ProgressView>;
}

/** Progress of an operation on a screen, or line by line. */
export interface ProgressView {
  /** Whether the services are shown as a table, for which {@link ProgressView.look} is needed. */
  readonly isTable: boolean;
  /** Takes in a line of progress. */
  line(text: string): void;
  /** Takes in an observation of a project's services. */
  look(projectName: string, poll: StatusPoll): void;
  /** Ends the view. Of the tables, only one of an operation that failed stays on the screen. */
  close(end: "done" | "stopped" | "failed"): void;
}

/** Questions to a person. Each throws a DeployError of kind `Canceled` when nobody answers. */
export interface Questions {
  yesNo(message: string): Promise<boolean>;
  text(message: string): Promise<string>;
}

/** Surroundings of an operation. */
export interface StackContext {
  /** Folder of the Pulumi program. */
  readonly folder: string;
  /** Whole environment of the caller, with `pulumi` on its PATH. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Fires when a person or the system asks the process to stop. */
  readonly signal: AbortSignal;
  readonly display: StackDisplay;
  /** Absent where nobody can answer. */
  readonly questions: Questions | undefined;
}

/** Options of an operation on a stack. */
export interface StackRequest {
  /** Name of the stack. */
  readonly stack: string;
  /** Whether to go on without a question. */
  readonly yes: boolean;
  /** Whether Pulumi's own output is shown instead of ours. */
  readonly verbose: boolean;
  /** Further arguments for Pulumi, whose own output is then shown. */
  readonly rest: readonly string[];
}

/** End of an operation on a stack. */
export interface StackOutcome {
  readonly end:
    | "done"
    /** A person has to agree first, and nobody could be asked. */
    | "unanswered"
    /** Refused before anything was touched. */
    | "refused"
    | "failed"
    /** A person said no, or stopped the operation. */
    | "canceled";
  /** Kind of the error that ended the operation, if known. */
  readonly kind?: DeployErrorKind | undefined;
}
