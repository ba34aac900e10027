import type { ContainerStatus, DeployStatus } from "../../deployment/status.ts";
import { cleanText } from "../../text/clean.ts";
import { table } from "../../text/table.ts";
import type { Color, Screen } from "./screen.ts";

const HEADER = ["SERVICE", "STATUS", "HEALTH", "PORTS", "IMAGE"];
const [STATUS, HEALTH, PORTS, IMAGE] = [1, 2, 3, 4];

/** Formats the status as a table that fits the screen, or as one line without containers. */
export function statusText(projectName: string, status: DeployStatus, screen: Screen): string {
  const { containers } = status;
  if (containers.length === 0) {
    return `Project ${projectName} has no containers.`;
  }
  const rows = containers.map((container) => [
    nameOf(container, containers),
    container.status,
    healthOf(container) || "-",
    portForms(container),
    imageForms(container),
  ]);
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
        const container = containers[row];
        const color = container === undefined ? "bold" : colorOf(container, column);
        return color === undefined ? cell : screen.paint(color, cell);
      },
    },
  );
}

/** Name of the service, with the number that `exec --index` takes where there are several containers. */
function nameOf({ id, service }: ContainerStatus, all: readonly ContainerStatus[]): string {
  const own = all.filter((container) => container.service === service);
  return own.length === 1 ? service : `${service} #${own.findIndex((one) => one.id === id) + 1}`;
}

function healthOf({ health, state, exitCode }: ContainerStatus): string {
  return health || (state === "exited" ? `exit code ${exitCode}` : "");
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

function colorOf(container: ContainerStatus, column: number): Color | undefined {
  const { state, health, exitCode } = container;
  const isColored = column === STATUS || (column === HEALTH && healthOf(container) !== "");
  if (!isColored) {
    return undefined;
  }
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
