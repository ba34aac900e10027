import { variableByName } from "../../lago/catalogue/index.ts";
import { scriptOf, WORKER_POOLS } from "../../lago/pools.ts";
import type { Check } from "../check.ts";
import { type CheckContext, isOn, type Service } from "../check-context.ts";
import { isNewer } from "../releases.ts";
import type { Fault } from "../types.ts";

/** Toggle of each pool, by the pool's name in its start script. */
const POOLS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(WORKER_POOLS).map(({ script, toggle }) => [
    script.replace(/^start\.|\.worker\.sh$/g, ""),
    toggle,
  ]),
);
/** Variables that fill the remaining pools. */
const OTHER_POOLS: Readonly<Record<string, string>> = {
  dedicated: "LAGO_DEDICATED_WORKER_ORG_IDS",
  meilisearch: "LAGO_MEILISEARCH_URL",
};

export const WORKER_CHECKS: readonly Check[] = [
  {
    id: "worker-without-toggle",
    finds: "workers of their own that get no jobs, because their switch is off",
    run: (context) =>
      pools(context).flatMap(({ service, pool }): Fault[] => {
        const toggle = Object.hasOwn(POOLS, pool) ? POOLS[pool] : undefined;
        if (toggle === undefined) {
          return [];
        }
        const off = producers(context).filter((one) => !isOnIn(one, toggle, context));
        return off.length === 0
          ? []
          : [
              {
                field: `services.${service.name}`,
                severity: "error",
                reason: `gets no jobs from ${off.map(({ name }) => name).join(", ")}, where ${toggle} is not on`,
                remedy: `set ${toggle}=true in the environment of every back-end service`,
              },
            ];
      }),
  },
  {
    id: "toggle-without-worker",
    finds: "kinds of jobs that are sent to workers of their own which do not exist",
    run: (context) =>
      Object.entries(POOLS)
        .filter(([pool]) => !pools(context).some((one) => one.pool === pool))
        .filter(([, toggle]) =>
          producers(context).some((service) => isOnIn(service, toggle, context)),
        )
        .map(([pool, toggle]) => ({
          field: toggle,
          severity: "error",
          reason: "sends jobs to workers of their own, and there are none: they would never run",
          remedy: `add a service that runs ./scripts/start.${pool}.worker.sh, or switch it off`,
        })),
  },
  {
    id: "worker-script",
    finds: "workers whose script the deployed release of Lago does not have",
    run: (context) =>
      pools(context)
        .filter(({ pool }) => !hasScript(pool, context.release))
        .map(({ service, pool }) => ({
          field: `services.${service.name}.command`,
          severity: "error",
          reason: `runs start.${pool}.worker.sh, which ${release(context)} does not have: it would restart for ever`,
          remedy:
            pool === "pdf"
              ? "run ./scripts/start.pdfs.worker.sh"
              : "remove the service, or deploy a release that has the script",
        })),
  },
];

function pools(context: CheckContext): { service: Service; pool: string }[] {
  return context.services.flatMap((service) => {
    // In a stack the override corrects the name that Lago's own file misspells.
    const meant = context.source === "stack" ? scriptOf(service.command) : service.command;
    const pool = /start\.([a-z_]+)\.worker\.sh/.exec(meant ?? "")?.[1];
    return pool === undefined ? [] : [{ service, pool }];
  });
}

function producers(context: CheckContext): readonly Service[] {
  return context.withRole("api", "worker", "clock");
}

function isOnIn(service: Service, toggle: string, context: CheckContext): boolean {
  // In a stack the override passes on given variables.
  const given = context.source === "stack" && context.isGiven(toggle);
  return isOn((given ? context.variables[toggle] : service.environment[toggle]) ?? "");
}

function hasScript(pool: string, release: readonly number[] | undefined): boolean {
  const all = { ...POOLS, ...OTHER_POOLS };
  const since = Object.hasOwn(all, pool) ? variableByName(all[pool] ?? "")?.since : undefined;
  return since !== undefined && !isNewer(since, release);
}

function release(context: CheckContext): string {
  return context.release === undefined ? "Lago" : `Lago v${context.release.join(".")}`;
}
