/** Programs of this machine that listen on a port, other than containers. */
import { readdir, readFile, readlink } from "node:fs/promises";
import { createServer } from "node:net";

/** A program of this machine that listens on an address and port. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Name of the process, such as `nginx (process 812)`; undefined where it cannot be told. */
  readonly name: string | undefined;
}

/** Finds the programs of this machine that listen on these addresses and ports. */
export async function listenersOn(
  places: readonly Pick<Listener, "address" | "port">[],
): Promise<Listener[]> {
  const found: Listener[] = [];
  for (const { address, port } of places) {
    // In turn: each attempt holds the port for a moment.
    if (!(await canListen(address, port))) {
      found.push({ address, port, name: await listenerOf(port) });
    }
  }
  return found;
}

/**
 * Whether a server can listen at this address and port. Errors other than "in use" count as yes.
 */
export function canListen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE"));
    server.listen({ host: address, port, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Names the process that listens on a port, such as `nginx (process 812)`. Linux only. */
async function listenerOf(port: number): Promise<string | undefined> {
  try {
    const inodes = await listeningInodes(port);
    if (inodes.size === 0) {
      return undefined;
    }
    const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    for (const pid of processes) {
      if (await holdsSocket(pid, inodes)) {
        const name = (await readFile(`/proc/${pid}/comm`, "utf8")).trim();
        return `${name} (process ${pid})`;
      }
    }
  } catch {
    // Not Linux, or a process that ended in between: the port is taken in any case.
  }
  return undefined;
}

const LISTEN_STATE = "0A";

async function listeningInodes(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8").catch(() => "")),
  );
  return listenersIn(tables.join("\n"), port);
}

/** Socket inodes of the listeners on a port, from the text of `/proc/net/tcp` (see proc(5)). */
export function listenersIn(procNetTcp: string, port: number): Set<string> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = procNetTcp.split("\n").flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const listens = columns[1]?.endsWith(`:${hexPort}`) && columns[3] === LISTEN_STATE;
    return listens && columns[9] !== undefined ? [columns[9]] : [];
  });
  return new Set(inodes);
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(
    descriptors.map((fd) => readlink(`${folder}/${fd}`).catch(() => "")),
  );
  return links.some((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ""));
}
