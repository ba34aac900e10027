/**
 * Keeps operations of several machines off one project of an engine, beside the lock file, which
 * does so on one machine. Each operation acquires a lease and then lists those of others: of two
 * operations that do so at once at least one sees the other, and whoever sees another lease
 * releases its own and waits. A lease is renewed while its operation runs, so nobody has to clean
 * up after a killed one.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { engineName } from "../docker/endpoint-settings.ts";
import { onDeployError } from "../errors.ts";
import { pause } from "../process/async.ts";
import { EngineLease, type Lease, StaleLeaseDetector } from "./engine-lease.ts";
import { canceledError, cutShortText, noteText, refusal } from "./holders.ts";
import { DEFAULT_LOCK_TIMEOUT_SECONDS, newNote, type ProjectLockOptions } from "./operation.ts";

/** How often a lease is renewed, in milliseconds. */
const RENEW_MS = 10_000;

/** Time without a renewal after which a lease is stale, in milliseconds: four renewals may fail. */
export const STALE_MS = 45_000;

/** How often a waiting operation lists the leases, in milliseconds; half more or less by chance. */
const POLL_MS = 1_000;

/** Leases this operation already holds, so that nested calls do not take them again. */
const scope = new AsyncLocalStorage<readonly string[]>();

/**
 * Runs `work` while no other operation has a lease on the project.
 *
 * @throws DeployError of kind `Locked` when another operation does not end in time, `Canceled`, or
 *   the kind of docker's failure; and whatever `work` throws
 */
export async function withEngineLease<T>(
  options: ProjectLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const held = scope.getStore() ?? [];
  const key = `${engineName(options.engine)} ${options.project}`;
  if (held.includes(key)) {
    return work();
  }
  const lease = new EngineLease(options.project, options.engine, newNote(options.operation));
  try {
    await acquire(lease, options);
  } catch (error) {
    await release(lease, options);
    throw error;
  }
  const renewals = keepRenewed(lease, options);
  try {
    return await scope.run([...held, key], work);
  } finally {
    await renewals.end();
    await release(lease, options);
  }
}

/** Acquires the lease, and waits while other operations have one. */
async function acquire(lease: EngineLease, options: ProjectLockOptions): Promise<void> {
  const { signal, engine, timeoutSeconds = DEFAULT_LOCK_TIMEOUT_SECONDS } = options;
  const deadlineMs = performance.now() + timeoutSeconds * 1000;
  const detector = new StaleLeaseDetector(STALE_MS);
  let announced = false;
  for (;;) {
    let [other] = await liveOthers(lease, detector, options);
    if (other === undefined) {
      await lease.acquire(signal);
      [other] = await liveOthers(lease, detector, options);
    }
    if (other === undefined) {
      return;
    }
    await lease.release();
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) {
      throw leasedError({ ...options, timeoutSeconds }, other);
    }
    if (!announced) {
      announced = true;
      const who = `${noteText(other.note)}, which is at work on it at ${engineName(engine)}`;
      say(options, `waiting up to ${timeoutSeconds} s for ${who}`);
    }
    // By chance, so that two waiting operations do not keep acquiring at the same moment.
    await pause(Math.min(leftMs, POLL_MS * (0.5 + Math.random())), signal);
    if (signal?.aborted) {
      throw canceledError({ project: options.project });
    }
  }
}

/** Lists the leases of other running operations, and removes stale ones. */
async function liveOthers(
  lease: EngineLease,
  detector: StaleLeaseDetector,
  options: ProjectLockOptions,
): Promise<readonly Lease[]> {
  const { live, stale } = detector.sort(await lease.others(options.signal), performance.now());
  await lease.remove(stale.map(({ volume }) => volume));
  for (const { note } of stale) {
    say(options, cutShortText(note));
  }
  return live;
}

/** Renews the lease until told to end. Warns once when another operation has begun meanwhile. */
function keepRenewed(lease: EngineLease, options: ProjectLockOptions) {
  const ender = new AbortController();
  let warned = false;
  const renew = async () => {
    await lease.renew();
    const [other] = await lease.others();
    if (other !== undefined && !warned) {
      warned = true;
      const engine = engineName(options.engine);
      say(
        options,
        `warning: this run was out of touch with ${engine} for so long that ${noteText(other.note)} has begun there too. Look at the deployment when both are done`,
      );
    }
  };
  const renewing = (async () => {
    await pause(RENEW_MS, ender.signal);
    while (!ender.signal.aborted) {
      // The work itself reports an engine out of reach; the next renewal may succeed.
      await onDeployError(renew, () => {});
      await pause(RENEW_MS, ender.signal);
    }
  })();
  return {
    end: async () => {
      ender.abort();
      await renewing;
    },
  };
}

/**
 * Releases the lease. One that cannot be removed becomes stale for others after {@link STALE_MS}.
 */
async function release(lease: EngineLease, options: ProjectLockOptions): Promise<void> {
  await onDeployError(
    () => lease.release(),
    () => {
      const seconds = STALE_MS / 1000;
      say(
        options,
        `warning: its mark on the engine could not be removed; others wait ${seconds} s for it`,
      );
    },
  );
}

function leasedError(
  { project, operation, engine, timeoutSeconds }: ProjectLockOptions & { timeoutSeconds: number },
  { note, volume }: Lease,
) {
  const reason = `${noteText(note)} is at work on it at ${engineName(engine)}`;
  return refusal({ project, operation, timeoutSeconds }, reason, [
    `Its mark on the engine is the volume ${volume}. A run that was killed or cut off no longer renews its mark, and whoever waits for ${STALE_MS / 1000} s or more then goes on; so there is nothing to clean up.`,
  ]);
}

function say({ project, onProgress }: ProjectLockOptions, message: string): void {
  onProgress?.({ message: `project ${project}: ${message}` });
}
