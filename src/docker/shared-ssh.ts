/**
 * One ssh connection for all docker calls to a host. Docker logs in anew for each of its connections,
 * a third of a second each, and compose opens one for each container at once: an sshd that takes ten
 * logins at a time, as it comes, hangs up on the rest. So docker finds an `ssh` that shares.
 */
import { chmodSync, lstatSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long a connection outlives the last call, in seconds. */
const PERSIST_SECONDS = 20;

/** A socket's path is 107 bytes at most, and ssh adds 58 of its own to that of the folder. */
const MAX_FOLDER_BYTES = 48;

/** The next `ssh` on the PATH does the work. Ssh falls back to a connection of its own by itself. */
const SCRIPT = `#!/bin/sh
folder=\${0%/*}
PATH=\${PATH#"$folder":}
exec ssh -o ControlMaster=auto -o ControlPersist=${PERSIST_SECONDS} -o ControlPath="$folder/%C" "$@"
`;

/**
 * The folder of that `ssh`, for the front of the PATH; undefined where connections cannot be shared,
 * and then each call has its own. Nobody else can be in it: whoever has a connection is on the host.
 *
 * @param base where to make it. Defaults to the user's own folder for such things, or else to the one
 *   for temporary files.
 */
export function sharedSshFolder(
  base = process.env.XDG_RUNTIME_DIR || tmpdir(),
): string | undefined {
  const uid = process.getuid?.();
  const folder = join(base, `z-billing-lago-ssh-${uid}`);
  if (uid === undefined || Buffer.byteLength(folder) > MAX_FOLDER_BYTES) {
    return undefined;
  }
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const { mode, uid: owner } = lstatSync(folder);
    // A symbolic link has all bits set.
    if (owner !== uid || (mode & 0o077) !== 0) {
      return undefined;
    }
    placeScript(folder);
    return folder;
  } catch {
    return undefined;
  }
}

/** In one move: another process may be about to run it. */
function placeScript(folder: string): void {
  const script = join(folder, "ssh");
  const size = lstatSync(script, { throwIfNoEntry: false })?.size;
  if (size === Buffer.byteLength(SCRIPT)) {
    return;
  }
  const building = `${script}.${process.pid}`;
  writeFileSync(building, SCRIPT);
  chmodSync(building, 0o700);
  renameSync(building, script);
}
