import { type ConfigIssue, DeployError } from "./errors.ts";

/**
 * What a work comes to, or what stands in for it where it fails in one of the ways that are known. Any
 * other error is a fault of the program and is thrown as it is.
 */
export async function ifFailed<T, U>(
  work: () => Promise<T>,
  otherwise: (failure: DeployError) => U | Promise<U>,
): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return await otherwise(error);
    }
    throw error;
  }
}

/** The faults of settings that a work is refused for; none where it is not. */
export function issuesIn(work: () => unknown): readonly ConfigIssue[] {
  try {
    work();
    return [];
  } catch (error) {
    if (DeployError.isDeployError(error) && error.issues.length > 0) {
      return error.issues;
    }
    throw error;
  }
}
