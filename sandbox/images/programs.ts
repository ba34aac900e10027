import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { administratorPath, BUILD_TIMEOUT_MS } from "./base.ts";
import { runStep, type Stoppable } from "./docker.ts";
import { BASE_SUITE, type DebianPrograms } from "./recipe.ts";

/** Folder of the programs in the image. Some packages use `/bin`, which is a link. */
const PLACE = "usr/local/bin";

/**
 * Extracts programs from Debian packages into the files of an image. No package is installed or
 * configured, so this takes seconds.
 *
 * @param folder the image's files
 * @throws Error when the packages cannot be downloaded
 */
export async function addPrograms(
  folder: string,
  { packages, paths }: DebianPrograms,
  options: Stoppable = {},
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "z-billing-lago-programs-"));
  const steps = { ...options, timeoutMs: BUILD_TIMEOUT_MS, env: administratorPath() };
  try {
    const tar = join(work, "packages.tar");
    const wanted = `--include=${packages.join(",")}`;
    await runStep("mmdebstrap", ["--variant=extract", wanted, BASE_SUITE, tar], steps);
    const target = join(folder, PLACE);
    await mkdir(target, { recursive: true });
    // Removes the folders from the paths.
    const flat = "--transform=s,.*/,,";
    await runStep("tar", [`--directory=${target}`, `--file=${tar}`, flat, "-x", ...paths], steps);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
