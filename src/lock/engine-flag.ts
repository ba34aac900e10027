/**
 * Flags that runs raise on an engine: empty volumes with a label. Docker has no lock to lend; but what
 * one run makes there, every other one sees from then on, wherever it is.
 */
import { randomUUID } from "node:crypto";
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { redactUrls } from "../redaction/redact.ts";
import { type LockNote, parseNote } from "./note.ts";

const PROJECT_LABEL = "z-billing-lago.lock";
const NOTE_LABEL = "z-billing-lago.lock-note";

/** Longer than ssh waits for a host, so that its own words arrive. */
const TIMEOUT_MS = 45_000;

/** A flag of some run. */
export interface Flag {
  /** Tells the run from every other one. */
  readonly owner: string;
  /** How often it has renewed its flag. */
  readonly beat: number;
  /** Name of the volume. */
  readonly volume: string;
  readonly note: LockNote | "unreadable";
}

/** Reads the list of flags, one line each. Volumes of another form are nobody's flags. */
export function parseFlags(text: string): Flag[] {
  return text.split("\n").flatMap((line) => {
    const [volume = "", note = ""] = line.split("\t");
    const [, owner, beat] = /_([0-9a-f-]{36})_(\d+)$/.exec(volume) ?? [];
    return owner === undefined
      ? []
      : [{ owner, beat: Number(beat), volume, note: parseNote(note) }];
  });
}

/** The flags of one project on one engine, and the one that this run raises there. */
export class EngineFlags {
  readonly owner = randomUUID();
  readonly #project: string;
  readonly #engine: Engine;
  /** Volumes of this run that may be there. */
  #raised: string[] = [];
  #beats = 0;

  constructor(project: string, engine: Engine) {
    this.#project = project;
    this.#engine = engine;
  }

  /** The flags of other runs. Of one that is being renewed both volumes are among them. */
  async others(signal?: AbortSignal): Promise<Flag[]> {
    const label = `label=${PROJECT_LABEL}=${this.#project}`;
    const format = `{{.Name}}\t{{.Label "${NOTE_LABEL}"}}`;
    const text = await this.#docker(
      ["volume", "ls", "--filter", label, "--format", format],
      signal,
    );
    return parseFlags(text).filter(({ owner }) => owner !== this.owner);
  }

  /** Raises this run's flag, or renews it: the new one is there before the old one goes. */
  async raise(note: LockNote, signal?: AbortSignal): Promise<void> {
    this.#beats += 1;
    const volume = `z-billing-lago-lock_${this.#project}_${this.owner}_${this.#beats}`;
    const labels = [`${PROJECT_LABEL}=${this.#project}`, `${NOTE_LABEL}=${JSON.stringify(note)}`];
    const before = this.#raised;
    this.#raised = [...before, volume];
    await this.#docker(
      ["volume", "create", ...labels.flatMap((label) => ["--label", label]), volume],
      signal,
    );
    await this.remove(before);
    this.#raised = [volume];
  }

  /** Takes this run's flag down. */
  async lower(): Promise<void> {
    await this.remove(this.#raised);
    this.#raised = [];
  }

  /** Removes volumes of flags; one that is gone is as good. */
  async remove(volumes: readonly string[]): Promise<void> {
    if (volumes.length > 0) {
      await this.#docker(["volume", "rm", "--force", ...volumes], undefined);
    }
  }

  async #docker(args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    const { stdout } = await callDocker({
      engine: this.#engine,
      purpose: `Keeping others off project ${this.#project}`,
      args,
      timeoutMs: TIMEOUT_MS,
      signal,
      redact: redactUrls,
    });
    return stdout;
  }
}
