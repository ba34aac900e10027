/** The ports of a deployment from one preview to the next. */
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { findConflicts } from "../../deployment/preflight.ts";
import { DeployError } from "../../errors.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { allSettledOrThrow } from "../../process/async.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { AUTO, PUBLISHED_SERVICES } from "../../spec/wanted-ports.ts";
import { reasonsOf } from "./project-faults.ts";
import { faultReasons } from "./refusal-text.ts";

type Wanted = DeploymentSpec["ports"];

/** Ports that were wanted before, and the ports allocated for them. */
export interface PortsBefore {
  readonly wanted: Wanted;
  readonly ports: PublishedPorts | undefined;
}

/**
 * Replaces each `auto` by the port that was allocated before. Ports stay the same for the life of
 * the stack, whoever else takes one, because URLs contain them.
 */
export function keepAllocated(wanted: Wanted, before: PortsBefore): Wanted {
  const kept = PUBLISHED_SERVICES.flatMap((service) => {
    const port = before.ports?.[service];
    const stillAuto = wanted?.[service] === AUTO && before.wanted?.[service] === AUTO;
    return stillAuto && port !== undefined ? [[service, port]] : [];
  });
  return kept.length > 0 ? { ...wanted, ...Object.fromEntries(kept) } : wanted;
}

/** Ports of a deployment, and conflicts with others on its host. */
export interface AllocatedPorts {
  /** Undefined if `auto` is still undecided and the engine does not answer. */
  readonly ports: PublishedPorts | undefined;
  readonly reasons: string[];
}

/**
 * Allocates the ports of a deployment, and finds others that hold them or its names. If the engine
 * does not answer, the real run reports that.
 *
 * @param snapshot the engine as it is now; undefined if it does not answer
 * @param variables names of the deployment's variables, whose values a preview does not know
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export async function judgePorts(
  deployment: LagoDeployment,
  snapshot: Snapshot | undefined,
  variables: readonly string[],
  stack: string | undefined,
): Promise<AllocatedPorts> {
  let ports: PublishedPorts | undefined;
  try {
    const allocated = deployment.ports().then((known) => {
      ports = known;
    });
    const [faults] = await allSettledOrThrow([
      snapshot === undefined
        ? []
        : findConflicts(deployment, snapshot, { unknown: variables, stack }),
      allocated,
    ]);
    return { ports, reasons: faultReasons(faults) };
  } catch (error) {
    const reasons = reasonsOf(error);
    const free = DeployError.isDeployError(error) && error.kind !== "PortTaken";
    return { ports, reasons: free ? [] : reasons };
  }
}
