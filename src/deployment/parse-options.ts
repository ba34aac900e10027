import { z } from "zod";
import { DEPLOYMENT_NAMES } from "../spec/names.ts";
import type { DeploymentSettings } from "../spec/settings.ts";
import { judge, shapeOf } from "../spec/validate.ts";
import type { LagoDeploymentOptions } from "./options.ts";

const untouched = z.any().optional();

/** Options that only the calling program can have. They are not checked. */
const OWN_OPTIONS = {
  environment: untouched,
  isolated: untouched,
  timeoutMs: untouched,
  reads: untouched,
  signal: untouched,
  onProgress: untouched,
  onStatusPoll: untouched,
  timings: untouched,
} satisfies Record<Exclude<keyof LagoDeploymentOptions, keyof DeploymentSettings>, z.ZodType>;

const optionsSchema = z.strictObject({ ...shapeOf(DEPLOYMENT_NAMES), ...OWN_OPTIONS });

/**
 * Checks options, and returns them in the form that operations use.
 *
 * @throws DeployError of kind `InvalidConfig` that names every fault
 */
export function parseOptions(options: LagoDeploymentOptions): LagoDeploymentOptions {
  return judge("options", optionsSchema, options);
}
