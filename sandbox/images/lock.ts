import { connect, createServer, type Server } from "node:net";

/**
 * Runs `work` while no other process on this machine runs work of the same name. Waiting processes
 * are served in no particular order. The lock is an abstract socket: it needs no file, and
 * disappears with the process that holds it, even if that is killed. Linux only, like the builds
 * that it guards.
 *
 * @param onWait - called once, before the first wait
 * @param signal - ends the wait, not the work
 * @throws the signal's reason when it fires during the wait
 */
export async function alone<T>(
  name: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const lock = `\0z-billing-lago/${name}`;
  let server = await take(lock);
  if (server === undefined) {
    onWait();
  }
  while (server === undefined) {
    await released(lock, signal);
    signal?.throwIfAborted();
    server = await take(lock);
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}

/** Takes the lock; undefined when another process holds it. */
function take(lock: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => waiting.delete(socket));
    });
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        resolve(undefined);
      } else {
        reject(error);
      }
    });
    server.listen(lock, () => resolve(releasing(server, waiting)));
  });
}

/** Releases the lock. Closing the server notifies waiting processes. */
function releasing(server: Server, waiting: Iterable<{ destroy(): void }>): Server {
  const close = server.close.bind(server);
  server.close = (done) => {
    close(done);
    for (const socket of waiting) {
      socket.destroy();
    }
    return server;
  };
  return server;
}

/** Settles when the process that holds the lock releases it or ends, or when the signal fires. */
function released(lock: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(lock);
    socket.resume();
    socket.on("error", () => {});
    const giveUp = () => socket.destroy();
    signal?.addEventListener("abort", giveUp, { once: true });
    socket.once("close", () => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    });
  });
}
