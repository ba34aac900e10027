import * as pulumi from "@pulumi/pulumi";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import type { DeclaredServices } from "./declared-services.ts";
import { LagoService } from "./resources.ts";
import { SERVICE_STATE_FIELDS, type ServiceState } from "./service-state.ts";

/**
 * Registers one resource per service. Returns a text that changes when drift requires another `up`,
 * although no setting changed.
 */
export function registerServices(
  name: string,
  projectName: pulumi.Output<string>,
  engine: pulumi.Output<DockerEndpoint | undefined>,
  declared: DeclaredServices,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { names, oneShots, states, fingerprintKey, hidden } = declared;
  return pulumi.all([names, oneShots]).apply(([services, ended]) => {
    const resources = services.map((service) => {
      const state = states.apply((known) => known[service]);
      // Only the service's own variables: those of another one are no change of this one.
      const own = pulumi
        .all([state, hidden])
        .apply(([known, all]) => all.filter((one) => Object.hasOwn(known?.environment ?? {}, one)));
      const fields = SERVICE_STATE_FIELDS.map((field) => [
        field,
        state.apply((known) => known?.[field]),
      ]);
      const inputs = Object.fromEntries(fields) as {
        [K in keyof ServiceState]: pulumi.Output<ServiceState[K]>;
      };
      return new LagoService(
        `${name}-${service}`,
        {
          ...{ projectName, engine, service, fingerprintKey, hidden: own, ...inputs },
          // Known before the keys are made, unlike the rest.
          oneShot: ended.includes(service),
        },
        options,
      );
    });
    return pulumi.all(resources.map(({ generation }) => generation)).apply((all) => all.join(" "));
  });
}
