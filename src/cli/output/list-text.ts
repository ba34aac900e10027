/** The list of stacks and deployments, for people. */
import { table } from "../../text/table.ts";
import { zbl } from "../../text/zbl.ts";
import type { Screen } from "./screen.ts";

/** A stack, a deployment, or both. */
export interface ListedDeployment {
  /** Name of the stack; absent for a deployment that no stack of this program has. */
  readonly stack?: string;
  /** Whether the stack is the one that commands without a name are about. */
  readonly selected?: boolean;
  /** Time of the stack's last update, as ISO 8601. */
  readonly updated?: string | undefined;
  /** Engine of the deployment, by its address or context; `default` for docker's own settings. */
  readonly engine?: string;
  readonly project?: string;
  /**
   * `found` on the engine, `gone` from the engine although the stack has it, `unknown` where the
   * engine does not answer, or `not deployed`.
   */
  readonly state: "found" | "gone" | "unknown" | "not deployed";
  readonly services?: number;
  readonly running?: number;
  readonly release?: string;
  readonly volumes?: number;
}

const HEADER = ["STACK", "PROJECT", "STATUS", "RELEASE", "VOLUMES", "ENGINE"];
const [STACK, ENGINE] = [0, 5];

/** Formats the list as a table that fits the screen. The selected stack has a star. */
export function listText(rows: readonly ListedDeployment[], screen: Screen): string {
  if (rows.length === 0) {
    return `There is no stack and no deployment yet. To deploy a first one: ${zbl("up")}`;
  }
  const cells = rows.map((row) => [
    row.stack === undefined ? "-" : `${row.stack}${row.selected ? " *" : ""}`,
    row.project ?? "-",
    statusOf(row),
    row.release || "-",
    row.volumes === undefined ? "-" : String(row.volumes),
    row.engine ?? "-",
  ]);
  // One engine for all is of no interest.
  const engines = new Set(rows.flatMap(({ engine }) => engine ?? []));
  const columns = engines.size > 1 ? HEADER.length : ENGINE;
  return table(
    HEADER.slice(0, columns),
    cells.map((row) => row.slice(0, columns)),
    {
      maxWidth: screen.width(),
      givesWay: [ENGINE, STACK].filter((column) => column < columns),
      cut: screen.isUnicode ? "…" : "~",
      paint: (cell, row) => (row === -1 ? screen.paint("bold", cell) : cell),
    },
  );
}

function statusOf({ state, services = 0, running = 0, volumes = 0 }: ListedDeployment): string {
  if (state !== "found") {
    return state;
  }
  if (services === 0) {
    return volumes > 0 ? "data only" : "empty";
  }
  return `${running} of ${services} run`;
}
