import * as pulumi from "@pulumi/pulumi";
import { liveName, proxyNetworkName } from "../../compose/behind-proxy.ts";
import { API_CONTAINER_PORT, FRONT_CONTAINER_PORT } from "../../compose/own-ports.ts";
import type { LagoStackArgs } from "./args.ts";
import type { DeclaredServices } from "./declared-services.ts";
import type { LagoProxyOutput } from "./output-types.ts";

/** Places at which a reverse proxy finds api and front; undefined without `behindProxy`. */
export function proxyOutput(
  projectName: pulumi.Output<string>,
  { behindProxy }: LagoStackArgs,
  proxied: DeclaredServices["proxied"],
): pulumi.Output<LagoProxyOutput | undefined> {
  return pulumi.all([projectName, behindProxy, proxied]).apply(([project, isBehindProxy, names]) =>
    isBehindProxy === true
      ? {
          network: proxyNetworkName(project),
          api: `${liveName(project, names.api)}:${API_CONTAINER_PORT}`,
          front: `${liveName(project, names.front)}:${FRONT_CONTAINER_PORT}`,
        }
      : undefined,
  );
}
