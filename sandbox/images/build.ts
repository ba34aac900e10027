/**
 * Builds stand-ins for Lago's images where no image registry can be reached.
 *
 * `node sandbox/images/build.ts [image…]` builds the missing ones of the named images, or of the
 * images in the compose file of Lago v1.50.0.
 */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureBase, ensureBootstrapTool } from "./base.ts";
import { STAND_IN_IMAGES, type StandIn, standInFor, standInsFor } from "./catalogue.ts";
import { findImage, type LocalImage, type Stoppable } from "./docker.ts";
import { build, type Plan, planOf } from "./layer.ts";
import { alone } from "./lock.ts";
import { ROLE_SETTINGS } from "./recipe.ts";

export {
  STAND_IN_IMAGES,
  type StandIn,
  type StandInRole,
  standInFor,
  standInsFor,
} from "./catalogue.ts";
export { DIGEST_LABEL, STAND_IN_LABEL } from "./labels.ts";

/** Options of {@link ensureStandIns}. */
export interface EnsureOptions extends Stoppable {
  /** References of the required images. Defaults to {@link STAND_IN_IMAGES}. */
  readonly images?: readonly string[];
  /** Called with one line before each step: the step and its reason. */
  readonly report: (line: string) => void;
}

/**
 * Ensures that every image is on this machine. A missing image is built as a stand-in, and a
 * stand-in with changed sources is rebuilt. An image that is not a stand-in is never replaced or
 * removed. Several processes may call this at once; one waits for the other.
 *
 * @throws Error when an image is missing that has no stand-in, before anything is built, when
 * Docker does not answer, and when this machine cannot build the base system
 */
export async function ensureStandIns(options: EnsureOptions): Promise<void> {
  const { images = STAND_IN_IMAGES, report } = options;
  await refuseUnknown(images, options);
  const standIns = standInsFor(images);
  if ((await outdated(standIns, options)).length === 0) {
    return;
  }
  const wait = () => report("stand-in images: waiting for another process that builds them");
  const buildMissing = async () => {
    // Checked again: the process that held the lock before may have built them.
    const work = await outdated(standIns, options, report);
    if (work.length > 0) {
      await ensureBase(report, options);
    }
    if (work.some(({ plan }) => ROLE_SETTINGS[plan.standIn.role].programs !== undefined)) {
      await ensureBootstrapTool(report, options);
    }
    for (const { plan, found } of work) {
      const { image, role } = plan.standIn;
      const why = found === undefined ? "it is missing" : "its sources have changed";
      report(`stand-in images: building a stand-in (${role}) for ${image}: ${why}`);
      await build(plan, options);
    }
  };
  await alone("stand-in-images", wait, buildMissing, options.signal);
}

/** Lists the stand-ins to build, with the image that has the name now. */
async function outdated(
  standIns: readonly StandIn[],
  options: Stoppable,
  report: (line: string) => void = () => {},
): Promise<{ plan: Plan; found: LocalImage | undefined }[]> {
  const all = await Promise.all(
    standIns.map(async (standIn) => ({
      plan: await planOf(standIn),
      found: await findImage(standIn.image, options),
    })),
  );
  return all.filter(({ plan, found }) => {
    if (found !== undefined && found.role === undefined) {
      report(`stand-in images: keeping ${plan.standIn.image}, which is there and is no stand-in`);
      return false;
    }
    return found?.digest !== plan.digest;
  });
}

async function refuseUnknown(images: readonly string[], options: Stoppable): Promise<void> {
  const unknown = images.filter((image) => standInFor(image) === undefined);
  const found = await Promise.all(unknown.map((image) => findImage(image, options)));
  const missing = unknown.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `nothing can stand in for ${missing.join(", ")}: load it with docker load, ` +
        "or leave the services that use it out",
    );
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const images = process.argv.slice(2);
  try {
    await ensureStandIns({
      ...(images.length > 0 ? { images } : {}),
      report: (line) => console.error(line),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
