/** State of the modeled engine: containers, images and volumes of one project. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Inspected } from "../../docker.ts";

/** A container as `docker container inspect` prints it. */
export interface ModelledContainer extends Inspected {
  readonly Image: string;
}

/** A volume with its labels. */
export interface ModelledVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Complete state. */
export interface EngineState {
  readonly containers: readonly ModelledContainer[];
  /** Names of pulled images. */
  readonly images: readonly string[];
  readonly volumes: readonly ModelledVolume[];
  /** Networks, by project. */
  readonly networks: readonly string[];
  /** Number of containers created so far, for ids and times. */
  readonly made: number;
}

/** How a service misbehaves. */
export interface Misbehaviour {
  /** Exit code of a one-shot instead of 0; any other service exits right after its start. */
  readonly exitCode?: number;
  /** Whether the service never becomes healthy. */
  readonly unhealthy?: boolean;
}

/** Misbehavior by service. */
export type Misbehaviours = Readonly<Record<string, Misbehaviour>>;

const EMPTY: EngineState = { containers: [], images: [], volumes: [], networks: [], made: 0 };

/** Reads the state; empty at first. */
export function readState(home: string): EngineState {
  return (readJson(join(home, "engine.json")) as EngineState | undefined) ?? EMPTY;
}

/** Writes the state atomically, since a call may read at the same time. */
export function writeState(home: string, state: EngineState): void {
  writeJson(join(home, "engine.json"), state);
}

/** Reads the current misbehavior of services. */
export function readMisbehaviours(home: string): Misbehaviours {
  return (readJson(join(home, "misbehaviours.json")) as Misbehaviours | undefined) ?? {};
}

/** Sets the misbehavior of services. */
export function writeMisbehaviours(home: string, misbehaviours: Misbehaviours): void {
  writeJson(join(home, "misbehaviours.json"), misbehaviours);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

function writeJson(file: string, value: unknown): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(value));
  renameSync(next, file);
}
