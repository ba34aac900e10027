import { DeployError } from "../errors.ts";

/**
 * Makes the error for a service that a project does not have, with the service that was meant.
 *
 * @param names names of the project's services
 */
export async function serviceNotFound(
  project: string,
  service: string,
  names: readonly string[],
): Promise<DeployError> {
  // Imported late: the package that measures how far names are apart is needed after a failure only.
  const { suggest } = await import("../lago/catalogue/suggest.ts");
  const meant = suggest(service, names) ?? namedInPart(service, names);
  const has = `Project ${project} has no service ${service}; it has ${names.join(", ") || "none"}.`;
  return new DeployError(
    "ServiceNotFound",
    meant === undefined ? has : `${has} Did you mean ${meant}?`,
    { service },
  );
}

/** Finds the shortest name with these words in it: `api-worker` for `worker`. */
function namedInPart(typed: string, names: readonly string[]): string | undefined {
  const isMeant = (name: string) => typed !== "" && `-${name}-`.includes(`-${typed.toLowerCase()}`);
  return names.filter(isMeant).sort((a, b) => a.length - b.length)[0];
}
