/** Looks for the files and folders of this machine that a deployment mounts. */
import { homedir } from "node:os";
import { type MountSource, mountSources } from "../compose/mount-sources.ts";
import type { ConfigIssue } from "../errors.ts";
import { hostPaths } from "../observe/host-paths.ts";
import { foldersForFiles, missingSources } from "../volumes/mount-faults.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

/**
 * Finds mounts that docker would refuse. Empty where the engine does not have the files of this
 * machine.
 *
 * @param unknown names of variables whose values only the real run knows
 * @throws DeployError when compose cannot read the files, or docker's context is not there
 */
export async function missingMountsOf(
  deployment: LagoDeployment,
  unknown: readonly string[],
): Promise<ConfigIssue[]> {
  const { sources, kinds } = await lookAtMounts(deployment, unknown);
  return kinds === undefined || ![...kinds.values()].includes("missing")
    ? []
    : missingSources(sources, kinds, await deployment.composeVersion());
}

/**
 * Finds mounts of files that would be folders. Empty where the engine does not have the files of
 * this machine.
 *
 * @throws DeployError of the kinds that {@link missingMountsOf} throws
 */
export async function foldersForFilesOf(deployment: LagoDeployment): Promise<MountSource[]> {
  const { sources, kinds } = await lookAtMounts(deployment, []);
  return kinds === undefined ? [] : foldersForFiles(sources, kinds);
}

async function lookAtMounts(deployment: LagoDeployment, unknown: readonly string[]) {
  const { environment, lagoPath: folder, options, project } = deployment;
  const context = { folder, home: homedir(), environment, unknown };
  const sources = mountSources(await deployment.model(), context);
  const paths = sources.map(({ path }) => path);
  const kinds =
    paths.length === 0 ? undefined : await hostPaths(paths, project.engine, options.signal);
  return { sources, kinds };
}
