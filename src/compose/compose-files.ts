import { callDocker } from "../docker/docker.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { isAtLeast, MIN_COMPOSE_VERSION } from "../docker/version.ts";
import { DeployError } from "../errors.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { Redactor } from "../redaction/redact.ts";
import { zbl } from "../text/zbl.ts";
import { type HostFile, parseHostFiles } from "./host-files.ts";
import { type ComposeModel, parseComposeModel } from "./model.ts";
import { parseResolved, type ResolvedProject } from "./resolved.ts";

/** Names the compose files and sets how calls about them behave. */
export interface ComposeFilesOptions {
  readonly engine: DockerEndpoint;
  readonly projectName: string;
  /** Absolute path of the folder that the files' relative paths start from. */
  readonly folder: string;
  /** Absolute paths. A later file overrides an earlier one. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Deadline of a call in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Hides secrets in the output that an error message quotes. */
  readonly redact: Redactor;
}

/** Options of one call. */
export interface ComposeFilesCall {
  /** Purpose of the call, as the subject of an error message. */
  readonly purpose: string;
  readonly command: readonly string[];
  /** Values for the variables of the files. Defaults to none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Text of a further compose file, on top of all others. Defaults to none. */
  readonly override?: string | undefined;
  /**
   * Whether compose prints secrets, so that no error message shows its output. Defaults to false.
   */
  readonly secretOutput?: boolean | undefined;
  /** Milliseconds. Defaults to the deadline of all calls. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of output, which may hold secrets. Defaults to none. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Bytes of each stream to keep. Defaults to 8 MiB. */
  readonly captureBytes?: number | undefined;
  /**
   * Returns a redactor of further secrets, called only when an error message quotes output.
   * Defaults to none.
   */
  readonly redactMore?: (() => Promise<Redactor>) | undefined;
}

/** Calls of `docker compose` that need the compose files. */
export class ComposeFiles {
  readonly #options: ComposeFilesOptions;

  constructor(options: ComposeFilesOptions) {
    this.#options = options;
  }

  /**
   * Reads the compose files without filling in variables. Compose gets no values for this call, so
   * its output cannot hold a secret.
   *
   * @throws DeployError of kind `ComposeFileInvalid` or `DockerNotAvailable`
   */
  async readModel(): Promise<ComposeModel> {
    const { stdout } = await this.call({
      purpose: `Reading ${this.#options.files.join(" and ")}`,
      command: ["config", "--no-interpolate", "--format", "json"],
    });
    return parseComposeModel(stdout, this.#options.profiles);
  }

  /**
   * Fills in the compose files with these values. Compose prints secrets for this call; they are in
   * the result and in no error message.
   *
   * @param withEnvFile names of the services that have an `env_file`
   */
  async resolve(
    call: Pick<ComposeFilesCall, "environment" | "override" | "signal">,
    withEnvFile: readonly string[] = [],
  ): Promise<ResolvedProject> {
    const purpose = `Filling in ${this.#options.files.join(" and ")}`;
    const ask = (command: readonly string[]) =>
      this.call({ ...call, purpose, command, secretOutput: true });
    const [config, hashes] = await allSettledOrThrow([
      ask(["config", "--format", "json"]),
      ask(["config", "--hash", "*"]),
    ]);
    const more =
      withEnvFile.length === 0
        ? ""
        : await this.#hashesOf(purpose, config.stdout, withEnvFile, call.signal);
    return parseResolved(config.stdout, `${hashes.stdout}\n${more}`);
  }

  /**
   * Hashes of services from their filled-in definitions. `config --hash` of compose 2.26 leaves what an
   * `env_file` gives out of the hash; a start does not.
   */
  async #hashesOf(
    purpose: string,
    filledIn: string,
    names: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { folder, profiles } = this.#options;
    const { stdout } = await this.#compose(
      [
        ...["--project-directory", folder],
        ...profiles.flatMap((profile) => ["--profile", profile]),
        ...["--file", "-", "config", "--hash", names.join(",")],
      ],
      { purpose, command: ["config"], override: filledIn, secretOutput: true, signal },
    );
    return stdout;
  }

  /**
   * Lists the host files that services use, with these values filled in. Compose prints secrets for
   * this call; no error message shows them.
   */
  async hostFiles(call: Pick<ComposeFilesCall, "environment" | "signal">): Promise<HostFile[]> {
    const { stdout } = await this.call({
      ...call,
      purpose: `Looking for host files in ${this.#options.files.join(" and ")}`,
      command: ["config", "--no-path-resolution", "--format", "json"],
      secretOutput: true,
    });
    return parseHostFiles(stdout);
  }

  /** Runs a command of compose on the files. */
  call(call: ComposeFilesCall) {
    const { folder, files, profiles } = this.#options;
    return this.#compose(
      [
        ...["--project-directory", folder],
        ...files.flatMap((file) => ["--file", file]),
        ...profiles.flatMap((profile) => ["--profile", profile]),
        ...(call.override === undefined ? [] : ["--file", "-"]),
        ...call.command,
      ],
      call,
    );
  }

  /**
   * Returns the version of compose, such as `2.26.1`.
   *
   * @throws DeployError of kind `DockerNotAvailable` or `ComposeTooOld`
   */
  async requireCompose(): Promise<string> {
    const command = ["version", "--short"];
    const { stdout } = await this.#compose(command, {
      purpose: "Asking for compose's version",
      command,
    });
    if (!isAtLeast(stdout, MIN_COMPOSE_VERSION)) {
      throw new DeployError(
        "ComposeTooOld",
        `Compose ${stdout.trim()} is too old: ${MIN_COMPOSE_VERSION} or newer is needed. Update Docker's compose plugin, which \`${zbl("doctor")}\` checks, then run the same command again.`,
      );
    }
    return stdout.trim();
  }

  #compose(args: readonly string[], call: ComposeFilesCall) {
    const { engine, projectName, folder, timeoutMs, signal, redact } = this.#options;
    return callDocker({
      engine,
      purpose: call.purpose,
      args: ["compose", "--ansi", "never", "--project-name", projectName, ...args],
      cwd: folder,
      environment: call.environment,
      stdin: call.override,
      timeoutMs: call.timeoutMs ?? timeoutMs,
      signal: call.signal ?? signal,
      redact,
      onLine: call.onLine,
      captureBytes: call.captureBytes,
      secretOutput: call.secretOutput,
      redactMore: call.redactMore,
    });
  }
}
