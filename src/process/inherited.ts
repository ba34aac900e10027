/** Which locks the running operation holds: known to all that it calls, and to every process it starts. */
import { AsyncLocalStorage } from "node:async_hooks";

/** A lock that this process has. */
export interface HeldLock {
  /** Path of its file. */
  readonly path: string;
  readonly descriptor: number;
  /** Whether it has been let go of since, so that the descriptor may mean another file. */
  released: boolean;
}

const scope = new AsyncLocalStorage<readonly HeldLock[]>();

/** Runs `work`, and all that it calls, with a lock. */
export function whileHeld<T>(lock: HeldLock, work: () => Promise<T>): Promise<T> {
  return scope.run([...locks(), lock], work);
}

/** Whether the running operation has the lock of this file, so that a part of it need not wait. */
export function isHeld(path: string): boolean {
  return locks().some((lock) => lock.path === path);
}

/** Descriptors of the locks that the running operation has, for the processes that work for it. */
export function heldDescriptors(): readonly number[] {
  return locks().map(({ descriptor }) => descriptor);
}

/** Work that somebody forgot to wait for may outlive the lock that it began with. */
function locks(): readonly HeldLock[] {
  return (scope.getStore() ?? []).filter(({ released }) => !released);
}
