import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import type { SetupContext } from "./context.ts";

/** Version of the Pulumi CLI that this project supports and is tested with. */
export const PULUMI_VERSION: string = manifest.devDependencies.pulumi;

/** Folder in which npm's `pulumi` package keeps the CLI of its version. */
export function pulumiBin(context: SetupContext): string {
  return join(context.pulumiHome, "versions", PULUMI_VERSION, "bin");
}
