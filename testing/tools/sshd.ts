import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { aptDownload, findApt } from "../../setup/apt.ts";
import { mustSucceed } from "../../setup/command.ts";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { findSshd, sshdFolder, sshdMark } from "./sshd-paths.ts";

/** Packages: the server, and its only library that systems without sshd lack. */
const PACKAGES = ["openssh-server", "libwrap0"];

/**
 * Ensures an sshd, which only the tests of remote hosts need. Its packages are unpacked and not
 * installed: an installed server would open this machine to the network.
 *
 * @throws SetupFailure when no packages can be downloaded
 */
export async function ensureSshd(context: SetupContext): Promise<void> {
  const { report, tools } = context;
  const found = findSshd(tools);
  if (found !== undefined) {
    report.ok(`sshd, ${found.program}`);
    return;
  }
  const apt = await findApt();
  if ("reason" in apt) {
    throw new SetupFailure(
      `The tests of remote hosts need sshd, and ${apt.reason}. Install OpenSSH's server and run the same command again.`,
    );
  }
  const folder = sshdFolder(tools);
  report.doing(`sshd: the tests of remote hosts need it. Unpacking it in ${folder}`);
  await rm(folder, { recursive: true, force: true });
  const packages = join(folder, "packages");
  await mkdir(packages, { recursive: true });
  await aptDownload(context, PACKAGES, packages);
  for (const file of await readdir(packages)) {
    const args = ["--extract", join(packages, file), folder];
    const command = { program: "dpkg-deb", args, timeoutMs: 60_000 };
    await mustSucceed(context, command, `Unpacking ${file}`, "Run the same command again.");
  }
  await rm(packages, { recursive: true });
  await writeFile(sshdMark(tools), `${PACKAGES.join("\n")}\n`);
  report.ok(`sshd, in ${folder}`);
}
