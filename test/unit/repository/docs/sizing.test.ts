/** docs/sizing.md names services, pools and settings that exist. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { settingsToEnvironment } from "../../../../src/lago/catalogue/index.ts";
import { WORKER_POOLS } from "../../../../src/lago/pools.ts";
import { STACK_SETTING_NAMES } from "../../../../src/spec/names.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { blocksOf } from "../../../support/docs/markdown.ts";

const text = documentText("docs/sizing.md");
const bundled = parse(readFileSync(join(ROOT, "src/bundled/docker-compose.yml"), "utf8"));
const pools = Object.entries(WORKER_POOLS);
const services = [...Object.keys(bundled.services), ...pools.map(([, { service }]) => service)];

describe("docs/sizing.md", () => {
  it("has rows for services of the bundled file and workers only", () => {
    const named = [...text.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gm)].flatMap(
      ([, cell = ""]) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = ""]) => name),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !services.includes(name))).toEqual([]);
  });

  it("has settings of a stack in its example", () => {
    const [block] = blocksOf(text).filter(({ language }) => language === "yaml");
    const { config } = parse(block?.lines.join("\n") ?? "");
    const given = Object.fromEntries(
      Object.entries(config).map(([name, value]) => [name.replace("z-billing-lago:", ""), value]),
    ) as Record<string, Record<string, unknown>>;
    const known: readonly string[] = STACK_SETTING_NAMES;
    expect(Object.keys(given).filter((name) => !known.includes(name))).toEqual([]);
    const { workers = {}, memoryLimits = {}, settings } = given;
    expect(Object.keys(workers).filter((name) => !(name in WORKER_POOLS))).toEqual([]);
    expect(Object.keys(memoryLimits).filter((name) => !services.includes(name))).toEqual([]);
    expect(settingsToEnvironment(settings).variables).toMatchObject({ WEB_CONCURRENCY: "2" });
  });
});
