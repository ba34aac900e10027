import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where systems have the program. */
const PLACES = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"];

/** A server for ssh, installed or unpacked. */
export interface Sshd {
  readonly program: string;
  /** Folder that its packages were unpacked in; undefined for one that the system has. */
  readonly tree: string | undefined;
}

/** The folder that the set-up unpacks the server in. */
export function sshdFolder(tools: string): string {
  return join(tools, "sshd");
}

/** Is there once everything has been unpacked. */
export function sshdMark(tools: string): string {
  return join(sshdFolder(tools), "unpacked.txt");
}

/** The server that tests use; undefined where the set-up has yet to bring one. */
export function findSshd(tools: string, places: readonly string[] = PLACES): Sshd | undefined {
  const installed = places.find((path) => existsSync(path));
  if (installed !== undefined) {
    return { program: installed, tree: undefined };
  }
  const tree = sshdFolder(tools);
  return existsSync(sshdMark(tools)) ? { program: join(tree, "usr/sbin/sshd"), tree } : undefined;
}
