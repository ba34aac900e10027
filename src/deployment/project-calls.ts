import type { EngineSettings } from "../docker/endpoint-settings.ts";
import type { ProgressListener } from "../progress.ts";
import type { Redactor } from "../redaction/redact.ts";

/** Options of the calls about a project. */
export interface ProjectCalls extends EngineSettings {
  /** Deadline of a call that changes something, in milliseconds. Defaults to ten minutes. */
  readonly timeoutMs?: number | undefined;
  /** Stack of the project, for the commands that messages name. Defaults to the selected one. */
  readonly stack?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * How long a call that changes something waits while another operation changes the project, in
   * seconds, 0 or more. Defaults to 60.
   */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Called with messages about a wait. */
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Hides further secrets in errors and logs, beside those in the environment of the containers.
   * Defaults to none.
   *
   * @internal
   */
  readonly redact?: Redactor | undefined;
}
