/** Compares a volume with its definition in the files. Docker never changes a volume. */
import type { ConfigIssue } from "../errors.ts";
import type { FoundVolume } from "../observe/found-volumes.ts";
import { stopCommand } from "./advice.ts";
import type { DeclaredVolume } from "./declared.ts";

/** Text in place of a value that may be a secret, such as the password of a network share. */
const HIDDEN = "(not shown)";

const SECRET = /pass|secret|token|cred|key/i;

/** Old and new value of one part of a definition, without secrets. */
interface Difference {
  readonly part: string;
  readonly old: string;
  readonly new: string;
}

/** Finds differences for which compose would ask whether to delete the volume's data. */
export function definitionIssues(
  project: string,
  declared: DeclaredVolume,
  found: FoundVolume,
): ConfigIssue[] {
  const field = `volumes.${declared.key}`;
  if (found.project === "") {
    // Made by hand: compose accepts such a volume unchanged, and so does its maker.
    return [];
  }
  if (found.project !== project) {
    return [
      {
        field,
        message: `the volume ${found.name} belongs to project ${found.project}, and two deployments would write to the same data; give it another name in the compose files, or declare it \`external: true\` where both are meant to share it`,
      },
    ];
  }
  const differences = [...driverDifference(declared, found), ...optionDifferences(declared, found)];
  if (differences.length === 0) {
    return [];
  }
  const listOf = (side: "old" | "new") =>
    differences.map((one) => `${one.part} ${one[side]}`).join(", ");
  return [
    {
      field,
      message: `the volume ${found.name} is there with ${listOf("old")}, and the compose files now say ${listOf("new")}; Docker cannot change a volume, and compose would keep it as it is or DELETE it with its data. Set the files back; or stop the project (${stopCommand(project)}, data stays), copy the data into another volume, remove this one by its name (\`docker volume rm ${found.name}\`), start, and copy the data back`,
    },
  ];
}

function driverDifference(declared: DeclaredVolume, found: FoundVolume): Difference[] {
  const plain = (driver: string) => driver.replace(/:latest$/, "");
  return declared.driver === undefined || plain(declared.driver) === plain(found.driver)
    ? []
    : [{ part: "driver", old: found.driver, new: declared.driver }];
}

function optionDifferences(declared: DeclaredVolume, found: FoundVolume): Difference[] {
  const names = new Set([...Object.keys(found.options), ...declared.options.keys()]);
  return [...names].sort().flatMap((name) => {
    const option = declared.options.get(name);
    const old = found.options[name];
    if (old === option?.value || (option !== undefined && option.value === undefined)) {
      return [];
    }
    const isSecret = [name, old, option?.text].some((text) => SECRET.test(text ?? ""));
    // The value of a variable is not shown: it may be a secret, and so may the old value.
    const isHidden = isSecret || option?.text.includes("$") === true;
    const shown = (text: string | undefined) =>
      text === undefined ? "none" : isHidden ? HIDDEN : JSON.stringify(text);
    return [{ part: `driver_opts.${name}`, old: shown(old), new: shown(option?.text) }];
  });
}
