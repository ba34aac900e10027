/** Drift of a service, as the outputs of its resource hold it. */
import { z } from "zod";
import type { ObservedContainer } from "../../observe/containers.ts";
import type { ObservedProject } from "../../observe/observed-project.ts";
import { driftOfService } from "../../plan/drift.ts";
import { DRIFT_KINDS, type Drift } from "../../plan/types.ts";
import { declarationOfState, type ServiceState, serviceStateIn } from "./service-state.ts";
import { sameJson } from "./wire.ts";

const driftSchema = z.array(
  z.object({
    kind: z.enum(DRIFT_KINDS),
    subject: z.string(),
    message: z.string(),
    exitCode: z.number().optional(),
  }) satisfies z.ZodType<Drift>,
);

/**
 * Reads the drift of a service from the outputs of its resource after a refresh. States of earlier
 * releases hold no list of drift; they are judged by the difference of their two states.
 *
 * @param outputs outputs of the resource, of any release
 */
export function driftInOutputs(
  service: string,
  outputs: Readonly<Record<string, unknown>>,
): Drift[] {
  const { declared, drift } = outputs;
  if (typeof declared !== "object" || declared === null) {
    return [];
  }
  const [found, known] = [serviceStateIn(outputs), serviceStateIn(declared)];
  if (sameJson(found, known)) {
    return [];
  }
  return driftSchema.safeParse(drift).data ?? driftBetween(service, found, known);
}

/** Judges a found state against the declared one. */
function driftBetween(name: string, found: ServiceState, declared: ServiceState): Drift[] {
  const { settings, containers, state, oneShot, dependsOn, ...spec } = found;
  const good = { state: "running", health: "", exitCode: 0 };
  const container = (fields: typeof good): ObservedContainer => ({
    ...{ id: "", name, service: name, configHash: settings, imageId: spec.image, spec },
    ...fields,
  });
  const observed: ObservedProject = {
    // Such a state has details of one container only. Of the others it tells that they exist.
    containers: Array.from({ length: containers }, (_, index) =>
      container(index === 0 ? containerState(state) : good),
    ),
    volumes: [],
    // Such a state has another name for an image that was moved.
    imageId: (image) => image,
    imageVariables: () => new Set(),
  };
  return driftOfService({ observed }, declarationOfState(name, declared));
}

/** Restores the state of a container from the text that a found state has of it. */
function containerState(text: string): Pick<ObservedContainer, "state" | "health" | "exitCode"> {
  const [, exitCode] = /^exited \((\d+)\)$/.exec(text) ?? [];
  if (exitCode !== undefined) {
    return { state: "exited", health: "", exitCode: Number(exitCode) };
  }
  const isGood = text === "running" || text === "completed";
  return text === "unhealthy"
    ? { state: "running", health: text, exitCode: 0 }
    : { state: isGood ? "running" : text, health: "", exitCode: 0 };
}
