/** How a Pulumi program tells of faults. */
import * as pulumi from "@pulumi/pulumi";
import { DeployError } from "../../errors.ts";

/** Lets a fault be shown as a message, without a stack trace. */
export function shown<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asMessage(error);
  }
}

/** The same for work that takes a while. */
export async function shownLater<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asMessage(error);
  }
}

function asMessage(error: unknown): unknown {
  return DeployError.isDeployError(error)
    ? new pulumi.RunError(`${error.kind}: ${error.message}`)
    : error;
}
