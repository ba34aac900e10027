import { join } from "node:path";
import { mustSucceed } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { ensureGo, goEnvironment } from "./go.ts";
import { PULUMI_VERSION } from "./pulumi-paths.ts";
import { duration } from "./report.ts";

/** A program to build, and the module that pins its source. */
export interface GoBuild {
  readonly name: string;
  /** Folder with go.mod and go.sum. */
  readonly module: string;
  readonly package: string;
  /** Duration of the build on two cores, for the person who waits. */
  readonly takes: string;
  /** Flags for the linker. Defaults to flags that omit its tables. */
  readonly flags?: string;
}

const OWN_MODULES = join(import.meta.dirname, "go");

/** The Pulumi CLI. */
export const PULUMI_CLI: GoBuild = {
  name: "pulumi",
  module: join(OWN_MODULES, "pulumi"),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  takes: "3 to 6 minutes, once",
  flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`,
};

/** The program by which the Pulumi CLI runs programs in Node. */
export const NODE_LANGUAGE_HOST: GoBuild = {
  name: "pulumi-language-nodejs",
  module: join(OWN_MODULES, "pulumi-language-nodejs"),
  package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  takes: "half a minute, once",
};

/** Deadline of a build in milliseconds: an hour, for a slow machine with cold caches. */
const BUILD_DEADLINE_MS = 3_600_000;
const PROGRESS_EVERY_MS = 20_000;

/**
 * Builds a program into `folder`, from the modules that its go.mod pins.
 *
 * @throws SetupFailure when Go is missing or the build fails
 */
export async function buildFromSource(
  context: SetupContext,
  build: GoBuild,
  folder: string,
): Promise<void> {
  const { name } = build;
  const go = await ensureGo(context);
  context.report.detail(`building ${name} from its source with Go: ${build.takes}`);
  const startedAt = performance.now();
  let packages = 0;
  const progress = setInterval(() => {
    const elapsed = duration(performance.now() - startedAt);
    context.report.detail(`${elapsed}: ${packages} packages downloaded or compiled`);
  }, PROGRESS_EVERY_MS);
  try {
    const flags = [
      "-mod=readonly",
      "-buildvcs=false",
      "-trimpath",
      "-v",
      "-ldflags",
      build.flags ?? "-s -w",
    ];
    await mustSucceed(
      context,
      {
        program: go,
        args: ["build", ...flags, "-o", join(folder, name), build.package],
        cwd: build.module,
        timeoutMs: BUILD_DEADLINE_MS,
        environment: goEnvironment(context),
        onLine: () => {
          packages++;
        },
      },
      `Building ${name}`,
      "Check that the Go module proxy answers (`go env GOPROXY`) and run the same command again; what was downloaded is kept.",
    );
  } finally {
    clearInterval(progress);
  }
}
