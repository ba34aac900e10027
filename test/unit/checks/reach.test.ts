import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VARIABLES } from "../../../src/catalogue/index.ts";
import { passOn, type ServiceDetails, serviceDetails } from "../../../src/checks/index.ts";
import { readComposeFiles } from "../../../src/checks/read-files.ts";
import { project } from "./subject.ts";

const LAGO = join(import.meta.dirname, "..", "..", "..", "..", "shared", "lago");
const services = serviceDetails(project());
const BACKENDS = ["api", "clock", "migrate", "worker"];
const toAll = (inside: string, name = inside) =>
  Object.fromEntries(BACKENDS.map((service) => [service, { [inside]: name }]));

describe("passOn", () => {
  it("adds what the file leaves out, to the services that read it", () => {
    expect(passOn(["LAGO_SMTP_DOMAIN"], services, []).environment).toEqual(
      toAll("LAGO_SMTP_DOMAIN"),
    );
    expect(passOn(["LAGO_WEBHOOK_ATTEMPTS"], services, []).environment).toEqual({
      worker: { LAGO_WEBHOOK_ATTEMPTS: "LAGO_WEBHOOK_ATTEMPTS" },
    });
  });

  it("adds nothing that the file passes on already", () => {
    const names = ["LAGO_API_URL", "POSTGRES_PASSWORD", "POSTGRES_HOST", "LAGO_FROM_EMAIL"];
    expect(passOn(names, services, names)).toEqual({ environment: {}, unreachable: [] });
  });

  it("replaces what the file builds itself", () => {
    expect(passOn(["DATABASE_URL"], services, []).environment).toEqual(toAll("DATABASE_URL"));
  });

  it("gives a variable the name that its reader knows", () => {
    expect(passOn(["SENTRY_DSN_FRONT", "LAGO_API_KEY"], services, []).environment).toEqual({
      front: { SENTRY_DSN: "SENTRY_DSN_FRONT" },
      migrate: { LAGO_ORG_API_KEY: "LAGO_API_KEY" },
    });
    expect(passOn(["LAGO_API_KEY", "LAGO_ORG_API_KEY"], services, []).environment).toEqual({
      migrate: { LAGO_ORG_API_KEY: "LAGO_ORG_API_KEY" },
    });
  });

  it("gives names that it does not know to the back end, unless the file refers to them", () => {
    expect(passOn(["MY_OWN"], services, []).environment).toEqual(toAll("MY_OWN"));
    expect(passOn(["MY_OWN"], services, ["MY_OWN"])).toEqual({ environment: {}, unreachable: [] });
  });

  it("names what can have no effect", () => {
    expect(passOn(["SIDEKIQ_PDF", "LAGO_DOMAIN", "LAGO_LICENSE"], services, [])).toEqual({
      environment: expect.not.objectContaining({ db: expect.anything() }),
      unreachable: ["SIDEKIQ_PDF"],
    });
    expect(passOn(["LAGO_ACME_EMAIL", "POSTGRES_DB"], services, [])).toEqual({
      environment: {},
      unreachable: ["LAGO_ACME_EMAIL", "POSTGRES_DB"],
    });
  });
});

describe.skipIf(!existsSync(LAGO))("on Lago's own files", () => {
  const after = (read: ReturnType<typeof readComposeFiles>): ServiceDetails[] => {
    const names = VARIABLES.map(({ name }) => name).filter((name) => name !== "LAGO_API_KEY");
    const { environment } = passOn(names, read.services, read.model.variables);
    return read.services.map((service) => ({
      ...service,
      environment: {
        ...service.environment,
        ...Object.fromEntries(
          Object.entries(environment[service.name] ?? {}).map(([inside, name]) => [
            inside,
            `\${${name}:-}`,
          ]),
        ),
      },
    }));
  };

  it.each(["v1.43.0", "v1.45.0", "v1.49.0", "v1.50.0"])(
    "makes every variable of %s reach everything that reads it",
    (version) => {
      const read = readComposeFiles([join(LAGO, version, "docker-compose.yml")]);
      const names = VARIABLES.filter(
        ({ effect, scope, instead, partOf }) =>
          effect !== "never" && scope === undefined && instead === undefined && !partOf,
      ).map(({ name }) => name);
      const again = passOn(names, after(read), read.model.variables);
      expect(again).toEqual({ environment: {}, unreachable: [] });
    },
  );
});
