import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { administratorPath, BUILD_TIMEOUT_MS } from "./base.ts";
import { runStep, type Stoppable } from "./docker.ts";
import { BASE_SUITE, type DebianPrograms } from "./recipe.ts";

/** Where the programs are put below the image's root. Packages have some in `/bin`, which is a link. */
const PLACE = "usr/local/bin";

/**
 * Takes programs out of Debian packages and puts them into the files of an image. Nothing is
 * installed or set up, which is a matter of seconds.
 *
 * @param folder the image's files
 * @throws Error when the packages cannot be had
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
    // Without the folders that they are in.
    const flat = "--transform=s,.*/,,";
    await runStep("tar", [`--directory=${target}`, `--file=${tar}`, flat, "-x", ...paths], steps);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
