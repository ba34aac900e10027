/**
 * The keys that a deployment's containers were made with, from their environment: what is left of
 * them when the state that held them is lost. Holds secrets; nothing here writes or logs one.
 */
import { z } from "zod";
import { roleOf } from "../compose/roles.ts";
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { hostContainers } from "../docker/host-ports.ts";
import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { variablesOf } from "../text/variables.ts";

const TIMEOUT_MS = 30_000;
const MAX_LOOKS = 3;

/** One line a container. */
const FORMAT =
  '{"labels":{{json .Config.Labels}},"image":{{json .Config.Image}},"env":{{json .Config.Env}}}';

const schema = z.looseObject({
  labels: z.record(z.string(), z.string()).nullish(),
  image: z.string().default(""),
  env: z.array(z.string()).nullish(),
});

/** The environment of one of a service's containers. Holds secrets. */
export type ServiceEnvironment = readonly [
  service: string,
  environment: Readonly<Record<string, string>>,
];

/**
 * The environments of a project's containers that are Lago's, running or not, by service.
 *
 * @throws DeployError of kind `InvalidConfig` when there are none
 */
export async function readEnvironments(
  project: string,
  engine: Engine,
  signal?: AbortSignal,
): Promise<ServiceEnvironment[]> {
  const environments = await lookUntilNoneGoes(MAX_LOOKS, async () => {
    const containers = await hostContainers(engine, signal);
    const ids = containers.filter((one) => one.project === project).map(({ id }) => id);
    return ids.length === 0 ? [] : parseEnvironments(await inspect(project, ids, engine, signal));
  });
  if (environments.length === 0) {
    throw new DeployError(
      "InvalidConfig",
      `Project ${project} has no containers of Lago on this engine that its keys could be read from. Check the name and which engine docker speaks to; otherwise only \`z-billing-lago keys import\` gives back keys that were saved.`,
    );
  }
  return environments;
}

function parseEnvironments(text: string): ServiceEnvironment[] {
  return text.split("\n").flatMap((line): ServiceEnvironment[] => {
    const { labels, image, env } = schema.safeParse(tryJson(line)).data ?? {};
    const service = labels?.["com.docker.compose.service"];
    if (
      service === undefined ||
      roleOf({ name: service, image: image ?? "", command: "" }) === undefined
    ) {
      return [];
    }
    return [[service, variablesOf(env ?? [])]];
  });
}

async function inspect(
  project: string,
  ids: readonly string[],
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { stdout } = await callDocker({
    engine,
    purpose: `Reading the environment of the containers of project ${project}`,
    args: ["container", "inspect", "--format", FORMAT, ...ids],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: onlyErrors,
  });
  return stdout;
}

/** What docker says of a failure without what it printed before, which holds the keys. */
function onlyErrors(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^(error|cannot|permission|docker:)/i.test(line))
    .join("\n");
}
