import { type LagoVariable, VARIABLES } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";

export const REQUIRED_CHECKS: readonly Check[] = [
  {
    id: "missing-setting",
    finds: "settings without which another one does not work, or Lago does not start",
    run: (context) =>
      VARIABLES.filter((variable) => context.value(variable.name) === "")
        .filter((variable) => isNeeded(variable, context))
        .filter(({ name }) => !isAskedForByCompose(context, context.sourceOf(name)))
        .map(({ name, requiredWhen, summary }) => ({
          field: name,
          severity: "error",
          reason: `is empty, and ${typeof requiredWhen === "object" ? `${requiredWhen.variable} needs it` : "Lago does not start without it"} (${summary})`,
          remedy: remedyOf(name, context.sourceOf(name)),
        })),
  },
];

/**
 * Whether compose refuses the files for want of the variable, which `lint` reports in compose's own
 * words.
 */
function isAskedForByCompose({ source, model, variables }: CheckContext, name: string): boolean {
  const isUnset = !Object.hasOwn(variables, name);
  return source === "lint" && isUnset && model.requiredVariables.some((one) => one.name === name);
}

function remedyOf(name: string, source: string): string {
  const it = name === source ? "it" : `${source}, from which the file takes the value`;
  return name === "LAGO_RSA_PRIVATE_KEY"
    ? `set ${it === "it" ? "it" : `${it},`} to the output of \`openssl genrsa 2048 | openssl base64 -A\``
    : `set ${it}`;
}

function isNeeded(variable: LagoVariable, context: CheckContext): boolean {
  const { name, requiredWhen, partOf, scope, lagoDefault } = variable;
  if (scope === "deploy-files") {
    // Custom files may not need variables that they do not name.
    return lagoDefault === undefined && context.model.variables.includes(name);
  }
  if (requiredWhen === undefined || isReadFromFile(variable, context)) {
    return false;
  }
  if (requiredWhen !== "always") {
    const other = context.value(requiredWhen.variable);
    return requiredWhen.equals === undefined ? other !== "" : other === requiredWhen.equals;
  }
  // If no service reads a part of the URL, the file sets the URL in another way.
  const known = context.effective(name) !== undefined;
  const fromFile = name === "LAGO_RSA_PRIVATE_KEY" && makesItsOwnKey(context);
  return (known || partOf === undefined) && !fromFile && isLago(context);
}

/** Whether a reader gets the name of a file that holds the value, as `SECRET_KEY_BASE_FILE`. */
function isReadFromFile({ name, roles }: LagoVariable, context: CheckContext): boolean {
  return context.withRole(...roles).some(({ environment }) => environment[`${name}_FILE`]);
}

/**
 * Whether the files generate the RSA key in a volume, as those in Lago's deploy folder do, or mount
 * one. Lago prefers that key to the variable.
 */
function makesItsOwnKey(context: CheckContext): boolean {
  return context.services.some(
    ({ command, volumes }) =>
      command.includes("generate.rsa.sh") ||
      volumes.some((volume) => /:\/app\/config\/keys(?:\/|:|$)/.test(volume)),
  );
}

function isLago(context: CheckContext): boolean {
  return context.withRole("api").length > 0;
}
