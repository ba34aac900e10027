/** A program that deploys the smallest Lago there is, for tests that are about who deploys it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { makeCheckout } from "./checkout.ts";
import { ComposeFile, lagoDocument } from "./world/compose-file.ts";

/** What each of its stacks has in common, beside a name and a port of its own. */
export const SMALL_SETTINGS = { lagoPath: "lago", startTimeoutSeconds: 60 };

/** How the containers stand when all is well, as `standingOf` tells it. */
export const SMALL_RUNS = { db: "healthy", redis: "healthy", api: "healthy", migrate: "exited 0" };

/** Variables by which git knows who commits, and reads nobody's own settings. */
export const GIT_PERSON = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "A Person",
  GIT_AUTHOR_EMAIL: "person@example.com",
  GIT_COMMITTER_NAME: "A Person",
  GIT_COMMITTER_EMAIL: "person@example.com",
};

/** Config values of a stack. */
export type StackValues = Record<string, unknown>;

/** The program as a repository of one's own has it, with Lago's database, Redis, migration and api. */
export async function makeSmallProgram(work: string): Promise<void> {
  await makeCheckout(work);
  const manifest = JSON.parse(await readFile(join(work, "package.json"), "utf8"));
  // `npm run cli` installs what is missing; here all is there, and the link to it is committed.
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

/** Changes a stack's config file as in an editor. */
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
