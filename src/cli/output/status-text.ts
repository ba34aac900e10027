import { type ContainerStatus, type DeployStatus, ServiceStatus } from "../../deployment/status.ts";
import { cleanText } from "../../text/clean.ts";
import { table } from "../../text/table.ts";
import type { Color, Screen } from "./screen.ts";

const HEADER = ["SERVICE", "STATUS", "HEALTH", "PORTS", "IMAGE"];
const [STATUS, HEALTH, PORTS, IMAGE] = [1, 2, 3, 4];

/** Formats the status as a table that fits the screen, or as one line without containers. */
export function statusText(projectName: string, status: DeployStatus, screen: Screen): string {
  const { containers, services } = status;
  if (containers.length === 0) {
    return `Project ${projectName} has no containers.`;
  }
  const shown = services.flatMap(([name]): (ContainerStatus | string)[] => {
    const own = containers.filter(({ service }) => service === name);
    return own.length === 0 ? [name] : own;
  });
  const rows = shown.map((one) =>
    typeof one === "string" ? [one, ServiceStatus.Missing, "-", "-", "-"] : cells(one, containers),
  );
  return table(
    HEADER,
    rows.map((row) => row.map((cell) => [cell].flat().map((form) => cleanText(form)))),
    {
      maxWidth: screen.width(),
      givesWay: [IMAGE, PORTS],
      // Half a port is another port.
      whole: [PORTS],
      cut: screen.isUnicode ? "…" : "~",
      paint: (cell, row, column) => {
        const one = shown[row];
        const color = one === undefined ? "bold" : colorOf(one, column);
        return color === undefined ? cell : screen.paint(color, cell);
      },
    },
  );
}

function cells(container: ContainerStatus, all: readonly ContainerStatus[]): (string | string[])[] {
  return [
    nameOf(container, all),
    container.status,
    healthOf(container) || "-",
    portForms(container),
    imageForms(container),
  ];
}

/** Name of the service, with the number that `exec --index` takes where there are several containers. */
function nameOf({ service, index }: ContainerStatus, all: readonly ContainerStatus[]): string {
  const isOneOfSeveral = all.filter((one) => one.service === service).length > 1;
  return isOneOfSeveral ? `${service} #${index}` : service;
}

/** Health, or the exit code of a container that has ended and not completed. */
function healthOf({ health, state, status, exitCode }: ContainerStatus): string {
  const hasFailed = state === "exited" && status !== ServiceStatus.Completed;
  return health || (hasFailed ? `exit code ${exitCode}` : "");
}

/** Published ports: with the address, without the address, and the host's port alone. */
function portForms({ ports }: ContainerStatus): string[] {
  const listed = (form: (port: ContainerStatus["ports"][number]) => string) =>
    [...new Set(ports.map(form))].join(", ") || "-";
  return [
    listed((p) => `${p.address}:${p.hostPort}->${p.containerPort}`),
    listed((p) => `${p.hostPort}->${p.containerPort}`),
    listed((p) => String(p.hostPort)),
  ];
}

/** Image: as a whole, and without registry and organization. */
function imageForms({ image, standIn }: ContainerStatus): string[] {
  const short = image.slice(image.lastIndexOf("/") + 1);
  return [image, short].map((name) => (standIn ? `${name} (stand-in)` : name));
}

/** Color of a cell of a container, or of a service that is missing. */
function colorOf(one: ContainerStatus | string, column: number): Color | undefined {
  const isColored =
    column === STATUS || (column === HEALTH && typeof one !== "string" && healthOf(one) !== "");
  if (!isColored) {
    return undefined;
  }
  if (typeof one === "string") {
    return column === STATUS ? "red" : undefined;
  }
  const { state, health, exitCode } = one;
  return stateColor(state, column === HEALTH ? health : "", exitCode);
}

/** Color of a state: red for failed, yellow for starting, dim for finished, green otherwise. */
export function stateColor(state: string, health: string, exitCode: number): Color {
  if (state === "exited" || state === "dead") {
    return exitCode === 0 ? "dim" : "red";
  }
  if (state !== "running" || health === "starting") {
    return "yellow";
  }
  return health === "unhealthy" ? "red" : "green";
}
