import { type LagoVariable, VARIABLES } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { Subject } from "../subject.ts";

export const REQUIRED_CHECKS: readonly Check[] = [
  {
    id: "missing-setting",
    finds: "settings without which another one does not work, or Lago does not start",
    run: (subject) =>
      VARIABLES.filter((variable) => subject.value(variable.name) === "")
        .filter((variable) => isNeeded(variable, subject))
        .map(({ name, requiredWhen, summary }) => ({
          field: name,
          severity: "error",
          reason: `is empty, and ${typeof requiredWhen === "object" ? `${requiredWhen.variable} needs it` : "Lago does not start without it"} (${summary})`,
          remedy:
            name === "LAGO_RSA_PRIVATE_KEY"
              ? "set it to the output of `openssl genrsa 2048 | openssl base64 -A`"
              : "set it",
        })),
  },
];

function isNeeded(variable: LagoVariable, subject: Subject): boolean {
  const { name, requiredWhen, partOf, scope, lagoDefault } = variable;
  if (scope === "deploy-files") {
    // Custom files may not need variables that they do not name.
    return lagoDefault === undefined && subject.model.variables.includes(name);
  }
  if (requiredWhen === undefined) {
    return false;
  }
  if (requiredWhen !== "always") {
    const other = subject.value(requiredWhen.variable);
    return requiredWhen.equals === undefined ? other !== "" : other === requiredWhen.equals;
  }
  // If no service reads a part of the URL, the file sets the URL in another way.
  const known = subject.effective(name) !== undefined;
  const fromFile = name === "LAGO_RSA_PRIVATE_KEY" && makesItsOwnKey(subject);
  return (known || partOf === undefined) && !fromFile && isLago(subject);
}

/**
 * Whether the files generate the RSA key in a volume, as those in Lago's deploy folder do. Lago
 * prefers that key to the variable.
 */
function makesItsOwnKey(subject: Subject): boolean {
  return subject.services.some(({ command }) => command.includes("generate.rsa.sh"));
}

function isLago(subject: Subject): boolean {
  return subject.withRole("api").length > 0;
}
