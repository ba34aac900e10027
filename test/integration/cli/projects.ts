/** Projects of their own for tests of the command line that run at the same time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createFakeHost, type Script } from "../../../testing/scripted-docker/fake-docker.ts";

/** A fake docker, and an empty folder, for one test file. */
export function useProjects() {
  const host = createFakeHost();
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-cli-"));
  afterAll(() => {
    host.dispose();
    rmSync(folder, { recursive: true });
  });
  let projects = 0;
  /** A project that docker answers for by a script of its own. */
  const project = (script: Script = {}) => {
    projects += 1;
    const name = `zbl-test-${projects}-cli`;
    // `docker container inspect` names no project, but ids that must belong to one.
    const own = JSON.parse(JSON.stringify(script).replaceAll("-id\\", `-${name}\\`)) as Script;
    return { name, docker: host.docker(own, name) };
  };
  return { host, folder, project };
}
