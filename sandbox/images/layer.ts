import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BASE_IMAGE } from "./base.ts";
import type { StandIn } from "./catalogue.ts";
import { contentOf, digestOf, type StandInFile, writeContent } from "./content.ts";
import { docker, findImage, type Stoppable } from "./docker.ts";
import { DIGEST_LABEL, STAND_IN_LABEL } from "./labels.ts";
import { addPrograms } from "./programs.ts";
import { ENTRYPOINT, ROLE_SETTINGS } from "./recipe.ts";

/** Contents of a stand-in that is about to be built. */
export interface Plan {
  readonly standIn: StandIn;
  readonly files: readonly StandInFile[];
  readonly digest: string;
}

/** Determines the contents of a stand-in. */
export async function planOf(standIn: StandIn): Promise<Plan> {
  const files = await contentOf(standIn);
  const digest = digestOf(files, [BASE_IMAGE, ENTRYPOINT, ROLE_SETTINGS[standIn.role], standIn]);
  return { standIn, files, digest };
}

/**
 * Builds a stand-in on the base image and tags it, unless an image that is not a stand-in has got
 * the name meanwhile. The stand-in that had the name before is removed, if unused.
 */
export async function build(plan: Plan, options: Stoppable = {}): Promise<void> {
  const { image } = plan.standIn;
  const built = await commit(plan, options);
  const before = await findImage(image, options);
  if (before !== undefined && before.role === undefined) {
    await docker(["image", "rm", built], options);
    return;
  }
  await docker(["image", "tag", built, image], options);
  if (before !== undefined && before.id !== built) {
    // The old image stays if a container or another tag uses it.
    await docker(["image", "rm", before.id], options).catch(() => {});
  }
}

/**
 * Adds files and settings to the base image; returns the id of the new image, which has no name.
 */
async function commit(plan: Plan, options: Stoppable): Promise<string> {
  const settings = ROLE_SETTINGS[plan.standIn.role];
  const instructions = [
    ...settings.instructions,
    ENTRYPOINT,
    `LABEL ${STAND_IN_LABEL}=${plan.standIn.role}`,
    `LABEL ${DIGEST_LABEL}=${plan.digest}`,
  ];
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-stand-in-"));
  // Uses create, cp and commit instead of build: every engine supports them, with or without a
  // builder, and none of them looks up the base image in a registry.
  const stop = `--stop-signal=${settings.stopSignal ?? "SIGTERM"}`;
  const container = await docker(["create", "--pull=never", stop, BASE_IMAGE], options);
  try {
    await writeContent(folder, plan.files);
    if (settings.programs !== undefined) {
      await addPrograms(folder, settings.programs, options);
    }
    await docker(["cp", "--quiet", `${folder}/.`, `${container}:/`], options);
    const changes = instructions.map((instruction) => `--change=${instruction}`);
    return await docker(["commit", ...changes, container], options);
  } finally {
    await docker(["rm", "--volumes", container]);
    await rm(folder, { recursive: true, force: true });
  }
}
