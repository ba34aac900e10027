import { describe, expect, it } from "vitest";
import type { Drift } from "../../src/plan/types.ts";
import { clearSnapshots } from "../../src/pulumi/stack/refresh-snapshot.ts";
import { serviceProvider } from "../../src/pulumi/stack/service-provider.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useNoDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { RECORDED_SECRET, recorded, recordedTwice } from "../support/recorded.ts";
import {
  changes,
  created,
  inputsOf,
  type News,
  type Olds,
  refreshed,
  withProvider,
} from "./service-resource.ts";

const EXITED: Drift = {
  kind: "exited",
  subject: "api",
  message: "api has ended with exit code 137",
  exitCode: 137,
};
const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

describe("create and update", () => {
  it("keep what is declared beside what will be found, and touch nothing", async () => {
    const docker = useFakeDocker();
    const { id, olds, news } = await created();
    const { projectName, service, fingerprintKey, hidden, __provider, ...state } = news;
    expect(id).toBe("lago-plan/api");
    expect(olds).toEqual({ ...news, declared: state, generation: expect.any(String) });
    expect(docker.calls()).toEqual([]);
  });

  it("return nothing that the state cannot hold, and not the provider's own text", async () => {
    const inputs = { ...inputsOf("db"), command: undefined, restartToken: undefined };
    const { outs } = await serviceProvider.create(inputs);
    const { outs: updated } = await serviceProvider.update("id", withProvider(outs), inputs);
    for (const outputs of [outs, updated]) {
      expect(outputs).toStrictEqual(JSON.parse(JSON.stringify(outputs)));
      expect(outputs).not.toHaveProperty("__provider");
    }
  });

  it("take a changed setting over", async () => {
    const { id, olds, news } = await created();
    const changed = { ...news, memoryBytes: 7 };
    expect(await changes(olds, changed)).toBe(true);
    const { outs } = await serviceProvider.update(id, olds, changed);
    expect(outs).toMatchObject({
      memoryBytes: 7,
      declared: { memoryBytes: 7 },
    });
    expect(await changes(withProvider(outs), changed)).toBe(false);
  });

  it("make another generation each time, so that a way back is a change as well", async () => {
    const { olds, news } = await created();
    const changed = { ...news, memoryBytes: 7 };
    const there = withProvider((await serviceProvider.update("id", olds, changed)).outs);
    // The deployment may have got that far and was killed, and this is what it had before.
    const back = withProvider((await serviceProvider.update("id", there, news)).outs);
    expect(back).toEqual({ ...olds, generation: expect.any(String) });
    expect(new Set([olds, there, back].map(({ generation }) => generation)).size).toBe(3);
  });

  it("keep the generation where only the way to show it changed", async () => {
    const { olds, news } = await created();
    const { outs } = await serviceProvider.update("id", olds, { ...news, hidden: ["MORE"] });
    expect(withProvider(outs).generation).toBe(olds.generation);
  });
});

describe("diff", () => {
  it("is none of what is the same, in whatever order", async () => {
    const { olds, news } = await created();
    expect(await changes(olds, news)).toBe(false);
    const reordered = Object.fromEntries(Object.entries(news).reverse()) as unknown as News;
    expect(await changes(olds, reordered)).toBe(false);
  });

  it.each<Partial<News>>([
    { image: "other" },
    { environment: {} },
    { settings: "#12345678" },
    { dependsOn: {} },
    { restartToken: "8" },
    { hidden: ["LAGO_API_URL"] },
    { fingerprintKey: "other" },
    { __provider: "newer" },
  ])("sees a change of %j, and never asks for a replacement", async (change) => {
    const { olds, news } = await created();
    expect(await serviceProvider.diff("id", olds, { ...news, ...change })).toEqual({
      changes: true,
    });
  });
});

