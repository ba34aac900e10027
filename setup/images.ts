import { ensureStandIns, STAND_IN_IMAGES, STAND_IN_LABEL } from "../sandbox/images/build.ts";
import { execute } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { askRegistry } from "./registry.ts";

/** What the host has of the images that a deployment needs. */
export interface HeldImages {
  readonly missing: readonly string[];
  readonly standIns: readonly string[];
}

/**
 * Makes sure that the images can be had: from the host, from a registry when the deployment starts,
 * or, where no registry answers, as stand-ins that are built here.
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

/** Builds what is missing, and anew what an earlier version of this project built. */
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

/** Asking for this one costs the least where a registry does answer. */
function isSmall(image: string): boolean {
  return image.startsWith("redis:");
}

async function heldImages(context: SetupContext, images: readonly string[]): Promise<HeldImages> {
  // docker prints a line for each image that it has and goes on after one that it has not.
  const format = `{{join .RepoTags " "}}|{{index .Config.Labels "${STAND_IN_LABEL}"}}`;
  const args = ["image", "inspect", "--format", format, ...images];
  const { stdout } = await execute(context, { program: "docker", args, timeoutMs: 30_000 });
  return readInspection(images, stdout);
}

/** Sorts `images` by what `docker image inspect` printed about those that it has. */
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
