import { existsSync } from "node:fs";
import { join } from "node:path";

/** Release that `go/versitygw` builds. */
export const VERSITYGW_VERSION = "1.8.0";

/** The folder that the set-up builds the server in. */
export function s3ServerFolder(tools: string): string {
  return join(tools, "versitygw", VERSITYGW_VERSION);
}

/** The S3-compatible server that tests use; undefined where the set-up has yet to build it. */
export function findS3Server(tools: string): string | undefined {
  const program = join(s3ServerFolder(tools), "versitygw");
  return existsSync(program) ? program : undefined;
}
