/** Renders `docs/settings.md` from the catalogue. */

import { GROUPS } from "../../src/lago/catalogue/groups.ts";
import { VARIABLES } from "../../src/lago/catalogue/index.ts";
import type { Change, LagoVariable } from "../../src/lago/catalogue/types.ts";
import { markdownTable } from "../../testing/report/markdown.ts";

/** Effect of a later change of a value. */
const CHANGES: Readonly<Record<Change, string>> = {
  free: "yes",
  "first-start": "counts only when the data is first created; later change it in the data too",
  "first-organization":
    "counts only while the data has no organization; later change it in Lago, and this has no effect",
  "other-data": "Lago then uses other data; existing data does not move",
  "logs-out": "logs everyone out, and voids customer-portal and file links",
  "webhook-signatures": "receivers that verify webhooks have to fetch the new public key",
  never: "**never**: stored credentials could not be read again",
};

const HEAD = `# Settings of Lago

<!-- Made from src/lago/catalogue by \`node scripts/docs/settings.ts\`; change it there. -->

Every variable of Lago that this project knows, with the setting that stands for it.

- *Default* is the value if the setting is not given. If our default differs from Lago's, both are named.
- *Secret* values are never shown. Set them with \`./zbl set prod NAME\`, which asks for the value.
- *Change* says how a later change works; \`yes\` means that the next start applies it.
- *(ours)* marks variables that Lago's own compose file does not pass on, or not to all services that
  read them: in a \`.env\` file next to that file they have no effect, or only a part of it. Here they have.
- *from v1.47.0* names the first release that reads the variable; without a release, v1.43.0 and later read it.
`;

/** Oldest release that this project supports. */
const OLDEST = [1, 43, 0];

/** Renders the document. */
export function renderSettings(): string {
  const groups = GROUPS.map(({ title, about }) => {
    const variables = VARIABLES.filter(({ group }) => group === title);
    const table = variables.every(({ effect }) => effect === "never")
      ? refusedTable(variables)
      : settingsTable(variables);
    return `## ${title}\n\n${about}\n\n${table}\n`;
  });
  return [HEAD, ...groups].join("\n");
}

function settingsTable(variables: readonly LagoVariable[]): string {
  const rows = variables.map((variable) => [
    variable.setting === undefined ? "" : `\`${variable.setting}\``,
    `\`${variable.name}\`${variable.effect === "override" ? " (ours)" : ""}`,
    [variable.summary, requirement(variable), release(variable)].filter(Boolean).join("; "),
    defaults(variable),
    variable.secret ? "secret" : "",
    CHANGES[variable.change],
  ]);
  return markdownTable(["Setting", "Variable", "Meaning", "Default", "Secret", "Change"], rows);
}

function refusedTable(variables: readonly LagoVariable[]): string {
  const rows = variables.map(({ name, summary, reason, instead }) => [
    `\`${name}\``,
    summary,
    reason ?? "",
    instead === undefined ? "" : `\`${instead}\``,
  ]);
  return markdownTable(["Variable", "Meaning", "Why not", "Set instead"], rows);
}

function defaults(variable: LagoVariable): string {
  const { generated, packageDefault, lagoDefault, unsafeDefault } = variable;
  const text = (value: string | undefined) => (value ? `\`${value}\`` : "none");
  const ours = generated ? "generated once" : text(packageDefault ?? lagoDefault);
  const differs = generated || (packageDefault !== undefined && packageDefault !== lagoDefault);
  const mark = unsafeDefault === undefined ? "" : ", unsafe";
  return differs ? `${ours} (Lago: ${text(lagoDefault)}${mark})` : ours + (mark && ` (unsafe)`);
}

function requirement({ requiredWhen }: LagoVariable): string {
  if (requiredWhen === undefined) {
    return "";
  }
  if (requiredWhen === "always") {
    return "always needed";
  }
  const { variable, equals } = requiredWhen;
  return `needed with \`${variable}${equals === undefined ? "" : `=${equals}`}\``;
}

function release({ since }: LagoVariable): string {
  if (since === "unreleased") {
    return "in no release up to v1.51.0";
  }
  const parts = since.slice(1).split(".").map(Number);
  const first = parts.findIndex((part, index) => part !== OLDEST[index]);
  return first !== -1 && (parts[first] ?? 0) > (OLDEST[first] ?? 0) ? `from ${since}` : "";
}
