import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHECKS, runChecks } from "../../../../src/checks/index.ts";
import { lintText } from "../../../../src/cli/output/lint-text.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";
import { serviceDetails } from "../../../../src/compose/service-details.ts";
import { VARIABLES } from "../../../../src/lago/catalogue/index.ts";
import { anyText } from "../../../support/arbitraries.ts";
import { project } from "../subject.ts";

const SOURCES = fc.constantFrom("lint" as const, "stack" as const);
const NAMES = VARIABLES.map(({ name }) => name);
const compose = project();
const model = parseComposeModel(JSON.stringify(compose));
const services = serviceDetails(compose);
const ids = new Set([...CHECKS.map(({ id }) => id), "unknown-exception"]);

describe("whatever the values", () => {
  it("the checks find without failing, and each finding is whole", () => {
    const variables = fc.dictionary(fc.constantFrom(...NAMES), anyText(), { maxKeys: 12 });
    fc.assert(
      fc.property(variables, SOURCES, (values, source) => {
        for (const finding of runChecks({ variables: values, model, services, source })) {
          expect(ids.has(finding.id)).toBe(true);
          expect(finding.unsafeName.startsWith(`${finding.id}:`)).toBe(true);
          expect(finding.reason && finding.remedy && finding.field).toBeTruthy();
        }
      }),
    );
  });

  it("no finding shows a value", () => {
    const secret = anyText({ maxLength: 20 }).map((text) => `qzx7${text}qzx7`);
    const form = fc.constantFrom(
      (value: string) => value,
      (value: string) => `postgresql://u:${value}@h/d`,
      (value: string) => `https://${value}.acme.com/${value}`,
      (value: string) => `-----BEGIN ${value}`,
    );
    fc.assert(
      fc.property(secret, form, fc.constantFrom(...NAMES), SOURCES, (value, make, name, source) => {
        const variables = { [name]: make(value) };
        const findings = runChecks({ variables, model, services, source });
        const report = { path: "", composeFiles: [], findings };
        expect(JSON.stringify(findings)).not.toContain("qzx7");
        expect(lintText(report)).not.toContain("qzx7");
      }),
    );
  });

  it("exceptions take away what they name and nothing else", () => {
    const variables = {
      LAGO_SIDEKIQ_WEB: "true",
      SECRET_KEY_BASE: "short",
      POSTGRES_PASSWORD: "a@b",
    };
    const description = { variables, model, services, source: "lint" as const };
    const all = runChecks(description);
    fc.assert(
      fc.property(fc.subarray(all.map(({ unsafeName }) => unsafeName)), (allowUnsafe) => {
        const left = runChecks({ ...description, allowUnsafe });
        expect(left).toEqual(all.filter(({ unsafeName }) => !allowUnsafe.includes(unsafeName)));
      }),
    );
  });

  it("any name in allowUnsafe, and any name of a variable, is taken", () => {
    fc.assert(
      fc.property(
        fc.array(anyText()),
        fc.dictionary(anyText(), anyText()),
        (allowUnsafe, given) => {
          const found = runChecks({
            variables: given,
            model,
            services,
            source: "lint",
            allowUnsafe,
          });
          const unknown = found.filter(({ id }) => id === "unknown-exception");
          expect(unknown.length).toBe(new Set(allowUnsafe).size);
        },
      ),
    );
  });
});

describe("whatever the compose file", () => {
  it("its services are read and judged without failing", () => {
    const service = fc.record(
      {
        image: fc.oneof(fc.constantFrom("getlago/api:v1.50.0", "postgres", "x:1"), anyText()),
        command: fc.anything(),
        environment: fc.anything(),
        ports: fc.anything(),
        volumes: fc.anything(),
        logging: fc.anything(),
        container_name: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const projects = fc.record({ services: fc.dictionary(anyText({ minLength: 1 }), service) });
    fc.assert(
      fc.property(fc.oneof(projects, fc.anything()), SOURCES, (value, source) => {
        const details = serviceDetails(value);
        const findings = runChecks({ variables: {}, model, services: details, source });
        expect(Array.isArray(findings)).toBe(true);
      }),
    );
  });
});
