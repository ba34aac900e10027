import * as pulumi from "@pulumi/pulumi";
import { urlsOfDomain } from "../../lago/config/domain.ts";
import { DEFAULT_API_URL, DEFAULT_FRONT_URL } from "../../lago/config/fields.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { localUrl } from "../../ports/local-urls.ts";
import { AUTO, type PublishedService } from "../../spec/wanted-ports.ts";
import type { LagoStackArgs } from "./args.ts";
import type { GivenSettings, PublicUrls } from "./environment.ts";

/**
 * URLs of api and front: as the config says, else at the domain that compose files with a reverse
 * proxy serve, else as the files say, else on this host at the published ports.
 *
 * @param ofFiles URLs that the files give
 * @param allocated ports with a number in place of each `auto`
 */
export function publicUrls(
  args: LagoStackArgs,
  { extra }: GivenSettings,
  ofFiles: pulumi.Output<Readonly<Record<string, string>>>,
  allocated: pulumi.Output<PublishedPorts>,
): PublicUrls {
  const local = (service: PublishedService, otherwise: string) =>
    pulumi.output(args.ports?.[service]).apply((given) => {
      const port =
        given === AUTO ? allocated.apply((ports) => ports[service]) : pulumi.output(given);
      return port.apply((known) => (known === undefined ? otherwise : localUrl(known)));
    });
  const urlOf = (
    name: keyof ReturnType<typeof urlsOfDomain>,
    own: pulumi.Input<string> | undefined,
    otherwise: pulumi.Input<string>,
  ) => {
    const all = pulumi.all([extra ?? {}, own, otherwise, ofFiles]);
    const url = all.apply(([{ [name]: set, LAGO_DOMAIN: domain }, given, local, inFiles]) => {
      return set ?? given ?? (domain ? urlsOfDomain(domain)[name] : (inFiles[name] ?? local));
    });
    return pulumi.unsecret(url);
  };
  const { apiUrl, frontUrl } = args.config ?? {};
  return {
    apiUrl: urlOf("LAGO_API_URL", apiUrl, local("api", DEFAULT_API_URL)),
    frontUrl: urlOf("LAGO_FRONT_URL", frontUrl, local("front", DEFAULT_FRONT_URL)),
  };
}
