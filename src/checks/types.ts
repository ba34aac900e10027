/** Types of the checks. */
import type { HostFile } from "../compose/host-files.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { MountSource } from "../compose/mount-sources.ts";
import type { ServiceDetails } from "../compose/service-details.ts";

export type Severity = "error" | "warning";

/** A part of a deployment that is not safe, or has no effect. Never holds a value. */
export interface Finding {
  /** Id of the check that found it, such as `default-secret`. */
  readonly id: string;
  readonly severity: Severity;
  /** A variable, a setting, or a place in the compose files such as `services.db.ports`. */
  readonly field: string;
  /** Problem, as a sentence without a full stop. */
  readonly reason: string;
  /** Next step, as a sentence without a full stop. */
  readonly remedy: string;
  /** Name of this finding in `allowUnsafe`. */
  readonly unsafeName: string;
  /**
   * Whether the finding is a mere note, such as about a variable that nobody set: `lint` shows these
   * with `--all` only. Defaults to false.
   */
  readonly isMinor?: boolean;
}

/** A finding without its id and its name. */
export interface Fault {
  /** Name of a variable, or a place in the compose files. */
  readonly field: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly remedy: string;
  /** Whether only a complete list shows the finding. Defaults to false. */
  readonly isMinor?: boolean;
}

/** An engine on another machine. */
export interface RemoteEngine {
  /** Name of the engine for messages. */
  readonly engine: string;
  /** Host files that services use. */
  readonly hostFiles: readonly HostFile[];
}

/** Describes a deployment to check. */
export interface RunDescription {
  /** Given variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
  readonly model: ComposeModel;
  /** Services, with their `${VARIABLES}` not filled in. Defaults to the model's definitions. */
  readonly services?: readonly ServiceDetails[] | undefined;
  /** Names of variables that nobody set and that follow from others. Defaults to none. */
  readonly implied?: readonly string[] | undefined;
  /** Host address at which the override publishes api and front. Defaults to a loopback address. */
  readonly publishedAddress?: string | undefined;
  /** The engine, when it is on another machine. Defaults to an engine on this machine. */
  readonly remoteEngine?: RemoteEngine | undefined;
  /**
   * Mounts of files that are missing on the engine's host, or folders there. Defaults to none: nobody
   * has looked.
   */
  readonly foldersForFiles?: readonly MountSource[] | undefined;
  /** Release of Lago that runs instead of the one in the files, such as `v1.50.0`. */
  readonly release?: string | undefined;
  /** `stack`: a deployment of this package with its override. `lint`: the files as they are. */
  readonly source: "stack" | "lint";
  /** Names of accepted findings. Defaults to none. */
  readonly allowUnsafe?: readonly string[] | undefined;
}
