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
    rows.map((row) => row.map((cell) => cleanText(cell))),
    {
      maxWidth: screen.width(),
      givesWay: [IMAGE, PORTS],
      cut: screen.isUnicode ? "…" : "~",
      paint: (cell, row, column) => {
        const one = shown[row];
        const color = one === undefined ? "bold" : colorOf(one, column);
        return color === undefined ? cell : screen.paint(color, cell);
      },
    },
  );
}

function cells(container: ContainerStatus, all: readonly ContainerStatus[]): string[] {
  return [
    nameOf(container, all),
    container.status,
    container.health || (container.state === "exited" ? `exit code ${container.exitCode}` : "-"),
    container.ports.map((p) => `${p.address}:${p.hostPort}->${p.containerPort}`).join(", ") || "-",
    container.standIn ? `${container.image} (stand-in)` : container.image,
  ];
}

/** Name of the service of a container, with the container's number where the service has several. */
function nameOf({ service, index }: ContainerStatus, all: readonly ContainerStatus[]): string {
  const isOneOfSeveral = all.filter((one) => one.service === service).length > 1;
  return isOneOfSeveral ? `${service} (${index})` : service;
}

/** Color of a cell of a container, or of a service that is missing. */
function colorOf(one: ContainerStatus | string, column: number): Color | undefined {
  if (column !== STATUS && column !== HEALTH) {
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
