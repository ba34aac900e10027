/** `npm run bench`: measures this project beside other ways to deploy Lago. */
import { BUILT_PACKAGE } from "../bench/contenders/cli.ts";
import type { SetupContext } from "../setup/context.ts";
import { SetupFailure } from "../setup/failure.ts";
import { buildPackage } from "./build/package.ts";
import { runMeasured } from "./lib/measured.ts";

await runMeasured("bench", [buildCli]);

async function buildCli(context: SetupContext): Promise<void> {
  context.report.doing("The package: building the command line that is measured");
  if ((await buildPackage(context, BUILT_PACKAGE)) !== 0) {
    throw new SetupFailure(
      "The package was not built: the compiler's messages stand above. Correct the sources, and run the same command again.",
    );
  }
}
