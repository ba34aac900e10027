/** Faults of compose files without the parts of Lago that settings are about. Pure. */
import { interpolate } from "../compose/interpolate.ts";
import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import { sharesNetwork } from "../compose/own-ports.ts";
import { isAllInOne, isBackend, isReleasedImage } from "../compose/roles.ts";
import { serviceWithRole } from "../compose/service-roles.ts";
import type { ConfigIssue } from "../errors.ts";
import { didYouMean } from "../lago/catalogue/suggest.ts";
import type { DeploymentSettings } from "../spec/settings.ts";
import { PUBLISHED_SERVICES } from "../spec/wanted-ports.ts";
import { sentenceList } from "../text/list.ts";

type Environment = Readonly<Record<string, string>>;

/** Finds settings that reach no service, and files that are no deployment of Lago. */
export function roleFaults(
  model: ComposeModel,
  settings: Pick<DeploymentSettings, "roles" | "ports" | "version" | "behindProxy">,
  environment: Environment,
): ConfigIssue[] {
  const images = model.services.map((service) => imageOf(service, environment));
  const allInOne = images.find(isAllInOne);
  if (allInOne !== undefined) {
    return [
      {
        field: "composeFiles",
        message: `the image ${allInOne} has all of Lago in one container, which no setting, key or port reaches. Use Lago's files with a service for each part, or leave lagoPath out for the bundled file`,
      },
    ];
  }
  return [
    ...unknownServices(model, settings.roles),
    ...missingApi(model),
    ...unreachablePorts(model, settings),
    ...versionFaults(model, settings.version, environment),
  ];
}

function unknownServices(
  { services, allServices = [] }: ComposeModel,
  roles: DeploymentSettings["roles"] = {},
): ConfigIssue[] {
  const known = [...new Set([...services.map(({ name }) => name), ...allServices])];
  return Object.keys(roles)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: `roles.${name}`,
      message: `no such service${didYouMean(name, known) || "."} The services are ${sentenceList(known)}`,
    }));
}

function missingApi(model: ComposeModel): ConfigIssue[] {
  const names = model.services.map(({ name }) => name);
  return serviceWithRole(model, "api") !== undefined
    ? []
    : [
        {
          field: "roles",
          message: `none of the services is known as Lago's api, so no setting would reach it. The services are ${sentenceList(names)}. If one of them is the api, give it that role, as in roles: { ${names[0] ?? "backend"}: api }`,
        },
      ];
}

function unreachablePorts(
  model: ComposeModel,
  { ports = {}, behindProxy }: Pick<DeploymentSettings, "ports" | "behindProxy">,
): ConfigIssue[] {
  // Behind a proxy no service has a port on the host, which another rule says.
  return behindProxy === true
    ? []
    : PUBLISHED_SERVICES.filter((role) => ports[role] !== undefined).flatMap((role) => {
        const service = serviceWithRole(model, role);
        const field = `ports.${role}`;
        if (service === undefined) {
          // Without an api nothing else counts.
          const names = sentenceList(model.services.map(({ name }) => name));
          const message = `none of the services is known as Lago's ${role}. The services are ${names}. If one of them is the ${role}, give it that role, as in roles: { web: ${role} }`;
          return role === "api" ? [] : [{ field, message }];
        }
        return sharesNetwork(service)
          ? [
              {
                field,
                message: `service ${service.name} has network_mode ${String(service.definition.network_mode)}, so it has no port of its own to publish; leave ${field} out`,
              },
            ]
          : [];
      });
}

/** Another release goes for all of Lago's images, or for none. */
function versionFaults(
  { services }: ComposeModel,
  version: string | undefined,
  environment: Environment,
): ConfigIssue[] {
  const lagos = services.filter(({ role }) => isBackend(role) || role === "front");
  const others = lagos.filter((service) => !isReleasedImage(imageOf(service, environment)));
  return version === undefined || others.length === 0
    ? []
    : [
        {
          field: "version",
          message: `would leave ${sentenceList(others.map((one) => `${one.name} (${imageOf(one, environment) || "built from a folder"})`))} at another release, since only images of Lago's own name have its releases as tags. Leave version out and name the release in the compose files`,
        },
      ];
}

function imageOf({ image = "" }: ServiceModel, environment: Environment): string {
  return interpolate(image, environment);
}
