/** A second host with a Docker engine of its own, reached by ssh on the loopback address. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolsFolder } from "../../setup/bootstrap/state.mjs";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { ProcessFailure } from "../../src/process/failure.ts";
import { run } from "../../src/process/run.ts";
import { docker, requireDocker, TEST_PREFIX } from "../docker.ts";
import { freePort } from "../ports.ts";
import { eventually } from "../standing.ts";
import { findSshd } from "../tools/sshd-paths.ts";
import { type Client, makeClientSide, makeServerSide } from "./keys.ts";

/** Lifetime in milliseconds, whatever happens to the test. */
const LIFE_MS = 900_000;
const START_TIMEOUT_MS = 60_000;
const LOAD_TIMEOUT_MS = 180_000;

/** Signals that end the host. dockerd first stops its containers. */
const END_STEPS = [
  { signal: "SIGTERM", waitMs: 45_000 },
  { signal: "SIGKILL", waitMs: 5_000 },
] as const;

/** A host with its own engine, reached by ssh. */
export interface RemoteHost {
  readonly folder: string;
  /** Address of its engine, for processes with its `ssh` on the PATH. */
  readonly url: string;
  readonly port: number;
  /** Folder with a working `ssh`. */
  readonly ssh: string;
  /** Socket of the engine, for direct access without ssh. */
  readonly socket: string;
  /** Runs docker on its engine, without ssh. */
  docker(...args: string[]): Promise<string>;
  /** Creates a folder with an `ssh` that lacks something. */
  client(name: string, lacks: Client): Promise<string>;
  /** Copies images from this machine's engine. */
  load(images: readonly string[]): Promise<void>;
  /** Ends the host and removes all its files. */
  dispose(): Promise<void>;
}

/** Starts the host and waits until its engine answers by ssh. */
export async function startRemoteHost(): Promise<RemoteHost> {
  await requireDocker();
  const sshd = findSshd(toolsFolder());
  if (sshd === undefined) {
    throw new Error("these tests need sshd; `npm run test:all` installs it");
  }
  const folder = await mkdtemp(join(tmpdir(), `${TEST_PREFIX}remote-`));
  const port = await freePort();
  await makeServerSide(folder, port);
  const ssh = await makeClientSide(folder, port, "ssh");
  const socket = join(folder, "docker.sock");
  const ender = new AbortController();
  const script = join(import.meta.dirname, "host.sh");
  const args = ["--mount", "--propagation", "private", "sh", script, folder, sshd.program];
  const env = { ...inheritedEnvironment(), PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const life = run("unshare", [...args, sshd.tree ?? ""], {
    env,
    timeoutMs: LIFE_MS,
    signal: ender.signal,
    endSteps: END_STEPS,
    captureBytes: 64 * 1024,
  }).then(
    ({ exitCode, stderr }) => `ended with ${exitCode}: ${stderr}`,
    (error: unknown) => (error instanceof ProcessFailure ? error.output : String(error)),
  );
  let ended: string | undefined;
  void life.then((text) => {
    ended = text;
  });

  const host: RemoteHost = {
    folder,
    url: `ssh://root@127.0.0.1:${port}`,
    port,
    ssh,
    socket,
    docker: (...command) => docker("--host", `unix://${socket}`, ...command),
    client: (name, lacks) => makeClientSide(folder, port, name, lacks),
    load: async (images) => {
      const file = join(folder, "images.tar");
      await mustRun("docker", ["save", "--output", file, ...images], LOAD_TIMEOUT_MS);
      const load = ["--host", `unix://${socket}`, "load", "--quiet", "--input", file];
      await mustRun("docker", load, LOAD_TIMEOUT_MS);
      await rm(file);
    },
    dispose: async () => {
      if (ended === undefined) {
        await removeContainers(host);
      }
      ender.abort();
      await life;
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    const path = `${ssh}:${process.env.PATH}`;
    const ask = ["--host", host.url, "version", "--format", "{{.Server.Version}}"];
    await eventually(
      async () => {
        if (ended !== undefined) {
          return `ended: ${ended}`;
        }
        return (await run("docker", ask, { env: { ...env, PATH: path }, timeoutMs: 30_000 }))
          .stderr;
      },
      (said) => said === "" || said.startsWith("ended"),
      START_TIMEOUT_MS,
    );
    if (ended !== undefined) {
      throw new Error(`the remote host did not start: ${ended}`);
    }
    return host;
  } catch (error) {
    await host.dispose();
    throw error;
  }
}

async function removeContainers(host: RemoteHost): Promise<void> {
  const ids = await host.docker("container", "ls", "--all", "--quiet").catch(() => "");
  const found = ids.split("\n").filter((id) => id !== "");
  if (found.length > 0) {
    await host.docker("container", "rm", "--force", "--volumes", ...found);
  }
}

async function mustRun(program: string, args: readonly string[], timeoutMs: number): Promise<void> {
  const result = await run(program, args, { env: inheritedEnvironment(), timeoutMs });
  if (result.exitCode !== 0) {
    throw new Error(`${program} ${args[0]} ended with ${result.exitCode}: ${result.stderr}`);
  }
}
