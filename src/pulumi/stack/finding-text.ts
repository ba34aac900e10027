/** Findings as sentences for the person who keeps the config of a stack. */
import { EXCEPTION_ID, type Finding } from "../../checks/index.ts";
import { sentence } from "../../deployment/safety.ts";
import { variableByName } from "../../lago/catalogue/index.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../../lago/config/fields.ts";
import { zbl } from "../../text/zbl.ts";

/** Variable, or place in the files, that a finding is about. */
export function subjectOf({ unsafeName }: Finding): string {
  return unsafeName.slice(unsafeName.indexOf(":") + 1);
}

/** Formats a finding on one line, with the setting's name in the config of the stack. */
export function configSentence(finding: Finding, stack: string): string {
  const subject = subjectOf(finding);
  const field = settingOf(subject);
  const remedy = finding.remedy
    .replace(/^set it$/, () => `set it: \`${zbl("set", stack, field ?? subject)}\``)
    .replace(/\bset ([A-Z][A-Z0-9_]+)=(\w+)(?=,|$)/, (written, name: string, value: string) => {
      const setting = settingOf(name);
      return setting === undefined ? written : `run \`${zbl("set", stack, setting, value)}\``;
    });
  return sentence({ ...finding, field: field ?? finding.field, remedy });
}

/** Formats a finding like {@link configSentence}, with the command that accepts it. */
export function acceptableConfigSentence(finding: Finding, stack: string): string {
  const { id, unsafeName } = finding;
  const text = configSentence(finding, stack);
  return id === EXCEPTION_ID
    ? `${text}. To remove it: \`${zbl("unset", stack, "allowUnsafe", subjectOf(finding))}\``
    : `${text}. To accept it: \`${zbl("set", stack, "allowUnsafe", unsafeName)}\``;
}

/** Name of the setting of a variable in the config of a stack. */
function settingOf(variable: string): string | undefined {
  const { setting, scope } = variableByName(variable) ?? {};
  const field = CONFIG_FIELD_NAMES.find((name) => CONFIG_FIELDS[name].variable === variable);
  return (
    field ?? (setting === undefined || scope !== undefined ? undefined : `settings.${setting}`)
  );
}
