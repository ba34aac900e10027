/** One commit promoted through three stacks by pushes to their branches. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LAGO_KEYS } from "../../../src/lago/lago-keys.ts";
import { secretValues } from "../../../src/lago/secret-settings.ts";
import {
  containerId,
  containersOf,
  environmentOf,
  requireDocker,
  volumesOf,
} from "../../../testing/docker.ts";
import { SMALL_RUNS } from "../../../testing/small-program.ts";
import { must } from "../../../testing/stack.ts";
import { livesOf, standingOf } from "../../../testing/standing.ts";
import { commandsIn } from "../../support/docs/commands.ts";
import { documentText } from "../../support/docs/documents.ts";
import { createGitDeployment, type GitDeployment, STACKS } from "../support/git-deployment.ts";
import { expectNoneOf } from "../support/secrets.ts";

let lago: GitDeployment;

beforeAll(async () => {
  await requireDocker();
  lago = await createGitDeployment();
});

afterAll(async () => {
  await lago?.dispose();
});

const tipOf = async (branch: string) =>
  must(await lago.git("ls-remote", "origin", branch)).stdout.split("\t")[0];

describe("promotion", () => {
  const SENDERS = { dev: "dev@lago.test", staging: "staging@lago.test", prod: "prod@lago.test" };
  const livesOfAll = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.values(STACKS).map(async (stack) => [stack, await livesOf(lago.project(stack))]),
      ),
    ) as Record<string, Record<string, string>>;

  beforeAll(async () => {
    for (const [stack, from] of Object.entries(SENDERS)) {
      await lago.configure(stack, ({ settings }) => {
        Object.assign((settings as { mail: object }).mail, { from });
      });
    }
    must(await lago.push());
  });

  it.each([
    ["staging", "staging"],
    ["production", "prod"],
  ] as const)(
    "to %s deploys the same commit there, and touches no other",
    async (branch, stack) => {
      const before = await livesOfAll();
      expect(before[stack]).toEqual({});
      must(await lago.push(`main:${branch}`));
      expect(await tipOf(branch)).toBe(await tipOf("main"));
      expect(standingOf(await containersOf(lago.project(stack)))).toEqual(SMALL_RUNS);
      expect((await environmentOf(lago.project(stack), "api")).LAGO_FROM_EMAIL).toBe(
        SENDERS[stack],
      );
      const after = await livesOfAll();
      expect({ ...after, [stack]: {} }).toEqual(before);
    },
  );

  it("leaves the stacks side by side, with nothing in common but the commit", async () => {
    const things: string[] = [];
    for (const [stack, from] of Object.entries(SENDERS)) {
      const project = lago.project(stack);
      const api = (await containersOf(project)).get("api");
      const environment = await environmentOf(project, "api");
      expect(environment.LAGO_FROM_EMAIL).toBe(from);
      const bindings = Object.values(api?.HostConfig.PortBindings ?? {}).flat();
      const ports = bindings.map((binding) => binding?.HostPort ?? "");
      expect(ports).toHaveLength(1);
      expect((await fetch(`http://localhost:${ports[0]}/health`)).status).toBe(200);
      const volumes = await volumesOf(project);
      expect(volumes).toContain(`${project}_lago_postgres_data`);
      // The api has some of them by two names.
      const names = LAGO_KEYS.flatMap(({ variables }) => variables);
      const keys = new Set(names.flatMap((name) => environment[name] ?? []));
      expect(keys.size).toBeGreaterThanOrEqual(5);
      things.push(await containerId(project, "api"), ...ports, ...volumes, ...keys);
    }
    expect(new Set(things).size).toBe(things.length);
  });

  it("is made by the very pushes that docs/pipelines.md tells", () => {
    const told = commandsIn("docs/pipelines.md", documentText("docs/pipelines.md")).flatMap(
      ({ text }) => /^git push origin (\S+):(\S+)$/.exec(text)?.slice(1).join(" -> ") ?? [],
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((push) => !lago.printed().includes(push))).toEqual([]);
  });

  it("gave away no secret of any stack, to whoever pushed or looked", async () => {
    const secrets = new Set([lago.secret]);
    for (const stack of Object.values(STACKS)) {
      const environment = await environmentOf(lago.project(stack), "api");
      expect(environment.LAGO_SMTP_PASSWORD).toBe(lago.secret);
      for (const value of secretValues(environment)) {
        secrets.add(value);
      }
    }
    expectNoneOf(secrets, lago.printed(), "output");
  });
});
