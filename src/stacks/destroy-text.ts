/** Texts of a destroy: what goes, what stays, and where the data and its keys are. */
import { andMore } from "../text/list.ts";
import { deployCommand } from "./commands.ts";
import { message } from "./message.ts";
import { type Standing, standingText } from "./standing.ts";

/** Most resources that are named. */
const MAX_NAMED = 50;

/** Deployment that is about to be destroyed. */
export interface Doomed {
  readonly standing: Standing;
  /** Names of the volumes. */
  readonly volumes: readonly string[];
  /** Whether the volumes go too. */
  readonly removesVolumes: boolean;
}

/** Formats all that a destroy removes, keeps and loses. */
export function doomedText(
  stack: string,
  doomed: readonly Doomed[],
  others: readonly string[],
): string {
  return [
    `Destroying stack ${stack}:`,
    ...doomed.flatMap(deploymentLines),
    ...(others.length === 0 ? [] : [`  goes:  ${andMore(others, MAX_NAMED)}`]),
  ].join("\n");
}

function deploymentLines({ standing, volumes, removesVolumes }: Doomed): string[] {
  const { projectName, containers } = standing;
  const names = volumes.join(", ");
  const data =
    volumes.length === 0
      ? []
      : removesVolumes
        ? [`  LOST:  all data of project ${projectName}, with its volumes ${names}`]
        : [
            `  stays: the data of project ${projectName}, in its volumes ${names}`,
            "  stays: a copy of the keys of this data, on this machine",
          ];
  const count = containers?.length ?? 0;
  const goes = containers === undefined ? "the containers" : `${count} containers`;
  return [
    `  ${standingText(standing)}`,
    `  goes:  ${goes} and the networks of project ${projectName}`,
    ...data,
  ];
}

/** Formats the message after a destroy: location of data and keys, and the commands for both. */
export function dataIsKept(stack: string, file: string, volumes: readonly string[]): string {
  return message(`Data stays in the volumes, its keys in ${file}.`, [
    ["Use both again on this machine", deployCommand({ stack })],
    ["Remove the data for good", `docker volume rm ${volumes.join(" ")}`],
  ]);
}
