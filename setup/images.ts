import { ensureStandIns, STAND_IN_IMAGES, STAND_IN_LABEL } from "../sandbox/images/build.ts";
import { execute } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { askRegistry } from "./registry.ts";

/** Required images that the host has and lacks. */
export interface HeldImages {
  readonly missing: readonly string[];
  readonly standIns: readonly string[];
}

/**
 * Ensures that the images are available: on the host, from a registry at the start of the
 * deployment, or, without a registry, as stand-ins that are built here.
 */
export async function ensureImages(context: SetupContext): Promise<void> {
  const { report } = context;
  const held = await heldImages(context, STAND_IN_IMAGES);
  const [firstMissing] = held.missing;
  if (firstMissing === undefined && held.standIns.length === 0) {
    report.ok("Lago's images are on this host");
    return;
  }
  if (firstMissing !== undefined) {
    const answer = await askRegistry(context, held.missing.find(isSmall) ?? firstMissing);
    if (answer.answers) {
      report.ok("Lago's images: a registry answers, the deployment pulls what is missing");
      return;
    }
    report.note(
      `No image registry answers (${answer.reason}): stand-ins are built on this host and deployed in place of Lago's own images.`,
    );
  }
  const images = [...held.standIns, ...held.missing];
  await buildStandIns(context, images);
  report.ok(
    `Stand-ins for ${images.length} of Lago's images; \`docker image rm\` them to have Lago's own pulled once a registry answers`,
  );
}

/** Builds missing images, and rebuilds stand-ins of an earlier version of this project. */
async function buildStandIns(context: SetupContext, images: readonly string[]): Promise<void> {
  const { report, signal } = context;
  try {
    await ensureStandIns({ images, report: report.detail, signal });
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) {
      throw error;
    }
    throw new SetupFailure(`The stand-in images were not built: ${error.message}`, {
      cause: error,
    });
  }
}

/** Whether an image is small, so that pulling it to test a registry costs little. */
function isSmall(image: string): boolean {
  return image.startsWith("redis:");
}

async function heldImages(context: SetupContext, images: readonly string[]): Promise<HeldImages> {
  // docker prints a line for each existing image and continues after a missing one.
  const format = `{{join .RepoTags " "}}|{{index .Config.Labels "${STAND_IN_LABEL}"}}`;
  const args = ["image", "inspect", "--format", format, ...images];
  const { stdout } = await execute(context, { program: "docker", args, timeoutMs: 30_000 });
  return readInspection(images, stdout);
}

/** Sorts `images` by the output of `docker image inspect` for the existing ones. */
export function readInspection(images: readonly string[], printed: string): HeldImages {
  const held = new Map<string, boolean>();
  for (const line of printed.split("\n")) {
    const [tags = "", standIn = ""] = line.trim().split("|");
    for (const tag of tags.split(" ")) {
      held.set(tag, standIn !== "");
    }
  }
  return {
    missing: images.filter((image) => !held.has(image)),
    standIns: images.filter((image) => held.get(image) === true),
  };
}
