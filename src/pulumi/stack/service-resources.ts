import * as pulumi from "@pulumi/pulumi";
import type { Engine } from "../../docker/endpoint-settings.ts";
import type { DeclaredServices } from "./declared-services.ts";
import { LagoService } from "./resources.ts";
import type { ServiceState } from "./service-state.ts";

/** Every field of a service's state: the type lets none be missing. */
const FIELDS: Readonly<Record<keyof ServiceState, true>> = {
  image: true,
  environment: true,
  ports: true,
  mounts: true,
  memoryBytes: true,
  command: true,
  healthCheck: true,
  restartPolicy: true,
  logging: true,
  restartToken: true,
  settings: true,
  containers: true,
  state: true,
  oneShot: true,
  dependsOn: true,
};

/**
 * Registers a resource for each service and returns what changes when one of them has to be started
 * although no setting changed.
 */
export function registerServices(
  name: string,
  projectName: pulumi.Output<string>,
  engine: pulumi.Output<Engine | undefined>,
  declared: DeclaredServices,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { names, states, fingerprintKey, hidden } = declared;
  return names.apply((services) => {
    const resources = services.map((service) => {
      const state = states.apply((known) => known[service]);
      // Only its own: another service's setting is no change of this one.
      const own = pulumi
        .all([state, hidden])
        .apply(([known, all]) => all.filter((one) => Object.hasOwn(known?.environment ?? {}, one)));
      const fields = (Object.keys(FIELDS) as (keyof ServiceState)[]).map((field) => [
        field,
        state.apply((known) => known?.[field]),
      ]);
      const inputs = Object.fromEntries(fields) as {
        [K in keyof ServiceState]: pulumi.Output<ServiceState[K]>;
      };
      return new LagoService(
        `${name}-${service}`,
        { projectName, engine, service, fingerprintKey, hidden: own, ...inputs },
        options,
      );
    });
    return pulumi.all(resources.map(({ generation }) => generation)).apply((all) => all.join(" "));
  });
}
