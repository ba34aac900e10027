import type { EngineCall } from "../docker/engine-request.ts";
import { type Redactor, redactorFor, redactUrls } from "../redaction/redact.ts";

/**
 * Deadline for reading secrets after a failed call, in milliseconds. An engine that is slow then
 * does not answer at all.
 */
const AFTER_FAILURE_TIMEOUT_MS = 3_000;

/** Hides the secrets of one project: those that the caller named, and those of its containers. */
export class ProjectSecrets {
  readonly #projectName: string;
  readonly #given: Redactor;
  /** The last redactor. Making one takes time, and many calls need the same. */
  #last: { readonly key: string; readonly redact: Redactor } | undefined;

  /** @param given hides the secrets that the caller named */
  constructor(projectName: string, given: Redactor) {
    this.#projectName = projectName;
    this.#given = given;
  }

  /** Makes a redactor for the secrets that the caller named, and for these. */
  hide(secrets: readonly string[]): Redactor {
    const key = [...new Set(secrets)].join("\0");
    if (this.#last?.key !== key) {
      const own = redactorFor(secrets);
      this.#last = { key, redact: (text) => this.#given(own(text)) };
    }
    return this.#last.redact;
  }

  /**
   * Makes a redactor for the secrets that the caller named, and for those in the containers'
   * environment. Asks the engine.
   *
   * @param call options of the request
   * @throws DeployError when the engine does not answer
   */
  async ofContainers(call: EngineCall): Promise<Redactor> {
    // The schema of the answer takes a tenth of a second to load.
    const { containerSecrets } = await import("../observe/container-secrets.ts");
    return this.hide(await containerSecrets(call, this.#projectName));
  }

  /**
   * Makes a redactor for docker's message about a failed call, with the secrets that can be read.
   */
  async afterFailure(call: Omit<EngineCall, "timeoutMs">): Promise<Redactor> {
    try {
      return await this.ofContainers({ ...call, timeoutMs: AFTER_FAILURE_TIMEOUT_MS });
    } catch {
      // The failure itself matters more. An engine that does not answer quotes no container.
      return redactUrls;
    }
  }
}
