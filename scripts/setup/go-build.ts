import { join } from "node:path";
import { mustSucceed } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { ensureGo, goEnvironment } from "./go.ts";
import { PULUMI_VERSION } from "./pulumi-paths.ts";
import { duration } from "./report.ts";

/** What can be built, and how long that takes on two cores. */
const BUILDS = {
  pulumi: {
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    takes: "3 to 6 minutes, once",
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`,
  },
  "pulumi-language-nodejs": {
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    takes: "half a minute, once",
    flags: "-s -w",
  },
  actionlint: {
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    takes: "half a minute, once",
    flags: "-s -w",
  },
  versitygw: {
    package: "github.com/versity/versitygw/cmd/versitygw",
    takes: "a minute, once",
    flags: "-s -w",
  },
} as const;

/** Longest build to wait for: an hour, for a slow machine with cold caches. */
const BUILD_DEADLINE_MS = 3_600_000;
const PROGRESS_EVERY_MS = 20_000;

/**
 * Builds one of Pulumi's programs, or one that tests use, into `folder`, from the modules that are
 * pinned in `go/`.
 *
 * @throws SetupFailure when there is no Go or the build fails
 */
export async function buildFromSource(
  context: SetupContext,
  name: keyof typeof BUILDS,
  folder: string,
): Promise<void> {
  const build = BUILDS[name];
  const go = await ensureGo(context);
  context.report.detail(`building ${name} from its source with Go: ${build.takes}`);
  const startedAt = performance.now();
  let packages = 0;
  const progress = setInterval(() => {
    const elapsed = duration(performance.now() - startedAt);
    context.report.detail(`${elapsed}: ${packages} packages downloaded or compiled`);
  }, PROGRESS_EVERY_MS);
  try {
    const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-v", "-ldflags", build.flags];
    await mustSucceed(
      context,
      {
        program: go,
        args: ["build", ...flags, "-o", join(folder, name), build.package],
        cwd: join(context.root, "scripts", "setup", "go", name),
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
