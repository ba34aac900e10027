/** Containers and volumes that go between two looks at them, as when compose replaces them. */
import { DeployError } from "../errors.ts";

/** Whether docker failed because a container that it was to look at is gone. */
export function isContainerGone(error: unknown): boolean {
  return DeployError.isDeployError(error) && /no such container/i.test(error.stderr ?? "");
}

function isVolumeGone(error: unknown): boolean {
  return DeployError.isDeployError(error) && /no such volume/i.test(error.stderr ?? "");
}

/**
 * Looks again when something went while docker looked: each that goes spoils one look at most.
 *
 * @param maxLooks 1 or more
 * @throws whatever the last look threw, and at once what says that something else is wrong
 */
export async function lookUntilNoneGoes<T>(maxLooks: number, look: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await look();
    } catch (error) {
      if (looks === maxLooks || !(isContainerGone(error) || isVolumeGone(error))) {
        throw error;
      }
    }
  }
}
