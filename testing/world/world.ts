/** What surrounds a subject during one trial: a host, or what it takes for one. */

import type { ComposeFile } from "./compose-file.ts";
import type { Level } from "./level.ts";

/** What every subject is told to deploy. */
export interface Settings {
  /** Values of the compose file's variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds that a start may take. */
  readonly startTimeoutSeconds: number;
  /** Another name for the compose project than the one that it began with. */
  readonly project?: string | undefined;
  /** Settings that only this project knows, by the name that they have in its config. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** A host, or what the subject takes for one. */
export interface World {
  readonly level: Level;
  /** Compose project; also the name of the compose file's folder, from which compose takes it. */
  readonly project: string;
  /** Everything of the trial that is no container lies below this folder. */
  readonly folder: string;
  /** Folder of the compose file. */
  readonly composeFolder: string;
  readonly compose: ComposeFile;
  /** What the subject has for temporary files, and nobody else: `TMPDIR` of all its processes. */
  readonly temporaryFolder: string;
  /** Where this project keeps its locks during the trial. */
  readonly lockFolder: string;
  /** What the subject's processes find in their environment, whatever the subject adds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets that may show up nowhere, by name. They are among the settings too. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Host ports for api and front, free at the start. */
  readonly ports: { readonly api: number; readonly front: number };
  /** Ends the fault as far as the world has it in hand: answers as one that is well. */
  heal(): Promise<void>;
  /** What is not as `settings` want it, in words; empty when all is. Asks docker itself. */
  unreached(settings: Settings, changed: readonly string[]): Promise<string[]>;
  /** Containers and networks that are there, in words. */
  remains(): Promise<string[]>;
  /** What must not change when nothing was changed, such as ids and start times, by service. */
  standing(): Promise<Readonly<Record<string, string>>>;
  /** Puts something into each data volume that has to be there at the end. */
  writeData(): Promise<void>;
  /** What is not there any more of that, in words. */
  lostData(): Promise<string[]>;
  /** Removes everything of the trial, whatever state it is in. */
  dispose(): Promise<void>;
}
