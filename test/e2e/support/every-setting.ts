/** Every variable of the catalogue with a value, and what of the values containers have. */

import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { findUnsafe } from "../../../src/deployment/safety.ts";
import { VARIABLES } from "../../../src/lago/catalogue/index.ts";
import type { LagoVariable, Role } from "../../../src/lago/catalogue/types.ts";
import { ORGANIZATION_VARIABLES } from "../../../src/lago/first-organization.ts";
import { containersOf, docker } from "../../../testing/docker.ts";

/** Characters that shells, YAML, URLs, compose and Redis each treat in a way of their own. */
export const HOSTILE = "$ ${A} $$ \" ' \\ \n # = {{ é % @ : / ?";

const SERVICES: readonly (readonly [service: string, role: Role])[] = [
  ["api", "api"],
  ["api-worker", "worker"],
  ["api-clock", "clock"],
  ["migrate", "migrate"],
  ["front", "front"],
  ["db", "db"],
];

/** Variables that decide whether the bundled database and Redis are used. */
const ELSEWHERE = new Set([
  "DATABASE_URL",
  "DATABASE_PROXY_URL",
  "POSTGRES_HOST",
  "REDIS_URL",
  "REDIS_HOST",
  "LAGO_REDIS_CACHE_URL",
  "LAGO_REDIS_CACHE_HOST",
  "LAGO_REDIS_CACHE_PORT",
  "LAGO_REDIS_CACHE_PASSWORD",
  "LAGO_API_KEY",
]);

const settable = VARIABLES.filter(
  ({ name, effect, scope }) => effect !== "never" && scope === undefined && !ELSEWHERE.has(name),
);

function sampleValue({ name, type }: LagoVariable): string {
  switch (type.kind) {
    case "integer":
    case "number":
      return String(Math.max(type.min, 1));
    case "boolean":
      return "true";
    case "enum":
      return type.values.at(-1) ?? "";
    case "url":
      return `${type.schemes[0]}://${name.toLowerCase().replaceAll("_", "-")}.example.com`;
    default:
      return `${HOSTILE} ${name}`;
  }
}

/** Variables that no container keeps: the organization in the database has them. */
const ORGANIZATION: readonly string[] = ORGANIZATION_VARIABLES;

const PSQL = ["-U", "lago-user", "-d", "lago-db", "-Atc", "SELECT name FROM organizations"];

/** A value for every variable; those that the bundled database and Redis need are real ones. */
function everySetting(rsaKey: string): Record<string, string> {
  return {
    ...Object.fromEntries(settable.map((variable) => [variable.name, sampleValue(variable)])),
    LAGO_RSA_PRIVATE_KEY: rsaKey,
    // PostgreSQL's start takes the first line of a password; user, database and port are real.
    POSTGRES_PASSWORD: HOSTILE.replace("\n", ""),
    POSTGRES_USER: "lago-user",
    POSTGRES_DB: "lago-db",
    POSTGRES_PORT: "5433",
    REDIS_PORT: "6380",
    POSTGRES_SCHEMA: "public",
  };
}

/** Differences between the settings of a deployment and the environments of its containers. */
export interface SettingsComparison {
  readonly wrong: readonly string[];
  /** Pairs of a service and a variable that were compared. */
  readonly compared: number;
  /** Findings that had to be allowed, since to set everything at once is not safe. */
  readonly allowed: readonly string[];
  /** Name of the organization in the database. */
  readonly organization: string;
  /** The api's address of the database. */
  readonly databaseUrl: URL;
  readonly password: string;
}

/** Deploys a file with every setting that there is, and compares what each service was given. */
export async function deployEverySetting(
  path: string,
  options: { readonly projectName: string; readonly ports: { api: number; front: number } },
  rsaKey: string,
): Promise<SettingsComparison> {
  const environment = everySetting(rsaKey);
  const whole = { ...options, environment, startTimeoutSeconds: 90 };
  const judged = new LagoDeployment(path, whole);
  const allowUnsafe = (await findUnsafe(judged)).map(({ unsafeName }) => unsafeName);
  await deploy(new LagoDeployment(path, { ...whole, allowUnsafe }));

  const containers = await containersOf(options.projectName);
  const environmentOf = (service: string) => variablesIn(containers.get(service)?.Config.Env ?? []);
  const wrong: string[] = [];
  let compared = 0;
  for (const [service, role] of SERVICES) {
    const inside = environmentOf(service);
    for (const { name, roles, as, partOf } of settable) {
      if (ORGANIZATION.includes(name)) {
        continue;
      }
      if (roles.includes(role) && (partOf === undefined || role === "db")) {
        const found = inside[as?.[role] ?? name];
        compared += 1;
        if (found !== environment[name]) {
          wrong.push(`${service}: ${name} is ${JSON.stringify(found)}`);
        }
      }
    }
  }
  return {
    wrong,
    compared,
    allowed: allowUnsafe,
    organization: await docker("exec", containers.get("db")?.Id ?? "", "psql", ...PSQL),
    databaseUrl: new URL(environmentOf("api").DATABASE_URL ?? ""),
    password: environment.POSTGRES_PASSWORD ?? "",
  };
}

function variablesIn(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => [entry.split("=")[0], entry.slice(entry.indexOf("=") + 1)]),
  );
}
