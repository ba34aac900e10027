/** The form of the checks. */
import type { HostFile } from "../compose/host-files.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { ServiceDetails } from "../compose/service-details.ts";

export type Severity = "error" | "warning";

/** One thing that is not safe, or has no effect. Never carries a value. */
export interface Finding {
  /** Which check found it, such as `default-secret`. */
  readonly id: string;
  readonly severity: Severity;
  /** A variable, a setting, or a place in the compose files such as `services.db.ports`. */
  readonly field: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly reason: string;
  /** The way out, as a sentence without a full stop. */
  readonly remedy: string;
  /** Name of this one finding in `allowUnsafe`. */
  readonly unsafeName: string;
}

/** A finding before it has its id and its name. */
export interface Fault {
  /** Name of a variable, or a place in the compose files. */
  readonly field: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly remedy: string;
}

/** An engine that is not on this machine. */
export interface Elsewhere {
  /** What people call it. */
  readonly engine: string;
  /** What services are given of a host. */
  readonly hostFiles: readonly HostFile[];
}

/** What will run. */
export interface RunDescription {
  /** The variables that are given, by name. */
  readonly variables: Readonly<Record<string, string>>;
  readonly model: ComposeModel;
  /** The services, with their `${VARIABLES}` not filled in. Defaults to the model's definitions. */
  readonly services?: readonly ServiceDetails[] | undefined;
  /** Names among the variables that nobody set: they follow from others. Defaults to none. */
  readonly implied?: readonly string[] | undefined;
  /**
   * Host address that api and front are published on by the override. Defaults to one that only the
   * host itself reaches.
   */
  readonly publishedAddress?: string | undefined;
  /** The engine, where it is not on this machine. Defaults to one that is. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Release of Lago that runs in place of the one in the files, such as `v1.50.0`. */
  readonly release?: string | undefined;
  /** `stack`: a deployment of ours with its override. `lint`: the files as they are. */
  readonly source: "stack" | "lint";
  /** Names of findings that are accepted. Defaults to none. */
  readonly allowUnsafe?: readonly string[] | undefined;
}
