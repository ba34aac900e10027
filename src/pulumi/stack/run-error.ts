/** Errors of a Pulumi program that Pulumi shows as a message, without a stack trace. */
import * as pulumi from "@pulumi/pulumi";
import { DeployError } from "../../errors.ts";

/** Runs `work`, and rethrows a `DeployError` as Pulumi's `RunError`. */
export function asRunError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw runErrorOf(error);
  }
}

/** Waits for `work`, and rethrows a `DeployError` as Pulumi's `RunError`. */
export async function asyncAsRunError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw runErrorOf(error);
  }
}

function runErrorOf(error: unknown): unknown {
  return DeployError.isDeployError(error)
    ? new pulumi.RunError(`${error.kind}: ${error.message}`)
    : error;
}
