import { mustSucceed } from "../../setup/command.ts";
import type { SetupContext } from "../../setup/context.ts";

/** Lists the data volumes of a compose project, running or not. */
export async function volumesOf(context: SetupContext, projectName: string): Promise<string[]> {
  const filter = `label=com.docker.compose.project=${projectName}`;
  const listed = await mustSucceed(
    context,
    {
      program: "docker",
      args: ["volume", "ls", "--quiet", "--filter", filter],
      timeoutMs: 30_000,
    },
    "Listing the volumes",
    "Check that the Docker engine answers (`docker info`).",
  );
  return listed.stdout.split("\n").filter((name) => name !== "");
}
