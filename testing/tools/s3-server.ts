import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { buildFromSource, type GoBuild } from "../../setup/go-build.ts";
import { duration } from "../../setup/report.ts";
import { findS3Server, s3ServerFolder } from "./s3-server-paths.ts";

const VERSITYGW: GoBuild = {
  name: "versitygw",
  module: join(import.meta.dirname, "go", "versitygw"),
  package: "github.com/versity/versitygw/cmd/versitygw",
  takes: "a minute, once",
};

/**
 * Ensures an S3-compatible server, which only the tests of a state in a bucket need. By hand, on a
 * machine without Go, those tests are left out.
 *
 * @throws SetupFailure in CI, when it cannot be built
 */
export async function ensureS3Server(context: SetupContext): Promise<void> {
  const { env, report, tools } = context;
  const found = findS3Server(tools);
  if (found !== undefined) {
    report.ok(`S3-compatible server, ${found}`);
    return;
  }
  const folder = s3ServerFolder(tools);
  const startedAt = performance.now();
  report.doing(`S3-compatible server: the tests of a state in a bucket need it, in ${folder}`);
  try {
    await buildFromSource(context, VERSITYGW, folder);
  } catch (error) {
    if (error instanceof SetupFailure && !env.CI) {
      report.note(`S3-compatible server: its tests are left out. ${error.message}`);
      return;
    }
    throw error;
  }
  report.ok(`S3-compatible server, in ${folder} (${duration(performance.now() - startedAt)})`);
}
