import { variablesIn } from "../../compose/model.ts";
import { suggestVariable, VARIABLES, variableByName } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import { isNewer } from "../releases.ts";

/** Names that only Lago uses. */
const LAGO_NAMES = /^(LAGO|SIDEKIQ)_/;
/** Names that other programs use too: only a near miss of a Lago variable is reported. */
const SHARED_NAMES =
  /^(POSTGRES|REDIS|DATABASE|GOOGLE_AUTH|MISTRAL|SENTRY|SECRET|ENCRYPTION|API|FRONT)_?/;

/** Names that Lago's images read, and that Lago's own file fills in. */
const READ_INSIDE = ["API_URL", "APP_ENV", "RAILS_ENV", "RAILS_LOG_TO_STDOUT"];

export const NAME_CHECKS: readonly Check[] = [
  {
    id: "unknown-variable",
    finds: "names that Lago does not know, with the one that was most likely meant",
    run: (context) =>
      Object.keys(context.variables)
        .filter((name) => variableByName(name) === undefined)
        .filter((name) => !context.model.variables.includes(name))
        .filter(
          (name) =>
            LAGO_NAMES.test(name) || (SHARED_NAMES.test(name) && suggestVariable(name) !== ""),
        )
        .map((name) => ({
          field: name,
          severity: LAGO_NAMES.test(name) ? "error" : "warning",
          reason: `is no variable of Lago${suggestVariable(name)}`,
          remedy: "correct the name, or remove it; docs/settings.md lists them all",
        })),
  },
  {
    id: "without-effect",
    finds: "names that Lago's documentation or code has and that do nothing",
    run: (context) => [
      ...VARIABLES.filter(({ name, effect }) => effect === "never" && context.isGiven(name))
        // An env_file has the names of the containers, not those of Lago's compose file.
        .filter(({ name }) => !context.services.some((one) => one.fromEnvFiles?.includes(name)))
        .filter(({ name }) => !isTakenByFiles(context, name))
        .map(({ name, reason = "", instead }) => ({
          field: name,
          severity: "error" as const,
          reason: `has no effect: ${reason}`,
          remedy: instead === undefined ? "remove it" : `set ${instead} instead`,
        })),
      ...VARIABLES.filter(({ name, scope }) => scope === "deploy-files" && context.isGiven(name))
        .filter(({ name }) => !context.model.variables.includes(name))
        .map(({ name }) => ({
          field: name,
          severity: "error" as const,
          reason: "has no effect: only the files in Lago's deploy folder know it, and none is used",
          remedy: "remove it, or deploy one of those files",
        })),
    ],
  },
  {
    id: "useless-name",
    finds: "the names that setting would be of no use",
    only: "lint",
    run: (context) =>
      VARIABLES.filter(({ name, effect }) => effect === "never" && !context.isGiven(name)).map(
        ({ name }) => ({
          field: name,
          severity: "warning",
          reason: "is a name from Lago's documentation or code that would have no effect",
          remedy: "do not set it; docs/settings.md names what to set instead",
          isMinor: true,
        }),
      ),
  },
  {
    id: "not-in-release",
    finds: "variables that the deployed release of Lago does not read yet",
    run: (context) =>
      VARIABLES.filter(({ name, since }) => context.isSet(name) && isNewer(since, context.release))
        .filter(({ effect }) => effect !== "never")
        .map(({ name, since }) => ({
          field: name,
          severity: "error",
          reason: `is not read by Lago v${context.release?.join(".")}: ${since === "unreleased" ? "no release up to v1.51.0 reads it" : `${since} is the first that does`}`,
          remedy: "remove it, or deploy a newer release",
        })),
  },
];

/**
 * Whether the files take the value of such a name for something else, as in
 * `LAGO_RSA_PRIVATE_KEY: ${RSA_PRIVATE_KEY}`, or hand it to an image that reads it.
 */
function isTakenByFiles({ model, services }: CheckContext, name: string): boolean {
  const isHandedOn = services.some(({ raw }) =>
    variablesIn(raw.environment[name] ?? "").includes(name),
  );
  return model.variables.includes(name) && (!isHandedOn || READ_INSIDE.includes(name));
}
