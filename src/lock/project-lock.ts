/**
 * Lets one changing operation at a time work on each compose project of an engine. Every docker
 * process that the operation starts inherits its lock: when the operation itself is killed, compose
 * may still be at work, and the next operation waits for compose too.
 */
import { closeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { engineEndpoint } from "../docker/endpoint.ts";
import { hasExplicitEndpoint } from "../docker/endpoint-settings.ts";
import { type HeldLock, isHeld, whileHeld } from "../process/inherited.ts";
import {
  type FlockResult,
  flock,
  isFileOf,
  lockFileName,
  lockFolder,
  openLockFile,
  unusable,
} from "./file-lock.ts";
import {
  canceledError,
  cutShortText,
  lockedError,
  lockHolders,
  NO_PROGRAM_TEXT,
  subjectText,
  type Waiting,
  waitingText,
} from "./holders.ts";
import {
  clearNote,
  DEFAULT_LOCK_TIMEOUT_SECONDS,
  type LockOptions,
  newNote,
  type ProjectLockOptions,
  readNote,
  writeNote,
} from "./operation.ts";
import { withEngineLease } from "./with-engine-lease.ts";

/**
 * Runs `work` while no other operation changes the project, in this process or another one of any
 * user of this machine. A nested call does not wait for the lock that its caller holds.
 *
 * Without a `flock` program `work` runs unguarded, and a warning says so. Where settings choose the
 * engine, operations of other machines that do so are kept out too.
 *
 * @throws DeployError of kind `Locked` when the other operation does not end in time, `Canceled`,
 *   or `InvalidConfig` when there is no place for the lock; and whatever `work` throws
 */
export async function withProjectLock<T>(
  options: ProjectLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { project, engine, signal } = options;
  const path = join(lockFolder(), lockFileName(project, await engineEndpoint(engine, signal)));
  return withLock(
    path,
    options,
    hasExplicitEndpoint(engine) ? () => withEngineLease(options, work) : work,
  );
}

/**
 * Runs `work` while no other operation holds the lock file at `path`. For things other than
 * projects.
 *
 * @throws the errors of {@link withProjectLock}
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (isHeld(path)) {
    return work();
  }
  const lock = await take(path, options);
  if (lock === undefined) {
    return work();
  }
  try {
    return await whileHeld(lock, work);
  } finally {
    lock.released = true;
    clearNote(lock.descriptor);
    closeSync(lock.descriptor);
  }
}

/** Takes the lock. Returns undefined where nothing can be locked. */
async function take(path: string, options: LockOptions): Promise<HeldLock | undefined> {
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_LOCK_TIMEOUT_SECONDS;
  const waiting = { ...options, path, timeoutSeconds };
  const deadlineMs = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const descriptor = openLockFile(path);
    let taken = false;
    try {
      const { outcome } = await lockFile(descriptor, waiting, deadlineMs);
      if (outcome === "no-program") {
        say(options, NO_PROGRAM_TEXT);
        return undefined;
      }
      // A file that was replaced during the wait no longer keeps anybody out.
      if (isFileOf(descriptor, path)) {
        sign(descriptor, options);
        taken = true;
        return { path, descriptor, released: false };
      }
    } finally {
      if (!taken) {
        closeSync(descriptor);
      }
    }
  }
}

async function lockFile(
  descriptor: number,
  waiting: Waiting & LockOptions,
  deadlineMs: number,
): Promise<FlockResult> {
  const { signal, path } = waiting;
  let result = await flock(descriptor, 0, signal);
  const leftMs = deadlineMs - performance.now();
  if (result.outcome === "held" && leftMs > 0) {
    say(waiting, waitingText(waiting, occupantOf(descriptor)));
    result = await flock(descriptor, leftMs, signal);
  }
  switch (result.outcome) {
    case "held":
      throw lockedError(waiting, occupantOf(descriptor));
    case "canceled":
      throw canceledError(waiting);
    case "failed":
      throw unusable(path, `\`flock\` fails: ${result.reason}`);
    default:
      return result;
  }
}

/** Writes this operation's note. Reports a previous holder that never finished. */
function sign(descriptor: number, options: LockOptions): void {
  const before = readNote(descriptor);
  writeNote(descriptor, newNote(options.operation));
  if (before !== undefined) {
    say(options, cutShortText(before));
  }
}

function occupantOf(descriptor: number) {
  const note = readNote(descriptor);
  return {
    note: note === "unreadable" ? undefined : note,
    holders: lockHolders(descriptor),
    host: hostname(),
  };
}

function say(options: LockOptions, message: string): void {
  options.onProgress?.({ message: `${subjectText(options)}: ${message}` });
}
