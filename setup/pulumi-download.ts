import { join } from "node:path";
import { whyNoAnswer } from "./answer.ts";
import { execute, lastLines } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { PULUMI_VERSION } from "./pulumi-paths.ts";

/** URL from which npm's `pulumi` package downloads the CLI. */
const DOWNLOAD_URL = "https://get.pulumi.com/install.sh";

/**
 * Lets npm's `pulumi` package download the CLI into a separate folder.
 *
 * @returns the folder with the programs; undefined when the download is refused or fails
 */
export async function downloadPulumi(
  context: SetupContext,
  building: string,
): Promise<string | undefined> {
  const refusal = await whyNoAnswer(DOWNLOAD_URL, context.signal);
  if (refusal !== undefined) {
    context.report.detail(`${new URL(DOWNLOAD_URL).host} does not answer (${refusal})`);
    return undefined;
  }
  context.report.detail(`downloading it from ${new URL(DOWNLOAD_URL).host}, about 150 MB`);
  const result = await execute(context, {
    program: process.execPath,
    args: [join(context.root, "node_modules", "pulumi", "run.js"), "version"],
    timeoutMs: 900_000,
    environment: { PULUMI_HOME: building, PULUMI_VERSION, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  if (result.exitCode !== 0) {
    context.report.detail(`the download failed:\n${lastLines(result.stderr)}`);
    return undefined;
  }
  return join(building, "versions", PULUMI_VERSION, "bin");
}
