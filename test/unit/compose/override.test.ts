import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNode, parseDocument } from "yaml";
import { withProxyNetwork } from "../../../src/compose/behind-proxy.ts";
import { type ComposeModel, parseComposeModel } from "../../../src/compose/model.ts";
import { generateOverride, type OverrideOptions } from "../../../src/compose/override.ts";
import { anyText } from "../../support/arbitraries.ts";
import { fixture } from "../../support/fixtures.ts";

const MODEL = parseComposeModel(fixture("compose", "every-feature", "config.json"));

/** The override as compose reads it, and the tags that YAML alone would lose. */
function override(options: Partial<OverrideOptions> = {}, model: ComposeModel = MODEL) {
  const text = generateOverride(model, { variables: [], startPeriodSeconds: 300, ...options });
  const tag = (value: unknown) => value;
  // Compose's reader takes dates, `yes` and `1_000` for more than text, as YAML 1.1 does.
  const document = parseDocument(text, {
    version: "1.1",
    customTags: [
      { tag: "!reset", resolve: tag },
      { tag: "!override", collection: "seq" },
      { tag: "!reset", collection: "seq" },
    ],
  });
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return {
    text,
    services: document.toJS().services as Record<string, Record<string, unknown>>,
    tag: (service: string, key: string) => {
      const node = document.getIn(["services", service, key], true);
      return isNode(node) ? node.tag : undefined;
    },
  };
}

/** Names of the services of which the override says something under a key. */
function servicesWith(
  key: string,
  options: Partial<OverrideOptions> = {},
  model: ComposeModel = MODEL,
): string[] {
  const { services } = override(options, model);
  return Object.keys(services).filter((name) => key in (services[name] ?? {}));
}

describe("names of containers", () => {
  it("are reset where the file fixes them", () => {
    expect(servicesWith("container_name")).toEqual(["api", "db"]);
    expect(override().tag("db", "container_name")).toBe("!reset");
  });
});

describe("ports", () => {
  it("of two fronts are one's alone, the one that the files publish", () => {
    const image = "getlago/front:v1.50.0";
    const services = { other: { image }, web: { image, ports: ["8080:80"] } };
    const model = parseComposeModel(JSON.stringify({ services }));
    const ports = { front: 8081 };
    expect(servicesWith("ports", { ports }, model)).toEqual(["web"]);
    expect(override({ ports }, model).services.web?.ports).toEqual(["127.0.0.1:8081:80"]);
  });

  it("of database and Redis are taken back", () => {
    const { services, tag } = override();
    expect(servicesWith("ports")).toEqual(["db", "redis"]);
    expect(services.db?.ports).toEqual([]);
    expect([tag("db", "ports"), tag("redis", "ports")]).toEqual(["!reset", "!reset"]);
  });

  it.each([
    [undefined, "127.0.0.1:4000:3000", "127.0.0.1:4080:80"],
    ["0.0.0.0", "0.0.0.0:4000:3000", "0.0.0.0:4080:80"],
    ["::1", "[::1]:4000:3000", "[::1]:4080:80"],
    ["fd00::2", "[fd00::2]:4000:3000", "[fd00::2]:4080:80"],
  ])("of api and front move to address %s", (address, api, front) => {
    const { services, tag } = override({ ports: { api: 4000, front: 4080, address } });
    expect(services.api?.ports).toEqual([api]);
    expect(services.front?.ports).toEqual([front]);
    expect([tag("api", "ports"), tag("front", "ports")]).toEqual(["!override", "!override"]);
  });

  it("stay with the file where none is given", () => {
    expect(servicesWith("ports", { ports: { front: 4080 } })).toEqual(["db", "front", "redis"]);
  });
});

describe("behind a proxy", () => {
  const proxied = withProxyNetwork(
    parseComposeModel(
      JSON.stringify({
        services: {
          api: { image: "getlago/api:v1.50.0", ports: ["3000:3000"], networks: { inner: null } },
          front: { image: "getlago/front:v1.50.0", ports: ["80:80"] },
          pdf: { image: "getlago/lago-gotenberg:7.8.2" },
        },
        networks: { inner: {} },
      }),
    ),
  );

  it("api and front publish nothing, and are on the proxy's network beside their own", () => {
    const { services, tag, text } = override({}, proxied);
    expect(servicesWith("ports", {}, proxied)).toEqual(["api", "front"]);
    expect([services.api?.ports, tag("api", "ports")]).toEqual([[], "!reset"]);
    const aliases = (name: string) => [`\${COMPOSE_PROJECT_NAME}-${name}-any`];
    expect(services.api?.networks).toEqual({ inner: null, proxy: { aliases: aliases("api") } });
    expect(services.front?.networks).toEqual({
      default: null,
      proxy: { aliases: aliases("front") },
    });
    expect(services.pdf).not.toHaveProperty("networks");
    expect(parseDocument(text).getIn(["networks", "proxy"])).toBeDefined();
  });

  it("is nowhere without one", () => {
    expect(override().text).not.toContain("networks");
  });
});