describe("read", () => {
  it.each(["api", "db", "migrate", "worker"])("finds %s as declared", async (service) => {
    useFakeDocker(recorded());
    const { id, olds, news } = await created(service);
    const read = await refreshed(id, olds);
    expect(read.id).toBe(id);
    expect(read.olds).toEqual(olds);
    expect(await changes(read.olds, news)).toBe(false);
  });

  it("hands the engine inputs too, without what is no input", async () => {
    useFakeDocker(recorded((containers) => containers.exit("api", 1)));
    const { id, olds, news } = await created();
    const { inputs } = await serviceProvider.read(id, olds);
    const { __provider, ...declared } = news;
    expect(inputs).toStrictEqual({ ...declared, state: "exited (1)" });
    expect(inputs).not.toHaveProperty("drift");
  });

  it("calls a service gone that is missing, so that the next update makes it anew", async () => {
    useFakeDocker(recorded((containers) => containers.remove("api")));
    const { id, olds, news } = await created();
    expect(await serviceProvider.read(id, olds)).toEqual({ id: "", props: {} });
    const { outs } = await serviceProvider.create(news);
    expect(withProvider(outs).generation).not.toBe(olds.generation);
  });

  it("is no reason for anything where a one-shot was cleaned up", async () => {
    useFakeDocker(recorded((containers) => containers.remove("migrate")));
    const { id, olds } = await created("migrate");
    expect((await refreshed(id, olds)).olds).toEqual(olds);
  });

  it("finds drift, which the next update heals with one more generation, and no other does", async () => {
    useFakeDocker(recordedTwice((containers) => containers.exit("api", 137)));
    const { id, olds, news } = await created();
    const drifted = await refreshed(id, olds);
    expect(drifted.olds).toEqual({ ...olds, state: "exited (137)", drift: [EXITED] });
    expect(await changes(drifted.olds, news)).toBe(true);

    const healed = withProvider((await serviceProvider.update(id, drifted.olds, news)).outs);
    expect(healed).toEqual({ ...olds, generation: expect.any(String) });
    expect(healed.generation).not.toBe(olds.generation);

    const after = await refreshed(id, healed);
    expect(after.olds).toEqual(healed);
    expect(await changes(after.olds, news)).toBe(false);
    const { outs } = await serviceProvider.update(id, after.olds, news);
    expect(withProvider(outs).generation).toBe(healed.generation);
  });

  it("finds no drift any more that somebody else has healed", async () => {
    useFakeDocker(recordedTwice((containers) => containers.exit("api", 137)));
    const { id, olds, news } = await created();
    const drifted = await refreshed(id, olds);
    const after = await refreshed(id, drifted.olds);
    expect(after.olds).toEqual(olds);
    expect(await changes(after.olds, news)).toBe(false);
  });

  it("finds what a container was made of instead, with fingerprints in the place of secrets", async () => {
    useFakeDocker(
      recorded((containers) =>
        containers.change("db", ({ Config }) => {
          Config.Env.push("EXTRA=hunter2-extra");
          Config.Image = "getlago/postgres-partman:14.0-alpine";
        }),
      ),
    );
    const { id, olds } = await created("db");
    const { olds: found } = await refreshed(id, olds);
    expect(found).toMatchObject({
      image: "getlago/postgres-partman:14.0-alpine",
      environment: { ...olds.environment, EXTRA: expect.stringMatching(/^#[0-9a-f]{8}$/) },
      declared: olds.declared,
      generation: olds.generation,
    });
    expect(found.settings).not.toBe(olds.settings);
  });

  it.each<[string, Script]>([
    ["is down", { "container ls": DOWN }],
    ["is down by now", { "container inspect": DOWN }],
    ["answers nonsense", { "container inspect": { stdout: "<html>" } }],
    ["does not tell its images", { "image ls": DOWN }],
    ["does not tell its volumes", { "volume ls": DOWN }],
  ])("drops nothing and changes nothing when the engine %s", async (_, script) => {
    useFakeDocker({ ...recorded(), ...script });
    const { id, olds, news } = await created();
    expect(await serviceProvider.read(id, olds)).toEqual({ id, props: olds });
    expect(await changes(olds, news)).toBe(false);
  });

  it("drops nothing without docker", async () => {
    useNoDocker();
    const { id, olds } = await created();
    expect(await serviceProvider.read(id, olds)).toEqual({ id, props: olds });
  });

  it("keeps drift that was seen before while the engine cannot be asked", async () => {
    useFakeDocker({
      ...recorded((containers) => containers.exit("api", 1)),
      "image ls": [...[recorded()["image ls"] ?? []].flat(), DOWN],
    });
    const { id, olds, news } = await created();
    const drifted = await refreshed(id, olds);
    clearSnapshots();
    const unknown = await serviceProvider.read(id, drifted.olds);
    expect(unknown).toEqual({ id, props: drifted.olds });
    expect(await changes(withProvider(unknown.props), news)).toBe(true);
  });

  it("looks once for all services that one refresh asks for, whatever they hide", async () => {
    const docker = useFakeDocker(recorded());
    const services = await Promise.all([
      created("api", { hidden: ["LAGO_API_URL"] }),
      created("db", { hidden: ["POSTGRES_DB"] }),
      created("worker"),
    ]);
    const read = async ({ id, olds }: (typeof services)[0]) =>
      (await serviceProvider.read(id, olds)).props;
    const together = await Promise.all(services.slice(1).map(read));
    // Pulumi asks for the rest when the first are answered.
    const found = [await read(services[0]), ...together];
    expect(found.map(withProvider)).toEqual(services.map(({ olds }) => olds));
    expect(docker.calls("container inspect")).toHaveLength(1);

    clearSnapshots();
    await read(services[0]);
    expect(docker.calls("container inspect")).toHaveLength(2);
  });

  it("keeps no secret of a container", async () => {
    useFakeDocker(
      recorded((containers) => {
        for (const service of ["api", "db", "worker"]) {
          containers.change(service);
        }
      }),
    );
    for (const service of ["api", "db", "worker"]) {
      const { id, olds } = await created(service);
      const read = await serviceProvider.read(id, olds);
      expect(JSON.stringify([olds, read])).not.toContain(RECORDED_SECRET);
      expect(JSON.stringify([olds, read])).not.toContain("of other settings");
    }
  });
});

describe("a state of an earlier release, which lists no drift", () => {
  /** Such a state: without the list, as found by its last refresh. */
  async function earlier(found: Partial<Olds> = {}) {
    const { id, olds, news } = await created();
    const { drift: _, ...state } = { drift: undefined, ...olds, ...found };
    return { id, news, olds: state as Olds };
  }

  it("is kept to the letter by a refresh, a diff and an update where nothing drifted", async () => {
    useFakeDocker(recorded());
    const { id, olds, news } = await earlier();
    expect(await changes(olds, news)).toBe(false);
    const read = await refreshed(id, olds);
    expect({ id: read.id, olds: read.olds }).toStrictEqual({ id, olds });
    expect(await changes(read.olds, news)).toBe(false);
    const { outs } = await serviceProvider.update(id, read.olds, news);
    expect(withProvider(outs)).toStrictEqual(olds);
  });

  it("is healed by one update, without a replacement, after which nothing differs", async () => {
    useFakeDocker(recordedTwice((containers) => containers.exit("api", 137)));
    const { id, olds, news } = await earlier({ state: "exited (137)" });
    expect(await serviceProvider.diff(id, olds, news)).toEqual({ changes: true });
    const read = await refreshed(id, olds);
    expect(read.olds).toStrictEqual({ ...olds, drift: [EXITED] });
    expect(await serviceProvider.diff(id, read.olds, news)).toEqual({ changes: true });

    const healed = withProvider((await serviceProvider.update(id, read.olds, news)).outs);
    expect(healed).not.toHaveProperty("drift");
    expect(healed.generation).not.toBe(olds.generation);
    expect(await changes(healed, news)).toBe(false);
    expect((await refreshed(id, healed)).olds).toStrictEqual(healed);
  });
});
