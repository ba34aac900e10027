import { containerId, docker } from "../../testing/docker.ts";
import { createTestStack, must } from "../../testing/stack.ts";

/**
 * One round of a deployment's life by Pulumi, in its own stack and checkout: up, a preview without
 * changes, a changed setting, a stopped service, its repair, destroy with its volumes.
 *
 * @param projectName begins with the prefix of test projects
 */
export async function liveThroughPulumi(projectName: string): Promise<void> {
  const stack = await createTestStack({ projectName });
  try {
    await stack.mustUp();
    must(await stack.preview("--expect-no-changes"));
    await stack.set("disableSignup", "true");
    await stack.mustUp();
    await docker("container", "stop", await containerId(projectName, "api-worker"));
    await stack.mustUp();
    must(await stack.destroy());
  } finally {
    await stack.dispose();
  }
}
