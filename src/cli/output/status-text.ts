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
    container.service,
    container.status,
    container.health || (container.state === "exited" ? `exit code ${container.exitCode}` : "-"),
    container.ports.map((p) => `${p.address}:${p.hostPort}->${p.containerPort}`).join(", ") || "-",
    container.standIn ? `${container.image} (stand-in)` : container.image,
  ]);
  return table(
    HEADER,
    rows.map((row) => row.map((cell) => cleanText(cell))),
    {
      maxWidth: screen.width(),
      givesWay: [IMAGE, PORTS],
      cut: screen.isUnicode ? "…" : "~",
      paint: (cell, row, column) => {
        const container = containers[row];
        const color = container === undefined ? "bold" : colorOf(container, column);
        return color === undefined ? cell : screen.paint(color, cell);
      },
    },
  );
}

function colorOf(container: ContainerStatus, column: number): Color | undefined {
  const { state, health, exitCode } = container;
  if (column !== STATUS && column !== HEALTH) {
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
