import { constants } from "node:fs";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { digestOf } from "./content.ts";
import { docker, findImage, runStep, type Stoppable } from "./docker.ts";
import { DIGEST_LABEL, STAND_IN_LABEL } from "./labels.ts";
import { BASE_ARGUMENTS, BASE_INSTRUCTIONS } from "./recipe.ts";

/** Deadline of a step that downloads packages, in milliseconds. */
export const BUILD_TIMEOUT_MS = 15 * 60_000;

/** Folders of administration programs, which are not always on a user's path. */
const MORE_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

const DIGEST = digestOf([], [BASE_ARGUMENTS, BASE_INSTRUCTIONS]);

/** Reference of the base image of all stand-ins, named after the digest of its recipe. */
export const BASE_IMAGE = `z-billing-lago/stand-in-base:${DIGEST.slice(0, 12)}`;

/**
 * Builds the base image from Debian packages, unless it is there.
 *
 * @throws Error when this machine cannot build it; the message says what is needed
 */
export async function ensureBase(
  report: (line: string) => void,
  options: Stoppable = {},
): Promise<void> {
  if ((await findImage(BASE_IMAGE, options))?.digest === DIGEST) {
    return;
  }
  await ensureBootstrapTool(report, options);
  report(
    `stand-in images: building ${BASE_IMAGE}, the system below them ` +
      "(Debian with PostgreSQL 15, Redis 7 and Python 3; half a minute, once)",
  );
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-base-"));
  try {
    const tar = join(folder, "base.tar");
    await runStep("mmdebstrap", [...BASE_ARGUMENTS, tar], {
      ...options,
      timeoutMs: BUILD_TIMEOUT_MS,
      env: administratorPath(),
    });
    const labels = [`LABEL ${STAND_IN_LABEL}=base`, `LABEL ${DIGEST_LABEL}=${DIGEST}`];
    const changes = [...BASE_INSTRUCTIONS, ...labels].map((change) => `--change=${change}`);
    await docker(["import", ...changes, tar, BASE_IMAGE], options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Installs mmdebstrap with apt, unless it is there.
 *
 * @throws Error that says what to install when this process cannot
 */
export async function ensureBootstrapTool(
  report: (line: string) => void,
  options: Stoppable = {},
): Promise<void> {
  if (await isInstalled("mmdebstrap")) {
    return;
  }
  if (!(await isInstalled("apt-get")) || process.getuid?.() !== 0) {
    throw new Error(
      "the stand-in images are built from Debian packages with mmdebstrap, which is missing here: " +
        "install it (Debian, Ubuntu: as root, apt-get install mmdebstrap debian-archive-keyring), " +
        "or load Lago's own images with docker load",
    );
  }
  report("stand-in images: installing mmdebstrap with apt, to build the system below them");
  const apt = (...args: string[]) =>
    runStep("apt-get", ["--option=DPkg::Lock::Timeout=120", "--yes", "--quiet", ...args], {
      ...options,
      timeoutMs: BUILD_TIMEOUT_MS,
      env: { ...administratorPath(), DEBIAN_FRONTEND: "noninteractive" },
    });
  // Package lists may be missing or outdated, as in most container images.
  await apt("update");
  await apt("install", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring");
}

/** `PATH` of this process, extended by the folders of administration programs. */
export function administratorPath(): { PATH: string } {
  return { PATH: [process.env.PATH ?? "", ...MORE_FOLDERS].join(delimiter) };
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of administratorPath().PATH.split(delimiter)) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // The program is not in this folder.
    }
  }
  return false;
}
