/**
 * Keeps runs of several machines off one project of an engine, beside the lock file that does so on
 * one machine. Each run raises a flag and then looks for those of others: of two runs that do so at
 * once at least one sees the other, and whoever sees one takes its own down and waits. A flag is
 * renewed as long as its run lives, so that nobody has to clean up after one that was killed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { engineName } from "../docker/endpoint-settings.ts";
import { DeployError, onDeployError } from "../errors.ts";
import { EngineFlags, type Flag } from "./engine-flag.ts";
import { FlagWatch } from "./flag-watch.ts";
import { cutShortText, engineLockedError, engineWaitingText, lostFlagText } from "./message.ts";
import type { LockNote } from "./note.ts";
import { DEFAULT_LOCK_TIMEOUT_SECONDS, type ProjectLockOptions } from "./options.ts";

/** How often a flag is renewed, in milliseconds. */
const BEAT_MS = 10_000;

/** How long a flag may go without, in milliseconds: four of them may fail. */
export const STALE_MS = 45_000;

/** How often a waiting run looks, in milliseconds, half more or less so that two never look in step. */
const LOOK_MS = 1_000;

/** What the running operation has a flag for: a part of it needs none of its own. */
const scope = new AsyncLocalStorage<readonly string[]>();

/**
 * Runs `work` while no other run has a flag on the engine.
 *
 * @throws DeployError of kind `Locked` when another run does not end in time, `Canceled`, or of the kind
 *   that docker's failure tells; and whatever `work` throws
 */
export async function withEngineLock<T>(
  options: ProjectLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const held = scope.getStore() ?? [];
  const key = `${engineName(options.engine)} ${options.project}`;
  if (held.includes(key)) {
    return work();
  }
  const flags = new EngineFlags(options.project, options.engine);
  const note: LockNote = {
    pid: process.pid,
    host: hostname(),
    operation: options.operation,
    startedAt: new Date().toISOString(),
  };
  try {
    await take(flags, note, options);
  } catch (error) {
    await lower(flags, options);
    throw error;
  }
  const beats = keepRaised(flags, note, options);
  try {
    return await scope.run([...held, key], work);
  } finally {
    await beats.end();
    await lower(flags, options);
  }
}

async function take(flags: EngineFlags, note: LockNote, options: ProjectLockOptions) {
  const { signal, timeoutSeconds = DEFAULT_LOCK_TIMEOUT_SECONDS } = options;
  const deadlineMs = performance.now() + timeoutSeconds * 1000;
  const watch = new FlagWatch(STALE_MS);
  let announced = false;
  for (;;) {
    const others = await look(flags, watch, options);
    const live = others.length > 0 ? others : await raiseAndLook(flags, watch, note, options);
    const [first] = live;
    if (first === undefined) {
      return;
    }
    await flags.lower();
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) {
      const waiting = { ...options, timeoutSeconds };
      throw engineLockedError(waiting, first, engineName(options.engine), STALE_MS / 1000);
    }
    if (!announced) {
      announced = true;
      say(options, engineWaitingText(timeoutSeconds, first, engineName(options.engine)));
    }
    await pause(Math.min(leftMs, LOOK_MS * (0.5 + Math.random())), signal, options);
  }
}

async function raiseAndLook(
  flags: EngineFlags,
  watch: FlagWatch,
  note: LockNote,
  options: ProjectLockOptions,
): Promise<readonly Flag[]> {
  await flags.raise(note, options.signal);
  return look(flags, watch, options);
}

/** The flags of runs that are at work; those of runs that are gone are removed. */
async function look(
  flags: EngineFlags,
  watch: FlagWatch,
  options: ProjectLockOptions,
): Promise<readonly Flag[]> {
  const { live, stale } = watch.sort(await flags.others(options.signal), performance.now());
  await flags.remove(stale.map(({ volume }) => volume));
  for (const { note } of stale) {
    say(options, cutShortText(note));
  }
  return live;
}

function keepRaised(flags: EngineFlags, note: LockNote, options: ProjectLockOptions) {
  const ender = new AbortController();
  let told = false;
  const tell = (others: readonly Flag[]) => {
    const [first] = others;
    if (first !== undefined && !told) {
      told = true;
      say(options, lostFlagText(first, engineName(options.engine)));
    }
  };
  const renew = async () => {
    while (await passed(BEAT_MS, ender.signal)) {
      const beat = async () => {
        await flags.raise(note);
        tell(await flags.others());
      };
      // An engine out of reach is what the work itself will tell of; the next beat may arrive.
      await onDeployError(beat, () => {});
    }
  };
  const renewing = renew();
  return {
    end: async () => {
      ender.abort();
      await renewing;
    },
  };
}

/** One that cannot be taken down is gone for others when it was not renewed for long enough. */
async function lower(flags: EngineFlags, options: ProjectLockOptions): Promise<void> {
  await onDeployError(
    () => flags.lower(),
    () => {
      const seconds = STALE_MS / 1000;
      say(
        options,
        `warning: its mark on the engine could not be removed; others wait ${seconds} s for it`,
      );
    },
  );
}

async function pause(ms: number, signal: AbortSignal | undefined, { project }: ProjectLockOptions) {
  if (!(await passed(ms, signal))) {
    throw new DeployError(
      "Canceled",
      `Waiting for the lock of project ${project} was canceled. Nothing was touched.`,
    );
  }
}

/** Whether the time passed; false when the signal fired before. */
async function passed(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch {
    return false;
  }
}

function say({ project, onProgress }: ProjectLockOptions, message: string): void {
  onProgress?.({ message: `project ${project}: ${message}` });
}
