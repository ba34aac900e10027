import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResolved } from "../../../src/compose/resolved.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";
import { secretNames, VARIABLES } from "../../../src/lago/catalogue/index.ts";
import { concealContainer, concealment, concealService } from "../../../src/observe/conceal.ts";
import { observedContainers } from "../../../src/observe/containers.ts";
import { anyText } from "../../support/arbitraries.ts";
import { fixture } from "../../support/fixtures.ts";
import { container, declared } from "../../support/plans.ts";

const HOW = concealment("key");
const PUBLIC = VARIABLES.filter(({ secret }) => !secret).map(({ name }) => name);
const FINGERPRINT = /^#[0-9a-f]{8}$/;

const environmentShown = (environment: Record<string, string>, how = HOW) =>
  concealService(declared("api", {}, { environment }), how).spec.environment;

describe("no secret is left", () => {
  /** Long enough that it is not in a text by chance, and of any characters. */
  const secret = fc
    .tuple(anyText({ minLength: 8 }), fc.integer({ min: 1e9 }))
    .map(([text, number]) => `${text}${number}`);
  const name = fc.oneof(
    fc.constantFrom(...secretNames()),
    fc.constantFrom("PGPASSWORD", "HTTP_PROXY", "SOMETHING", "lago_api_url", "LAGO_API_URL_"),
  );
  const spec = fc.record({
    environment: fc.dictionary(name, secret, { minKeys: 1 }),
    command: secret,
    healthCheck: secret,
    logging: secret,
  });

  it("in a service or a container, wherever it was", () => {
    fc.assert(
      fc.property(spec, secret, (all, configHash) => {
        const shown = [
          concealService(declared("api", { configHash }, all), HOW),
          concealContainer(container("api", { configHash }, all), HOW),
        ];
        const { environment, ...texts } = all;
        for (const value of [...Object.values(environment), ...Object.values(texts), configHash]) {
          const written = [value, JSON.stringify(value).slice(1, -1)];
          for (const form of written) {
            expect(JSON.stringify(shown).includes(form)).toBe(false);
          }
        }
      }),
    );
  });

  it("in what was recorded", () => {
    const { services } = parseResolved(
      fixture("compose", "plan", "config-2.26.json"),
      fixture("compose", "plan", "config-hash-2.26.txt"),
    );
    const containers = observedContainers(
      parseContainers(JSON.parse(fixture("docker", "inspect-plan-26.1.json"))),
    );
    expect(JSON.stringify([services, containers])).toContain("hunter2");
    const shown = [
      ...services.map((one) => concealService(one, HOW)),
      ...containers.map((one) => concealContainer(one, HOW)),
    ];
    expect(JSON.stringify(shown)).not.toContain("hunter2");
    for (const { configHash } of services) {
      expect(JSON.stringify(shown)).not.toContain(configHash);
    }
  });

  it("of a variable that nobody knows, whatever it is called", () => {
    const unknown = fc
      .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/)
      .filter((one) => VARIABLES.every((known) => known.name !== one));
    fc.assert(
      fc.property(unknown, fc.constantFrom("true", "1", "http://localhost"), (one, value) => {
        expect(environmentShown({ [one]: value })[one]).toMatch(FINGERPRINT);
      }),
    );
  });
});

describe("what may be shown", () => {
  it("is every variable that the catalogue calls public", () => {
    for (const name of PUBLIC.filter((one) => !/KEY|SECRET|TOKEN/i.test(one))) {
      expect(environmentShown({ [name]: "value" }), name).toEqual({ [name]: "value" });
    }
  });

  it("is none of those that are to be hidden", () => {
    const how = concealment("key", ["LAGO_API_URL"]);
    const both = { LAGO_API_URL: "value", LAGO_FRONT_URL: "value" };
    expect(environmentShown(both, how)).toEqual({
      LAGO_API_URL: expect.stringMatching(FINGERPRINT),
      LAGO_FRONT_URL: "value",
    });
  });

  it("is everything that can be told without a secret, and leaves open what was", () => {
    const { spec, ...rest } = concealService(declared("api"), HOW);
    expect(rest).toEqual({ ...declared("api"), spec: undefined, configHash: expect.any(String) });
    expect(spec).toEqual(declared("api").spec);
    expect(spec.command).toBeUndefined();
  });
});

describe("two sides of a comparison", () => {
  const both = (value: string, other: string) => [
    concealService(declared("api", { configHash: value }, { command: value }), HOW),
    concealContainer(container("api", { configHash: other }, { command: other }), HOW),
  ];

  it("are the same where they were, and differ where they did", () => {
    const [service, same] = both("hunter2", "hunter2");
    expect(service?.configHash).toBe(same?.configHash);
    expect(service?.spec).toEqual(same?.spec);
    const [, other] = both("hunter2", "hunter3");
    expect(service?.configHash).not.toBe(other?.configHash);
    expect(service?.spec.command).not.toBe(other?.spec.command);
  });

  it("do not let the same text in two places be told", () => {
    const [service] = both("hunter2", "hunter2");
    expect(service?.configHash).not.toBe(service?.spec.command);
  });
});

it("keeps what others wrote from a terminal, and on one line", () => {
  const wild = "a\u001b[31m\n| b\u009b\r\tc";
  const shown = concealContainer(
    container(
      wild,
      {},
      {
        image: wild,
        ports: [wild],
        mounts: [wild],
        restartPolicy: wild,
        restartToken: wild,
        environment: { [wild]: "" },
      },
    ),
    HOW,
  );
  const { service, spec } = shown;
  const texts = [
    ...[service, spec.image, spec.restartPolicy, spec.restartToken],
    ...[...spec.ports, ...spec.mounts, ...Object.keys(spec.environment)],
  ];
  expect(texts).toEqual(texts.map(() => "a | b c"));
});

it("leaves a hash open that only a start knows", () => {
  expect(concealService(declared("api", { configHash: "" }), HOW).configHash).toBe("");
});