describe("health checks", () => {
  it("are quick during the start, for the services that have one", () => {
    expect(servicesWith("healthcheck")).toEqual(["db"]);
    expect(override({ startPeriodSeconds: 42 }).services.db?.healthcheck).toEqual({
      start_period: "42s",
      start_interval: "500ms",
    });
  });
});

describe("variables", () => {
  it("reach the services that run Lago's back-end image, by reference", () => {
    const variables = ["LAGO_LICENSE", "SENTRY_DSN"];
    expect(servicesWith("environment", { variables })).toEqual(["api", "keys", "migrate"]);
    expect(override({ variables }).services.api?.environment).toEqual({
      LAGO_LICENSE: "${LAGO_LICENSE:-}",
      SENTRY_DSN: "${SENTRY_DSN:-}",
    });
  });

  it.each([
    ["getlago/api:v1.50.0", true],
    ["getlago/api", true],
    ["registry.example.com:5000/mirror/getlago/api:v1", true],
    ["getlago/api@sha256:0123", true],
    ["getlago/api:${TAG:-latest}", true],
    ["example.com/acme/lago-api-custom:1", true],
    ["acme/tools:1", false],
    ["getlago/front:v1.50.0", false],
  ])("reach image %s: %s", (image, expected) => {
    const model = parseComposeModel(JSON.stringify({ services: { backend: { image } } }));
    const { services } = override({ variables: ["X"] }, model);
    expect("environment" in (services.backend ?? {})).toBe(expected);
  });

  it("are not spoken of when there are none", () => {
    expect(servicesWith("environment")).toEqual([]);
  });
});

describe("the restart token", () => {
  it("labels the lasting services and no one-shot", () => {
    const lasting = ["api", "db", "front", "not-ours", "redis"];
    expect(servicesWith("labels", { restartToken: "1" })).toEqual(lasting);
    expect(servicesWith("labels")).toEqual([]);
  });

  it("arrives verbatim, whatever compose and YAML would make of it", () => {
    fc.assert(
      fc.property(anyText(), (restartToken) => {
        const { services } = override({ restartToken });
        const [value] = Object.values(services.api?.labels ?? {});
        // Compose reads `$$` as `$`, and every `$` here must be half of such a pair.
        expect(value?.replaceAll("$$", "")).not.toContain("$");
        expect(value?.replaceAll("$$", "$")).toBe(restartToken);
      }),
    );
  });

  it.each([
    ..."$HOME ${HOME} $$ !reset '\" yes on ~ 007 1_000 12:30:45 2026-11-23 2026-11-23T10:00:00Z <<".split(
      " ",
    ),
    "a: b # c",
    "line\nbreak",
  ])("stays the text %j", (restartToken) => {
    const { services } = override({ restartToken });
    expect(services.api?.labels).toEqual({
      "z-billing-lago.restart-token": restartToken.replaceAll("$", () => "$$"),
    });
  });
});

it("says the same of the same files and options, and nothing of a project without services", () => {
  expect(override().text).toBe(override().text);
  expect(override({}, { services: [], variables: [], requiredVariables: [] }).services).toEqual({});
});

describe("what somebody chose, and nothing else", () => {
  it("changes no service by itself", () => {
    expect(override({ onlyChosen: true }).services).toEqual({});
  });

  it("changes what is chosen", () => {
    const { services } = override({
      onlyChosen: true,
      variables: ["LAGO_LICENSE"],
      ports: { api: 8080, address: "::1" },
      memoryLimits: { db: "1g" },
    });
    expect(services.api).toEqual({
      ports: ["[::1]:8080:3000"],
      environment: { LAGO_LICENSE: "${LAGO_LICENSE:-}" },
    });
    expect(services.db).toEqual({ mem_limit: "1g" });
  });
});
