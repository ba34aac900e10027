import type { EngineCall } from "../docker/engine-api.ts";
import { type Redactor, redactorFor, redactUrls } from "../redaction/redact.ts";

/**
 * To know the secrets once a call has failed: what is not answered quickly then, is not answered at
 * all.
 */
const AFTER_FAILURE_TIMEOUT_MS = 3_000;

/** Hides the secrets of one project: those that the caller named, and those its containers have. */
export class ProjectSecrets {
  readonly #projectName: string;
  readonly #given: Redactor;
  /** The last redactor: to make one takes time, and looks follow each other. */
  #last: { readonly key: string; readonly redact: Redactor } | undefined;

  /** @param given hides what the caller named */
  constructor(projectName: string, given: Redactor) {
    this.#projectName = projectName;
    this.#given = given;
  }

  /** Hides what the caller named, and these. */
  hide(secrets: readonly string[]): Redactor {
    const key = [...new Set(secrets)].join("\0");
    if (this.#last?.key !== key) {
      const own = redactorFor(secrets);
      this.#last = { key, redact: (text) => this.#given(own(text)) };
    }
    return this.#last.redact;
  }

  /**
   * Hides what the caller named, and what the containers have in their environment. Asks docker.
   *
   * @param call how to ask
   * @throws DeployError when docker cannot be asked
   */
  async ofContainers(call: EngineCall): Promise<Redactor> {
    // The rules of the answer's form take a tenth of a second to load.
    const { containerSecrets } = await import("../observe/container-secrets.ts");
    return this.hide(await containerSecrets(call, this.#projectName));
  }

  /** The same for docker's words about a call that failed, with as much as can be known then. */
  async afterFailure(call: Omit<EngineCall, "timeoutMs">): Promise<Redactor> {
    try {
      return await this.ofContainers({ ...call, timeoutMs: AFTER_FAILURE_TIMEOUT_MS });
    } catch {
      // The failure itself matters more, and an engine that does not answer quotes no container.
      return redactUrls;
    }
  }
}
