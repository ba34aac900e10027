/** Variables of a deployment of plain compose: from its containers, its `.env` and the process. Pure. */
import type { ComposeModel, ServiceModel } from "../../compose/model.ts";
import { type FilledIn, recoveredVariables } from "../../compose/recovered-variables.ts";
import { environmentOf, portOf } from "../../compose/service-details.ts";
import type { EngineContainer } from "../../docker/engine-container.ts";
import { SERVICE_LABEL } from "../../docker/labels.ts";
import { listOf } from "../../text/coerce.ts";
import { variablesOf } from "../../text/variables.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Sources of variables beside the containers. */
export interface VariableSources {
  /** Variables that the compose files, or the `env_file` of a service, refer to. */
  readonly names: readonly string[];
  /** Variables of the project's `.env` file. */
  readonly inFile: Variables;
  /** Variables of this process, which compose takes before those of the file. */
  readonly environment: Variables;
}

/** Variables with their values. Holds secrets. */
export interface AdoptedVariables {
  readonly values: Readonly<Record<string, string>>;
  /** Names of variables of which the file has another value now than the containers were made with. */
  readonly changedSince: readonly string[];
}

/**
 * Finds the values that make the containers as they are. What the containers tell counts more than the
 * file, which may have changed since.
 */
export function adoptedVariables(
  model: ComposeModel,
  containers: readonly EngineContainer[],
  { names, inFile, environment }: VariableSources,
): AdoptedVariables {
  const seen = recoveredVariables(filledIn(model, containers), inFile);
  const values: Record<string, string> = {};
  const changedSince: string[] = [];
  for (const name of names) {
    const given = own(inFile, name);
    if (seen.has(name)) {
      const value = seen.get(name);
      if (value !== undefined) {
        values[name] = value;
      }
      if (given !== undefined && given !== "" && given !== value) {
        changedSince.push(name);
      }
    } else {
      const value = given ?? own(environment, name);
      if (value !== undefined && value !== "") {
        values[name] = value;
      }
    }
  }
  return { values, changedSince };
}

function filledIn(model: ComposeModel, containers: readonly EngineContainer[]): FilledIn[] {
  // The api has most of the variables, and its values are those that the data was made with.
  const services = model.services.toSorted(
    (a, b) => Number(b.role === "api") - Number(a.role === "api"),
  );
  return services.flatMap((service) => {
    const container = containers.find(
      ({ Config }) => Config.Labels?.[SERVICE_LABEL] === service.name,
    );
    return container === undefined ? [] : pairsOf(service, container);
  });
}

function pairsOf(
  { definition, image = "" }: ServiceModel,
  { Config, HostConfig }: EngineContainer,
): FilledIn[] {
  const made = variablesOf(Config.Env ?? []);
  const variables = Object.entries(environmentOf(definition.environment)).flatMap(
    ([name, template]) => {
      const text = own(made, name);
      return text === undefined ? [] : [{ template, text }];
    },
  );
  const ports = listOf(definition.ports)
    .map(portOf)
    .flatMap(({ target, published, address }) => {
      const bound = HostConfig.PortBindings?.[`${target}/tcp`] ?? [];
      const [binding] = bound;
      return binding === undefined || bound.length > 1
        ? []
        : [
            { template: published, text: binding.HostPort },
            { template: address, text: binding.HostIp },
          ];
    });
  return [...variables, { template: image, text: Config.Image }, ...ports];
}

function own(variables: Variables, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
