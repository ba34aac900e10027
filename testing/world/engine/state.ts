/** State of the modeled engine: containers, images and volumes of one project. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Inspected } from "../../docker.ts";

/** A container as `docker container inspect` prints it. */
export interface ModeledContainer extends Inspected {
  readonly Image: string;
}

/** A volume with its labels. */
export interface ModeledVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Complete state. */
export interface EngineState {
  readonly containers: readonly ModeledContainer[];
  /** Names of pulled images. */
  readonly images: readonly string[];
  readonly volumes: readonly ModeledVolume[];
  /** Networks, by project. */
  readonly networks: readonly string[];
  /** Number of containers created so far, for ids and times. */
  readonly made: number;
}

/** How a service misbehaves. */
export interface Misbehavior {
  /** Exit code of a one-shot instead of 0; any other service exits right after its start. */
  readonly exitCode?: number;
  /** Whether the service never becomes healthy. */
  readonly unhealthy?: boolean;
}

/** Misbehavior by service. */
export type Misbehaviors = Readonly<Record<string, Misbehavior>>;

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
export function readMisbehaviors(home: string): Misbehaviors {
  return (readJson(join(home, "misbehaviors.json")) as Misbehaviors | undefined) ?? {};
}

/** Sets the misbehavior of services. */
export function writeMisbehaviors(home: string, misbehaviors: Misbehaviors): void {
  writeJson(join(home, "misbehaviors.json"), misbehaviors);
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
