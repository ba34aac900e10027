/** Containers that vanish between two calls, as when compose replaces them. */
import { DeployError } from "../errors.ts";

/** Whether docker failed because a container no longer exists. */
function isContainerGone(error: unknown): boolean {
  return DeployError.isDeployError(error) && /no such container/i.test(error.stderr ?? "");
}

/**
 * Calls `look` again when a container vanished in between.
 *
 * @param maxLooks most calls, 1 or more
 * @throws the error of the last call, and any other error at once
 */
export async function lookUntilNoneGoes<T>(maxLooks: number, look: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await look();
    } catch (error) {
      if (looks === maxLooks || !isContainerGone(error)) {
        throw error;
      }
    }
  }
}
