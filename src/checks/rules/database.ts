import { LAGO_HOSTS, usesOwnDatabase } from "../../lago/config/derived.ts";
import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";

/**
 * Passwords that do not reach PostgreSQL unchanged: the official image calls `initdb --pwfile`,
 * which reads only the first line and drops a carriage return at its end. Other control characters
 * are kept.
 */
const CUT_SHORT = /\n|\r$/;

/** Words that every shell reads literally, and no program reads as an option. */
const PLAIN_WORD = /^(?!-)[\w.-]*$/;

export const DATABASE_CHECKS: readonly Check[] = [
  {
    id: "password-line-break",
    finds: "a database password of several lines, of which the bundled database takes the first",
    run: (context) =>
      bundledDatabases(context).length > 0 && CUT_SHORT.test(context.value("POSTGRES_PASSWORD"))
        ? [
            {
              field: "POSTGRES_PASSWORD",
              severity: "error",
              reason:
                "has a line break, where the bundled database ends its password, so that it would refuse Lago's",
              remedy: "remove the line break, or set another password",
            },
          ]
        : [],
  },
  {
    id: "database-password-differs",
    finds: "a database's URL with another password than the database has",
    run: (context) => {
      const { host, password } = partsOf(context.value("DATABASE_URL"));
      const database = context.withRole("db").find(({ name }) => name === host);
      const own = context.value("POSTGRES_PASSWORD");
      return database === undefined || !password || !own || password === own
        ? []
        : [
            {
              field: "DATABASE_URL",
              severity: "error",
              reason: `has another password than POSTGRES_PASSWORD gives ${database.name}, so that the database would refuse Lago's`,
              remedy: `have both come from one variable, or set POSTGRES_PASSWORD and DATABASE_URL to one password`,
            },
          ];
    },
  },
  {
    id: "name-in-health-check",
    finds: "a database's name or user that its health check's shell would not read as one word",
    run: (context) =>
      ["POSTGRES_USER", "POSTGRES_DB"]
        .filter((name) => !PLAIN_WORD.test(context.value(name)))
        .filter((name) => bundledDatabases(context).some((db) => isOpenToShell(context, db, name)))
        .map((field) => ({
          field,
          severity: "error",
          reason:
            "has characters that the shell of the database's health check reads as its own, so that the check fails or runs something else",
          remedy: "use only letters, digits and _ . -, and no - at the beginning",
        })),
  },
];

/** Host and password of a URL; none where the text is no URL. */
function partsOf(url: string): { readonly host?: string; readonly password?: string } {
  const parsed = URL.parse(url);
  try {
    return parsed === null
      ? {}
      : { host: parsed.hostname, password: decodeURIComponent(parsed.password) };
  } catch {
    // A percent sign that encodes nothing: another check reports the URL.
    return {};
  }
}

/** Lists the database services that hold Lago's data. */
function bundledDatabases(context: CheckContext): readonly Service[] {
  const databases = context.withRole("db");
  const hosts = { ...LAGO_HOSTS, database: databases[0]?.name ?? LAGO_HOSTS.database };
  return usesOwnDatabase(context.variables, hosts) ? [] : databases;
}

/** Whether the service's health check expands the variable in a shell without quotes. */
function isOpenToShell(context: CheckContext, service: Service, variable: string): boolean {
  const { definition } = context.model.services.find(({ name }) => name === service.name) ?? {};
  const test = (definition?.healthcheck as { test?: unknown } | null | undefined)?.test;
  const [kind, text] = Array.isArray(test) ? test : ["CMD-SHELL", test];
  // After `$$` the shell expands the variable itself, and runs no command in it.
  const reference = new RegExp(`(?<![$"'])\\$(?:${variable}|\\{${variable})(?!\\w)`);
  return kind === "CMD-SHELL" && typeof text === "string" && reference.test(text);
}
