import type { EngineSettings } from "../docker/endpoint-settings.ts";
import type { ProgressListener } from "../progress.ts";
import type { Redactor } from "../redaction/redact.ts";

/** How calls about a project behave. */
export interface ProjectCalls extends EngineSettings {
  /** Deadline of a call that changes something, in milliseconds. Defaults to ten minutes. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * How long a call that changes something waits while another operation changes the project, in
   * seconds, 0 or more. Defaults to 60.
   */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Called with what there is to tell of a wait. */
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Hides secrets in errors and logs, beside those that the containers themselves have in their
   * environment. Defaults to hiding no further ones.
   *
   * @internal
   */
  readonly redact?: Redactor | undefined;
}
