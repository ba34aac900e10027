import { existsSync } from "node:fs";
import { join } from "node:path";

/** Paths of sshd on common systems. */
const PLACES = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"];

/** An sshd, installed or unpacked. */
export interface Sshd {
  readonly program: string;
  /** Folder of its unpacked packages; undefined for the system's own sshd. */
  readonly tree: string | undefined;
}

/** Folder in which the set-up unpacks the server. */
export function sshdFolder(tools: string): string {
  return join(tools, "sshd");
}

/** Marker file, written when everything has been unpacked. */
export function sshdMark(tools: string): string {
  return join(sshdFolder(tools), "unpacked.txt");
}

/** Returns the server for tests; undefined before the set-up has unpacked one. */
export function findSshd(tools: string, places: readonly string[] = PLACES): Sshd | undefined {
  const installed = places.find((path) => existsSync(path));
  if (installed !== undefined) {
    return { program: installed, tree: undefined };
  }
  const tree = sshdFolder(tools);
  return existsSync(sshdMark(tools)) ? { program: join(tree, "usr/sbin/sshd"), tree } : undefined;
}
