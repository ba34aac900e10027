/** Progress of compose in what it prints: a line for each step of each resource. */

const STEPS =
  "Creating|Created|Recreate|Recreated|Starting|Started|Waiting|Healthy|Running|Restarting|Restarted|Exited|Stopping|Stopped|Removing|Removed|Skipped|Error";

const LINE = new RegExp(
  `^[^\\w\\n]*(?<resource>Container|Network|Volume|Image) "?(?<name>[^\\s"]+)"? +(?<step>${STEPS})\\b(?<rest>.*)$`,
);

/** Steps that compose begins, and ends with another one unless the step fails. */
const BEGUN = ["Creating", "Recreate", "Starting", "Restarting"];

/** The lines of compose's output that tell more than that a step began or ended. */
export function withoutProgress(output: string): string {
  const lines = output.split("\n");
  const told = lines.filter((line) => {
    const groups = LINE.exec(line)?.groups;
    return groups === undefined || (groups.rest ?? "").trim() !== "";
  });
  return told.some((line) => line.trim() !== "") ? told.join("\n").trim() : output;
}

/**
 * Names of the containers that compose did not finish: those at which a step failed, or else those
 * whose step had begun when compose gave up.
 */
export function unfinishedContainers(output: string): string[] {
  const steps = new Map<string, string>();
  for (const line of output.split("\n")) {
    const { resource, name, step } = LINE.exec(line)?.groups ?? {};
    if (resource === "Container" && name !== undefined && step !== undefined) {
      // While compose replaces a container, the old one has its id in front of its name.
      steps.set(name.replace(/^[0-9a-f]{12}_/, ""), step);
    }
  }
  const at = (wanted: readonly string[]) =>
    [...steps].filter(([, step]) => wanted.includes(step)).map(([name]) => name);
  const failed = at(["Error"]);
  return failed.length > 0 ? failed : at(BEGUN);
}
