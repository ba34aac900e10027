/** Tells what a commit or a config is at fault for from what its surroundings are. */
import type { DeployErrorKind } from "../errors.ts";

/** Kinds of failure by which something is refused before anything is touched. */
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

const OURS = new RegExp(`\\b(${REFUSALS.join("|")}): `);

/** What Pulumi says of a program or a stack's config that cannot be used. */
const PULUMIS =
  /failed with an unhandled exception|invalid YAML file|Missing required configuration variable|validating stack config|no stack named/;

/** Whether these errors of a preview refuse what is to be deployed. */
export function isRefusal(errors: readonly string[]): boolean {
  return errors.some((error) => OURS.test(error) || PULUMIS.test(error));
}

/** Text that Pulumi puts in front: the property that it was about to write, or the resource at fault. */
const IN_FRONT =
  /^(error serializing property "[^"]*": )+|^pulumi-nodejs:dynamic\/lago:\w+ resource '[^']*' has a problem: /;

/** An error of a preview without what Pulumi puts in front. */
export function plainError(error: string): string {
  return error.replace(IN_FRONT, "");
}
