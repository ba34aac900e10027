/**
 * Locks that the running operation holds. Nested calls do not take them again, and every process
 * that the operation starts inherits their descriptors.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** A lock that this process holds. */
export interface HeldLock {
  /** Path of the lock file. */
  readonly path: string;
  readonly descriptor: number;
  /** Whether the lock was released; the descriptor may mean another file then. */
  released: boolean;
}

const scope = new AsyncLocalStorage<readonly HeldLock[]>();

/** Runs `work` as the holder of a lock. */
export function whileHeld<T>(lock: HeldLock, work: () => Promise<T>): Promise<T> {
  return scope.run([...locks(), lock], work);
}

/** Whether the running operation holds the lock of this file, and need not take it again. */
export function isHeld(path: string): boolean {
  return locks().some((lock) => lock.path === path);
}

/** Descriptors of the locks that the running operation holds, for the processes that it starts. */
export function heldDescriptors(): readonly number[] {
  return locks().map(({ descriptor }) => descriptor);
}

/**
 * Without released locks: a promise that nobody awaited may outlive the lock that it began with.
 */
function locks(): readonly HeldLock[] {
  return (scope.getStore() ?? []).filter(({ released }) => !released);
}
