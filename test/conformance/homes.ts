/** A Pulumi home for each provider, and what to say where the official one cannot be had. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type HalfName, PLUGIN_VARIABLE, tryInstall } from "./halves.ts";

/** Pulumi homes with one provider each. */
export interface Homes {
  readonly folder: string;
  readonly official: string;
  readonly offline: string;
  /** Why there is no official provider; undefined when there is one. */
  readonly missing: string | undefined;
  remove(): Promise<void>;
}

/** Installs both providers, each into a new home. */
export async function installHomes(): Promise<Homes> {
  const folder = await mkdtemp(join(tmpdir(), "zbl-test-homes-"));
  const home = (half: HalfName) => join(folder, half);
  await tryInstall("offline", home("offline"));
  const missing = await tryInstall("official", home("official"));
  if (missing !== undefined) {
    console.warn(
      [
        "",
        "!!! THE OFFICIAL COMMAND PROVIDER IS MISSING: ONLY THE OFFLINE ONE IS TESTED !!!",
        `    ${missing}`,
        `    Set ${PLUGIN_VARIABLE} to resource-command-v1.2.1-linux-amd64.tar.gz to test both.`,
        "",
      ].join("\n"),
    );
  }
  return {
    folder,
    official: home("official"),
    offline: home("offline"),
    missing,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A test that shows whether both providers were compared; it fails in CI where they were not. */
export function requireOfficial(homes: Homes): void {
  it("has the official provider to compare with", (context) => {
    if (homes.missing !== undefined && process.env.CI !== "true") {
      context.skip(`the official provider is missing: ${homes.missing}`);
    }
    expect(homes.missing).toBeUndefined();
  });
}
