/**
 * One ssh connection for all docker calls to a host. Docker logs in for each of its connections, a
 * third of a second each, and compose opens one for each container at once. An sshd with default
 * settings accepts ten logins at a time and drops the rest. So docker finds an `ssh` that shares
 * its connection.
 */
import { chmodSync, lstatSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long a connection outlives the last call, in seconds. */
const PERSIST_SECONDS = 20;

/**
 * Longest path of the folder. The path of a socket has at most 107 bytes, of which ssh needs 58.
 */
const MAX_FOLDER_BYTES = 48;

/**
 * Script that calls the next `ssh` on the PATH. Where sharing fails, ssh opens a connection of its
 * own.
 */
const SCRIPT = `#!/bin/sh
folder=\${0%/*}
PATH=\${PATH#"$folder":}
exec ssh -o ControlMaster=auto -o ControlPersist=${PERSIST_SECONDS} -o ControlPath="$folder/%C" "$@"
`;

/**
 * Makes the folder of that `ssh`, for the front of the PATH. Undefined where connections cannot be
 * shared; then each call has its own. The folder is closed to other users: whoever uses the
 * connection is logged in on the host.
 *
 * @param base folder to make it in. Defaults to `$XDG_RUNTIME_DIR`, or else to the folder for
 *   temporary files.
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

/** Replaces the script in one step, since another process may be about to run it. */
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
