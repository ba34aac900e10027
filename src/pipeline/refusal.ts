/** Tells faults of a program or its config from failures of the environment. */
import type { DeployErrorKind } from "../errors.ts";

/** Kinds of errors that refuse a deployment before anything is touched. */
const REFUSALS: readonly DeployErrorKind[] = [
  "InvalidConfig",
  "UnsafeConfig",
  "InvalidProjectName",
  "PathNotFound",
  "ComposeFileNotFound",
  "ComposeFileInvalid",
  "ServiceNotFound",
  "PortTaken",
  "KeysChanged",
  "VolumeChanged",
];

const REFUSAL_PREFIX = new RegExp(`\\b(${REFUSALS.join("|")}): `);

/** Messages of Pulumi about a program or a stack's config that is not valid. */
const PULUMI_REFUSAL =
  /failed with an unhandled exception|invalid YAML file|Missing required configuration variable|validating stack config|no stack named/;

/** Whether errors of a preview refuse the program or its config. */
export function isRefusal(errors: readonly string[]): boolean {
  return errors.some((error) => REFUSAL_PREFIX.test(error) || PULUMI_REFUSAL.test(error));
}

/** Text that Pulumi puts in front: the property that it was about to write, or the resource at fault. */
const IN_FRONT =
  /^(error serializing property "[^"]*": )+|^pulumi-nodejs:dynamic\/lago:\w+ resource '[^']*' has a problem: /;

/** An error of a preview without what Pulumi puts in front. */
export function plainError(error: string): string {
  return error.replace(IN_FRONT, "");
}
