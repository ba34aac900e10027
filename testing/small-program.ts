/** A program that deploys a minimal Lago, for tests about deploying it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { makeCheckout } from "./checkout.ts";
import { ComposeFile, lagoDocument } from "./world/compose-file.ts";

/** Common settings of its stacks, beside a name and a port. */
export const SMALL_SETTINGS = { lagoPath: "lago", startTimeoutSeconds: 60 };

/** Expected states of all containers, as returned by `standingOf`. */
export const SMALL_RUNS = { db: "healthy", redis: "healthy", api: "healthy", migrate: "exited 0" };

/** Git variables that set the author and ignore the user's own settings. */
export const GIT_PERSON = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "A Person",
  GIT_AUTHOR_EMAIL: "person@example.com",
  GIT_COMMITTER_NAME: "A Person",
  GIT_COMMITTER_EMAIL: "person@example.com",
};

/** Config values of a stack. */
export type StackValues = Record<string, unknown>;

/** Creates a repository with the program, and Lago's database, Redis, migration and api. */
export async function makeSmallProgram(work: string): Promise<void> {
  await makeCheckout(work);
  const manifest = JSON.parse(await readFile(join(work, "package.json"), "utf8"));
  // `npm run cli` would install packages; here they are linked, and the link is committed.
  manifest.scripts = { cli: "node src/cli/bin.ts" };
  await writeFile(join(work, "package.json"), JSON.stringify(manifest));
  await writeSmallLago(work);
}

/** Writes the compose file of {@link SMALL_SETTINGS} below a checkout. */
export async function writeSmallLago(checkout: string): Promise<void> {
  await mkdir(join(checkout, "lago"));
  await new ComposeFile(join(checkout, "lago"), smallLago()).write();
}

function smallLago() {
  const document = lagoDocument();
  const { db = {}, redis = {}, migrate = {}, api = {} } = document.services;
  for (const { healthcheck } of [db, redis, api]) {
    Object.assign(healthcheck ?? {}, { start_period: "30s", start_interval: "500ms" });
  }
  return { ...document, services: { db, redis, migrate, api } };
}

/** Changes a stack's config file as an editor would. */
export async function changeConfig(
  file: string,
  change: (values: StackValues) => void,
): Promise<void> {
  const document = parse(await readFile(file, "utf8")) as { config?: StackValues };
  const entries = Object.entries(document.config ?? {});
  const values = Object.fromEntries(
    entries.map(([key, value]) => [key.replace("z-billing-lago:", ""), value]),
  );
  change(values);
  const config = Object.entries(values).map(([key, value]) => [`z-billing-lago:${key}`, value]);
  await writeFile(file, stringify({ ...document, config: Object.fromEntries(config) }));
}
