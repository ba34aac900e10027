import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Choice, choosePorts, FIRST_PORT, PORT_COUNT } from "../../../src/ports/choose.ts";
import { PUBLISHED_SERVICES } from "../../../src/spec/wanted-ports.ts";
import "../../support/arbitraries.ts";

const project = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/);
const port = fc.integer({ min: FIRST_PORT, max: FIRST_PORT + PORT_COUNT - 1 });
const anyPort = fc.integer({ min: 1, max: 65_535 });
const wish = fc.oneof(fc.constant("auto" as const), anyPort, fc.constant(undefined));
const keptPort = fc.option(anyPort, { nil: undefined });
const choice: fc.Arbitrary<Choice> = fc.record({
  project,
  wanted: fc.record({ api: wish, front: wish }),
  kept: fc
    .record({ api: keptPort, front: keptPort })
    .map((kept) => JSON.parse(JSON.stringify(kept))),
  taken: fc.array(port, { maxLength: 50 }).map((ports) => new Set(ports)),
});

const AUTO = { api: "auto", front: "auto" } as const;
const chosen = (name: string, taken: Iterable<number> = [], kept: Choice["kept"] = {}) =>
  choosePorts({ project: name, wanted: AUTO, kept, taken: new Set(taken) });
const ALL = Array.from({ length: PORT_COUNT }, (_, index) => FIRST_PORT + index);

describe("the ports that are chosen", () => {
  it("are the given ones where they are given", () => {
    fc.assert(
      fc.property(choice, (one) => {
        const ports = choosePorts(one);
        for (const service of PUBLISHED_SERVICES.filter((name) => one.wanted[name] !== "auto")) {
          expect(ports[service]).toBe(one.wanted[service]);
        }
      }),
    );
  });

  it("are those that the project has already, or else of the range and not taken", () => {
    fc.assert(
      fc.property(choice, (one) => {
        const ports = choosePorts(one);
        for (const service of PUBLISHED_SERVICES.filter((name) => one.wanted[name] === "auto")) {
          const found = ports[service] ?? 0;
          if (found !== one.kept[service]) {
            expect(one.taken.has(found)).toBe(false);
            expect(found).toBeGreaterThanOrEqual(FIRST_PORT);
            expect(found).toBeLessThan(FIRST_PORT + PORT_COUNT);
          }
        }
      }),
    );
  });

  it("stay what the project has, although they are taken, unless the other service has it", () => {
    fc.assert(
      fc.property(project, anyPort, anyPort, (name, api, front) => {
        const ports = chosen(name, [api, front], { api, front });
        expect(ports.api).toBe(api);
        expect(ports.front === front).toBe(api !== front);
        const given = choosePorts({
          project: name,
          wanted: { api: front, front: "auto" },
          kept: { front },
          taken: new Set(),
        });
        expect(given.front).not.toBe(front);
      }),
    );
  });

  it("are never the same for api and front, unless both are given as one", () => {
    fc.assert(
      fc.property(choice, (one) => {
        fc.pre(one.wanted.api === "auto" || one.wanted.front === "auto");
        const { api, front } = choosePorts(one);
        expect(api !== undefined && api === front).toBe(false);
      }),
    );
  });

  it("are the same again, and as others take other ports", () => {
    fc.assert(
      fc.property(project, fc.array(port), (name, others) => {
        const ports = chosen(name);
        expect(chosen(name)).toEqual(ports);
        const elsewhere = others.filter((one) => one !== ports.api && one !== ports.front);
        expect(chosen(name, elsewhere)).toEqual(ports);
      }),
    );
  });

  it("are the last free ones where all others are taken, and none where there is none", () => {
    fc.assert(
      fc.property(project, fc.uniqueArray(port, { maxLength: 2 }), (name, free) => {
        const { api, front } = chosen(
          name,
          ALL.filter((one) => !free.includes(one)),
        );
        const found = [api, front].filter((one) => one !== undefined);
        expect(found.sort()).toEqual([...free].sort());
      }),
      { numRuns: 20 },
    );
  });

  it("are rarely the same for two projects", () => {
    const names = Array.from({ length: 100 }, (_, index) => `lago-${index}`);
    const ports = names.flatMap((name) => Object.values(chosen(name)));
    const numbers = ports.filter((one) => one !== undefined);
    // Of 200 out of 10 000, about two pairs are to be expected.
    expect(new Set(numbers).size).toBeGreaterThan(190);
  });
});
