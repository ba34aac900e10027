/**
 * Files below `test/fixtures`: what docker, compose and Pulumi really printed, and the files behind
 * it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");

/** The path of a fixture. */
export function fixturePath(...names: readonly string[]): string {
  return join(FIXTURES, ...names);
}

/** The text of a fixture. */
export function fixture(...names: readonly string[]): string {
  return readFileSync(fixturePath(...names), "utf8");
}
