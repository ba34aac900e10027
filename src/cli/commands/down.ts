/** `down` and `restart`, which need only a project's name. */

import { requireContainers } from "../../deployment/known-project.ts";
import { remainsOf } from "../../deployment/remains.ts";
import { invalidConfig } from "../../errors.ts";
import { volumeRemovalIssues, volumesToRemove } from "../../lago/config/volume-removal.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { callsOf, type JsonOption, printDone } from "../output/results.ts";
import type { TargetOptions } from "../target.ts";
import { targetSpec } from "../target-deployment.ts";
import { targetProject } from "../target-project.ts";

interface DownOptions {
  /** Project whose volumes are removed too. */
  readonly removeVolumes?: string;
  /** Removed option `--volumes`, which removed the volumes of any project. */
  readonly volumes?: boolean;
}

/**
 * Removes containers and networks of a project, and its volumes when `--remove-volumes` names the
 * project.
 *
 * @throws DeployError of kind `InvalidConfig` where another project's volumes are named
 */
export async function downCommand(
  context: CommandContext,
  options: TargetOptions & JsonOption & DownOptions,
): Promise<void> {
  const spec = targetSpec(options, context.environment);
  const project = await targetProject(options, context.environment, callsOf(context));
  if (options.volumes === true) {
    const command = zbl("down", "--project", project.name, "--remove-volumes", project.name);
    const message = `was removed, since it named no project: \`${command}\` removes the volumes, and ALL DATA`;
    throw invalidConfig([{ field: "--volumes", message }]);
  }
  const issues = volumeRemovalIssues("--remove-volumes", project.name, options.removeVolumes);
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  const removeVolumesOf = options.removeVolumes ?? volumesToRemove(spec.removeVolumesOnDestroy);
  const running = await project.exclusively("down", async () => {
    const remains = await remainsOf(project);
    const volumes = removeVolumesOf === undefined ? 0 : remains.volumes;
    // A stack's destroy calls this twice, and compose takes its time to find nothing.
    if (remains.containers + remains.networks + volumes > 0) {
      await project.stop({ removeVolumesOf });
    }
    return remains.running;
  });
  const isKept = removeVolumesOf === undefined;
  const data = isKept
    ? "its volumes are kept and can only be read with its keys"
    : "its data is removed";
  if (running && isKept && options.json === true) {
    // Pulumi shows the note and not the result. Destroying the whole stack makes Pulumi forget the
    // keys.
    context.output.note(
      `project ${project.name}: its volumes are kept. Keep its keys too: without them the data cannot be read`,
    );
  }
  printDone(context, project.name, `is down, ${data}`, options);
}

/** Restarts the named services of a project, or all. */
export async function restartCommand(
  context: CommandContext,
  words: readonly string[],
  named: NamedTarget & JsonOption,
): Promise<void> {
  const { options, words: services } = await locatedTarget(context, named, words, "services");
  const project = await targetProject(options, context.environment, callsOf(context));
  // A run that holds the lock may make or remove the containers.
  await project.exclusively("restart", async () => {
    await requireContainers(project);
    await project.restart(services);
  });
  printDone(context, project.name, "is restarted", options);
}
