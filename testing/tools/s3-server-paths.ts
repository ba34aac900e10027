import { existsSync } from "node:fs";
import { join } from "node:path";

/** Release that `go/versitygw` builds. */
export const VERSITYGW_VERSION = "1.8.0";

/** Folder in which the set-up builds the server. */
export function s3ServerFolder(tools: string): string {
  return join(tools, "versitygw", VERSITYGW_VERSION);
}

/** Path of the S3-compatible server for tests; undefined before the set-up has built it. */
export function findS3Server(tools: string): string | undefined {
  const program = join(s3ServerFolder(tools), "versitygw");
  return existsSync(program) ? program : undefined;
}
