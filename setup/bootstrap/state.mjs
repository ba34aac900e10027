import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder for what the set-up installs and keeps: `$Z_BILLING_LAGO_HOME` or `~/.z-billing-lago`. */
export function toolsFolder(env = process.env, home = homedir()) {
  const wanted = env.Z_BILLING_LAGO_HOME;
  return wanted ? resolve(wanted) : join(home, ".z-billing-lago");
}

/**
 * What an installed `node_modules` is written down as. It differs when the lock file does, and when
 * the folder came from a machine of another kind, whose native programs would not run here.
 */
export function packagesMark(lockFile, platform = process.platform, arch = process.arch) {
  return `${createHash("sha256").update(lockFile).digest("hex")} ${platform}-${arch}\n`;
}
