import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { type Command, mustSucceed, probe } from "./command.ts";
import type { SetupContext } from "./context.ts";
import {
  candidateVersion,
  type Family,
  familyOf,
  MIRROR_FORMAT,
  mayUseNewerDebian,
  NEWER_DEBIAN,
  type OsRelease,
  parseMirrors,
  parseOsRelease,
} from "./debian.ts";
import { SetupFailure } from "./failure.ts";
import { isNewEnough } from "./version.ts";

const SOURCE_FILE = `/etc/apt/sources.list.d/z-billing-lago-${NEWER_DEBIAN}.sources`;
const PIN_FILE = `/etc/apt/preferences.d/z-billing-lago-${NEWER_DEBIAN}`;

/** The system's package manager, when the setup may use it. */
export interface Apt {
  readonly family: Family;
  readonly os: OsRelease;
}

/** Returns the package manager, or the reason why the setup does not use it. */
export async function findApt(): Promise<Apt | { readonly reason: string }> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  const os = parseOsRelease(text);
  const family = familyOf(os);
  if (family === undefined || !existsSync("/usr/bin/apt-get")) {
    return { reason: `${os.prettyName} is not a system that the set-up can install packages on` };
  }
  return process.getuid?.() === 0 ? { family, os } : { reason: "only root may install packages" };
}

/**
 * Installs packages, all or none, without removing any other.
 *
 * @param wanted the package that determines the source of all packages, and its minimum version
 * @throws SetupFailure when no source has a new enough version, or the installation fails
 */
export async function aptInstall(
  context: SetupContext,
  apt: Apt,
  packages: readonly string[],
  wanted: { readonly name: string; readonly minimum: string },
): Promise<void> {
  await aptGet(context, ["update"], "Reading the lists of packages");
  // An interrupted installation leaves packages unconfigured, and apt refuses to go on.
  await mustSucceed(
    context,
    { program: "dpkg", args: ["--configure", "-a"], timeoutMs: 300_000, environment: QUIET },
    "Finishing an earlier installation",
    "Repair it by hand (`dpkg --configure -a`) and run the same command again.",
  );
  const options = ["install", "-y", "--no-install-recommends", "--no-remove"];
  if (await offers(context, wanted)) {
    await aptGet(context, [...options, ...packages], `Installing ${packages.join(", ")}`);
    return;
  }
  if (!mayUseNewerDebian(apt.os)) {
    throw new SetupFailure(
      `${apt.os.prettyName} offers no ${wanted.name} ${wanted.minimum} or newer. Install it from its makers ` +
        "(https://docs.docker.com/engine/install, https://go.dev/doc/install) and run the same command again.",
    );
  }
  await addNewerDebian(context);
  await aptGet(
    context,
    [...options, "-t", NEWER_DEBIAN, ...packages],
    `Installing ${packages.join(", ")} from Debian ${NEWER_DEBIAN}`,
  );
}

/**
 * Downloads packages into a folder without installing them.
 *
 * @throws SetupFailure when the download fails
 */
export async function aptDownload(
  context: SetupContext,
  packages: readonly string[],
  folder: string,
): Promise<void> {
  await aptGet(context, ["update"], "Reading the lists of packages");
  await aptGet(context, ["download", ...packages], `Downloading ${packages.join(", ")}`, folder);
}

const QUIET = { DEBIAN_FRONTEND: "noninteractive" };

async function aptGet(
  context: SetupContext,
  args: string[],
  purpose: string,
  cwd?: string,
): Promise<void> {
  const command: Command = {
    program: "apt-get",
    args: ["-q", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", ...args],
    timeoutMs: 1_200_000,
    environment: QUIET,
    ...(cwd === undefined ? {} : { cwd }),
  };
  context.report.detail(`${purpose}: apt-get ${args.join(" ")}`);
  await mustSucceed(
    context,
    command,
    purpose,
    "Check that the mirrors in /etc/apt answer, and run the same command again.",
  );
}

async function offers(
  context: SetupContext,
  wanted: { readonly name: string; readonly minimum: string },
): Promise<boolean> {
  const args = ["policy", wanted.name];
  const policy = await probe(context, { program: "apt-cache", args, timeoutMs: 30_000 });
  const candidate = candidateVersion(policy ?? "");
  return candidate !== undefined && isNewEnough(candidate, wanted.minimum);
}

/** Adds the newer release as a second source, which is used only on request. */
async function addNewerDebian(context: SetupContext): Promise<void> {
  const filters = ["Created-By: Packages", "Component: main", "Origin: Debian", "Label: Debian"];
  const args = ["indextargets", "--format", MIRROR_FORMAT, ...filters];
  const targets = await probe(context, { program: "apt-get", args, timeoutMs: 30_000 });
  const mirrors = parseMirrors(targets ?? "");
  const mirror = mirrors[0];
  if (mirror === undefined) {
    throw new SetupFailure(
      `No Debian mirror was found in /etc/apt. Add a source for ${NEWER_DEBIAN} and run the same command again.`,
    );
  }
  if (mirrors.some(({ codename }) => codename === NEWER_DEBIAN)) {
    return;
  }
  context.report.detail(
    `adding Debian ${NEWER_DEBIAN} as a second source of low priority (${SOURCE_FILE}), since this release's packages are too old`,
  );
  // Written first: without the pin the source would upgrade the whole system.
  await place(PIN_FILE, `Package: *\nPin: release n=${NEWER_DEBIAN}\nPin-Priority: 100\n`);
  await place(
    SOURCE_FILE,
    [
      "Types: deb",
      `URIs: ${mirror.uri}`,
      `Suites: ${NEWER_DEBIAN}`,
      "Components: main",
      "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
      "",
    ].join("\n"),
  );
  await aptGet(context, ["update"], `Reading the lists of packages of Debian ${NEWER_DEBIAN}`);
}

async function place(path: string, text: string): Promise<void> {
  const building = `${path}.z-billing-lago-new`;
  await mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await writeFile(building, text, { mode: 0o644 });
  await rename(building, path);
}
