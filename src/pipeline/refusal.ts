/** Tells faults of a program or its config from failures of the environment. */
import { DEPLOY_ERROR_KINDS, type DeployErrorKind } from "../errors.ts";

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
  "NetworkNotFound",
  "VolumeNotFound",
  "MountFailed",
  "KeysChanged",
  "VolumeChanged",
  "PostgresChanged",
];

const REFUSAL_PREFIX = new RegExp(`\\b(${REFUSALS.join("|")}): `);

/** Messages of Pulumi about a program or a stack's config that is not valid. */
const PULUMI_REFUSAL =
  /failed with an unhandled exception|invalid YAML file|Missing required configuration variable|validating stack config|no stack named/;

/** Whether errors of a preview refuse the program or its config. */
export function isRefusal(errors: readonly string[]): boolean {
  return errors.some((error) => REFUSAL_PREFIX.test(error) || PULUMI_REFUSAL.test(error));
}

/** Kind of the first error that names one, such as `PortTaken: …`. */
export function errorKindIn(errors: readonly string[]): DeployErrorKind | undefined {
  const [first] = errors.flatMap((error) => {
    const [, name] = /^(\w+): /.exec(plainError(error)) ?? [];
    return DEPLOY_ERROR_KINDS.filter((kind) => kind === name);
  });
  return first;
}

/** Text that Pulumi puts in front: the property that it was about to write, or the resource at fault. */
const IN_FRONT =
  /^(error serializing property "[^"]*": )+|^pulumi-nodejs:dynamic\/lago:\w+ resource '[^']*' has a problem: /;

/** An error of a preview without what Pulumi puts in front. */
export function plainError(error: string): string {
  return error.replace(IN_FRONT, "");
}
