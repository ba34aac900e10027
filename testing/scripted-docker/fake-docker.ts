/** A fake docker on the `PATH` of a test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { Script } from "./answers.ts";
import { createFakeHost, FAR_AWAY, type FakeDocker, type FakeHost } from "./fake-host.ts";
import { createScriptedEngine } from "./scripted-engine.ts";

export type { Answer, Script } from "./answers.ts";
export { createFakeHost, FAR_AWAY, type FakeDocker, type FakeHost } from "./fake-host.ts";

/** Puts a fake docker on this process's `PATH` until the running test is done. */
export function useFakeDocker(script: Script = {}): FakeDocker & { readonly path: string } {
  const host = createFakeHost();
  useHost(host);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    host.dispose();
  });
  return { ...host.docker(script), path: host.path };
}

/** Puts a host's docker on this process's `PATH` until its environment is restored. */
export function useHost(host: FakeHost): void {
  vi.stubEnv("PATH", host.path);
  vi.stubEnv("DOCKER_HOST", FAR_AWAY);
}

/** Has a fake docker's engine listen on a socket of this machine, until the running test is done. */
export async function useSocket({ path }: { readonly path: string }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-engine-"));
  const socket = join(folder, "docker.sock");
  const server = createScriptedEngine(join(path, "docker"), () => {});
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  vi.stubEnv("DOCKER_HOST", `unix://${socket}`);
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Makes this process find no docker at all, until the running test is done. */
export function useNoDocker(): void {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-no-docker-"));
  vi.stubEnv("PATH", folder);
  // The engine of this machine, if there is one, would answer without a docker program.
  vi.stubEnv("DOCKER_HOST", FAR_AWAY);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
}
