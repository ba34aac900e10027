/** Containers that are removed between two calls, as when compose replaces them. */
import { DeployError } from "../errors.ts";

/** Whether docker failed because a container no longer exists. */
function isContainerRemoved(error: unknown): boolean {
  return DeployError.isDeployError(error) && /no such container/i.test(error.stderr ?? "");
}

/**
 * Calls `call` again when a container was removed in between.
 *
 * @param maxCalls most calls, 1 or more
 * @throws the error of the last call, and any other error at once
 */
export async function retryWhenRemoved<T>(maxCalls: number, call: () => Promise<T>): Promise<T> {
  for (let calls = 1; ; calls += 1) {
    try {
      return await call();
    } catch (error) {
      if (calls === maxCalls || !isContainerRemoved(error)) {
        throw error;
      }
    }
  }
}
