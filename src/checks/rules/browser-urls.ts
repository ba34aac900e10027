import { nameInside } from "../../compose/roles.ts";
import { type LagoVariable, VARIABLES } from "../../lago/catalogue/index.ts";
import { fieldsOf, listOf, textOf } from "../../text/coerce.ts";
import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";
import { readers } from "../reach.ts";
import type { Fault } from "../types.ts";

/** Settings that browsers follow, with the addresses to set. */
const BROWSER_URLS: ReadonlyMap<string, string> = new Map([
  ["LAGO_API_URL", "https://billing-api.example.com"],
  ["LAGO_FRONT_URL", "https://billing.example.com"],
  ["LAGO_OAUTH_PROXY_URL", "https://proxy.getlago.com"],
  ["LAGO_SUPERSET_URL", "https://superset.example.com"],
]);

export const BROWSER_URL_CHECKS: readonly Check[] = [
  {
    id: "url-names-service",
    finds: "addresses for browsers with the name of a service, which only containers can look up",
    run: (context) => {
      const names = namesOfContainers(context);
      return VARIABLES.flatMap((variable): Fault[] => {
        const { name } = variable;
        const example = BROWSER_URLS.get(name);
        const places =
          example === undefined
            ? []
            : placesOf(variable, context).filter(({ host }) => names.has(host));
        const [first] = places;
        if (first === undefined || example === undefined) {
          return [];
        }
        const source = context.sourceOf(name);
        const isSet = names.has(hostOf(context.variables[source]));
        const where = isSet ? "" : ` at ${places.map(({ place }) => place).join(", ")}`;
        return [
          {
            field: isSet ? source : name,
            severity: "warning",
            reason: `names the service ${first.host}${where}, which only containers can look up: browsers do not find it`,
            remedy: `${isSet ? `set ${source} to` : "write there"} the address that browsers use, ${examples(name, example, context)}`,
          },
        ];
      });
    },
  },
];

/** Hosts of a variable's URL in the services that read the variable, with the places in the files. */
function placesOf(variable: LagoVariable, context: CheckContext) {
  return readers(variable, context.services).map((service) => {
    const inside = nameInside(variable, service.role);
    const isReplaced = context.source === "stack" && context.isGiven(variable.name);
    const url = isReplaced ? context.value(variable.name) : (service.environment[inside] ?? "");
    return {
      place: `services.${service.name}.environment.${inside}`,
      host: hostOf(url),
    };
  });
}

function hostOf(url = ""): string {
  return URL.parse(url)?.hostname ?? "";
}

/**
 * Names by which only containers find each other. A name with a dot may be one that the person's own
 * name server knows, too.
 */
function namesOfContainers({ model, services }: CheckContext): ReadonlySet<string> {
  const { allServices = [] } = model;
  const others = model.services.flatMap(
    ({ definition: { container_name, hostname, networks } }) => [
      textOf(container_name),
      textOf(hostname),
      ...Object.values(fieldsOf(networks)).flatMap((one) =>
        listOf(fieldsOf(one).aliases).map(textOf),
      ),
    ],
  );
  const all = [...services.map(({ name }) => name), ...allServices, ...others];
  return new Set(
    all
      .map((name) => name.toLowerCase())
      .filter((name) => /^[a-z0-9_-]+$/.test(name) && name !== "localhost"),
  );
}

/** Addresses as examples: on this machine there is one where a port is published. */
function examples(name: string, example: string, context: CheckContext): string {
  const role = name === "LAGO_API_URL" ? "api" : name === "LAGO_FRONT_URL" ? "front" : undefined;
  const port = role === undefined ? undefined : portOf(context.withRole(role));
  return port === undefined
    ? `such as ${example}`
    : `such as ${example}, or http://localhost:${port} where browser and Lago are on one machine`;
}

function portOf(services: readonly Service[]): string | undefined {
  return services
    .flatMap(({ ports }) => ports)
    .map(({ published }) => published)
    .find((published) => /^\d+$/.test(published));
}
