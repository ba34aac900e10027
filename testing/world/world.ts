/** Environment of a subject during one trial: a host, real or simulated. */

import type { ComposeFile } from "./compose-file.ts";
import type { Level } from "./level.ts";

/** Settings that every subject deploys. */
export interface Settings {
  /** Values of the compose file's variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Deadline of a start in seconds. */
  readonly startTimeoutSeconds: number;
  /** Name of the compose project, if it has changed since the start. */
  readonly project?: string | undefined;
  /** Settings that only this project has, by their names in its config. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** A host, real or simulated. */
export interface World {
  readonly level: Level;
  /** Compose project; also the name of the compose file's folder, from which compose derives it. */
  readonly project: string;
  /** Folder of all files of the trial, apart from containers. */
  readonly folder: string;
  /** Folder of the compose file. */
  readonly composeFolder: string;
  readonly compose: ComposeFile;
  /** Folder for temporary files of the subject alone: `TMPDIR` of all its processes. */
  readonly temporaryFolder: string;
  /** Folder of this project's locks during the trial. */
  readonly lockFolder: string;
  /** Environment of the subject's processes, apart from the subject's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets that must not show up anywhere, by name. They are part of the settings too. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Host ports for api and front, free at the start. */
  readonly ports: { readonly api: number; readonly front: number };
  /** Ends the fault as far as the world controls it: answers become those of a healthy docker. */
  heal(): Promise<void>;
  /** Lists differences from `settings`, in words; empty without any. Asks docker itself. */
  unreached(settings: Settings, changed: readonly string[]): Promise<string[]>;
  /** Lists remaining containers and networks, in words. */
  remains(): Promise<string[]>;
  /** State that must not change without a reason, such as ids and start times, by service. */
  standing(): Promise<Readonly<Record<string, string>>>;
  /** Writes data into each data volume, which has to be there at the end. */
  writeData(): Promise<void>;
  /** Lists the data that was lost, in words. */
  lostData(): Promise<string[]>;
  /** Removes everything of the trial, whatever its state. */
  dispose(): Promise<void>;
}
