/**
 * Secrets in the environment of a project's containers. A caller that stops, restarts or reads logs
 * by a project's name alone does not know these secrets otherwise.
 */
import { z } from "zod";
import { projectContainers } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { DeployError } from "../errors.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { variablesOf } from "../text/variables.ts";

const schema = z.looseObject({
  Config: z.looseObject({ Env: z.array(z.string()).nullish() }),
});

/**
 * Reads the secrets of a project's containers, running or not.
 *
 * @throws DeployError when the engine cannot be asked, or of kind `ParseError`
 */
export async function containerSecrets(call: EngineCall, project: string): Promise<string[]> {
  return (await projectContainers(call, project)).flatMap(secretsOf);
}

function secretsOf(inspected: unknown): string[] {
  const parsed = schema.safeParse(inspected);
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The environment of a container is not of the expected form, so that its secrets cannot be told. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
    );
  }
  return secretValues(variablesOf(parsed.data.Config.Env ?? []));
}
