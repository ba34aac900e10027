/** This repository's own workflows on GitHub. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DAILY } from "../../../scripts/checks/groups.ts";
import { ROOT } from "../../../testing/folders.ts";

const FOLDER = join(ROOT, ".github/workflows");
const workflows = readdirSync(FOLDER).map(
  (name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const,
);

describe.each(workflows)("the workflow %s", (name, text) => {
  it("takes actions by commit, and says of which version", () => {
    const used = text.split("\n").filter((line) => /\buses:/.test(line));
    expect(used).not.toEqual([]);
    for (const line of used) {
      expect(line).toMatch(/uses: (\.\/\.github\/|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/);
    }
  });

  it("has no right that it does not name", () => {
    const { permissions, jobs } = parse(text);
    expect([{}, { contents: "read" }]).toContainEqual(permissions);
    const writes = Object.values<{ permissions?: Record<string, string> }>(jobs).flatMap((job) =>
      Object.entries(job.permissions ?? {}).filter(([, right]) => right !== "read"),
    );
    expect(writes).toEqual(name === "release.yml" ? [["id-token", "write"]] : []);
  });
});

describe("the groups of checks", () => {
  const texts = Object.fromEntries(workflows);

  it("are all of npm test's in ci.yml, each once, with every shard", () => {
    const { include } = parse(texts["ci.yml"] ?? "").jobs.test.strategy.matrix;
    const jobs = (include as { arguments: string }[]).map((job) => job.arguments);
    const groups = jobs.flatMap((text) => /--only (\S+)/.exec(text)?.[1]?.split(",") ?? []);
    expect([...new Set(groups)].sort()).toEqual([...DAILY].sort());
    const shards = jobs.flatMap((text) => /--shard (\S+)/.exec(text)?.[1] ?? []);
    expect(shards).toEqual(shards.map((_, index) => `${index + 1}/${shards.length}`));
    expect(groups).toHaveLength(DAILY.length + shards.length - 1);
  });

  it("all run each week", () => {
    const { on, jobs } = parse(texts["all.yml"] ?? "");
    expect(on.schedule).toHaveLength(1);
    expect(jobs.test.steps.at(-1).run).toBe("npm run test:all");
  });
});

describe("the release", () => {
  const { jobs } = parse(Object.fromEntries(workflows)["release.yml"] ?? "");

  it("is published after all tests, once the tag is found to be right", () => {
    expect(jobs.test.uses).toBe("./.github/workflows/all.yml");
    expect(jobs.publish.needs).toBe("test");
    const commands = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    expect(commands).toEqual([
      'npm run release -- "$GITHUB_REF_NAME"',
      "npm run package",
      "npm publish ./z-billing-lago-*.tgz --provenance --access public",
    ]);
  });
});
