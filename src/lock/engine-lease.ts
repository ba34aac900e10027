/**
 * Leases on a project of an engine, stored as empty volumes with labels. Docker has no lock to
 * offer, but a volume that one operation makes is visible to every other one from then on, on any
 * machine.
 */
import { randomUUID } from "node:crypto";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import {
  createVolume,
  type EngineVolume,
  listVolumes,
  removeVolume,
} from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { type LockNote, parseNote } from "./operation.ts";

const PROJECT_LABEL = "z-billing-lago.lock";
const NOTE_LABEL = "z-billing-lago.lock-note";

/** Longer than ssh waits for a host, so that the error names ssh's own reason. */
const TIMEOUT_MS = 45_000;

/** A lease of some operation, as its volume tells. */
export interface Lease {
  /** Tells the operation from every other one. */
  readonly owner: string;
  /** Number of times that the operation has acquired or renewed the lease. */
  readonly renewals: number;
  /** Name of the volume. */
  readonly volume: string;
  readonly note: LockNote | "unreadable";
}

/** Reads the leases among volumes. Volumes with other names are no leases. */
export function leasesAmong(volumes: readonly EngineVolume[]): Lease[] {
  return volumes.flatMap(({ Name, Labels }) => {
    const [, owner, renewals] = /_([0-9a-f-]{36})_(\d+)$/.exec(Name) ?? [];
    const note = parseNote(Labels?.[NOTE_LABEL] ?? "");
    return owner === undefined ? [] : [{ owner, renewals: Number(renewals), volume: Name, note }];
  });
}

/** The lease of one operation on one project of one engine. */
export class EngineLease {
  readonly owner = randomUUID();
  readonly #project: string;
  readonly #engine: DockerEndpoint;
  readonly #note: LockNote;
  /** Volumes of this lease that may exist. */
  #volumes: string[] = [];
  #renewals = 0;

  /** @param note describes the holder of the lease to those who wait for it */
  constructor(project: string, engine: DockerEndpoint, note: LockNote) {
    this.#project = project;
    this.#engine = engine;
    this.#note = note;
  }

  /** Acquires the lease. Others may acquire one at the same time: look at {@link others} next. */
  async acquire(signal?: AbortSignal): Promise<void> {
    await this.#mark(signal);
  }

  /** Renews the lease. The new volume exists before the old one is removed. */
  async renew(): Promise<void> {
    await this.#mark(undefined);
  }

  /** Releases the lease. */
  async release(): Promise<void> {
    await this.remove(this.#volumes);
    this.#volumes = [];
  }

  /**
   * Lists the leases of other operations. One that is being renewed is listed with both volumes.
   */
  async others(signal?: AbortSignal): Promise<Lease[]> {
    const label = `${PROJECT_LABEL}=${this.#project}`;
    const leases = leasesAmong(await listVolumes(this.#call(signal), label));
    return leases.filter(({ owner }) => owner !== this.owner);
  }

  /** Removes the volumes of leases. A volume that no longer exists is no error. */
  async remove(volumes: readonly string[]): Promise<void> {
    await allSettledOrThrow(volumes.map((volume) => removeVolume(this.#call(), volume)));
  }

  async #mark(signal: AbortSignal | undefined): Promise<void> {
    this.#renewals += 1;
    const volume = `z-billing-lago-lock_${this.#project}_${this.owner}_${this.#renewals}`;
    const before = this.#volumes;
    this.#volumes = [...before, volume];
    await createVolume(this.#call(signal), volume, {
      [PROJECT_LABEL]: this.#project,
      [NOTE_LABEL]: JSON.stringify(this.#note),
    });
    await this.remove(before);
    this.#volumes = [volume];
  }

  #call(signal?: AbortSignal): EngineCall {
    return {
      engine: this.#engine,
      purpose: `Keeping others off project ${this.#project}`,
      timeoutMs: TIMEOUT_MS,
      signal,
    };
  }
}

/**
 * Tells leases of running operations from those whose operation has ended. Clocks of two machines
 * differ, so only the time counts for which this process has seen a lease unchanged.
 */
export class StaleLeaseDetector {
  readonly #staleMs: number;
  readonly #seen = new Map<string, { readonly renewals: number; readonly sinceMs: number }>();

  /** @param staleMs time without a renewal after which a lease is stale, in milliseconds */
  constructor(staleMs: number) {
    this.#staleMs = staleMs;
  }

  /**
   * Sorts the leases of one listing.
   *
   * @param nowMs time of a monotonic clock, in milliseconds
   */
  sort(
    leases: readonly Lease[],
    nowMs: number,
  ): { readonly live: Lease[]; readonly stale: Lease[] } {
    const newest = new Map<string, number>();
    for (const { owner, renewals } of leases) {
      newest.set(owner, Math.max(renewals, newest.get(owner) ?? 0));
    }
    for (const [owner, renewals] of newest) {
      if (this.#seen.get(owner)?.renewals !== renewals) {
        this.#seen.set(owner, { renewals, sinceMs: nowMs });
      }
    }
    const isStale = ({ owner }: Lease) =>
      nowMs - (this.#seen.get(owner)?.sinceMs ?? nowMs) >= this.#staleMs;
    return { live: leases.filter((lease) => !isStale(lease)), stale: leases.filter(isStale) };
  }
}
