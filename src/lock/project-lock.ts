/**
 * One changing operation at a time on each compose project of an engine. Every docker process that
 * the operation starts inherits its lock: when the operation itself is killed, compose may still be
 * at work, and the next operation waits for that too.
 */
import { closeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { engineEndpoint } from "../docker/endpoint.ts";
import { isChosen } from "../docker/endpoint-settings.ts";
import { DeployError } from "../errors.ts";
import { type HeldLock, isHeld, whileHeld } from "../process/inherited.ts";
import { withEngineLock } from "./engine-lock.ts";
import { isFileOf, lockFileName, openLockFile } from "./file.ts";
import { type FlockResult, flock } from "./flock.ts";
import { lockFolder, unusable } from "./folder.ts";
import { lockHolders } from "./holders.ts";
import {
  cutShortText,
  lockedError,
  NO_PROGRAM_TEXT,
  subjectText,
  type Waiting,
  waitingText,
} from "./message.ts";
import { clearNote, readNote, writeNote } from "./note.ts";
import {
  DEFAULT_LOCK_TIMEOUT_SECONDS,
  type LockOptions,
  type ProjectLockOptions,
} from "./options.ts";

/**
 * Runs `work` while no other operation changes the project, in this process or another one of any
 * user of this machine. A part of an operation that has the lock already does not wait for it.
 *
 * Without a `flock` program it runs unguarded, and a warning says so. Where settings say which engine
 * is meant, operations of other machines that do so are kept out too.
 *
 * @throws DeployError of kind `Locked` when the other operation does not end in time, `Canceled`, or
 *   `InvalidConfig` when there is no place for the lock; and whatever `work` throws
 */
export async function withProjectLock<T>(
  options: ProjectLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { project, engine, signal } = options;
  const path = join(lockFolder(), lockFileName(project, await engineEndpoint(engine, signal)));
  return withLock(path, options, isChosen(engine) ? () => withEngineLock(options, work) : work);
}

/**
 * The same with a lock of another thing than a project, whose file is at `path`.
 *
 * @throws what {@link withProjectLock} throws
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

/** The lock, or undefined where nothing can be locked. */
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
      // A file that was replaced during the wait keeps nobody out any more.
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

type WaitingRun = Waiting & LockOptions;

async function lockFile(
  descriptor: number,
  waiting: WaitingRun,
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
      throw new DeployError(
        "Canceled",
        `Waiting for the lock of ${subjectText(waiting)} was canceled. Nothing was touched.`,
      );
    case "failed":
      throw unusable(path, `\`flock\` fails: ${result.reason}`);
    default:
      return result;
  }
}

/** Notes who has the lock now, and tells of one who had it and never got to the end. */
function sign(descriptor: number, options: LockOptions): void {
  const before = readNote(descriptor);
  writeNote(descriptor, {
    pid: process.pid,
    host: hostname(),
    operation: options.operation,
    startedAt: new Date().toISOString(),
  });
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
