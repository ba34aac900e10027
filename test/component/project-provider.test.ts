import { describe, expect, it } from "vitest";
import { projectProvider } from "../../src/stack/project-provider.ts";
import { psLine, type Script } from "../support/answers.ts";
import { useFakeDocker, useNoDocker } from "../support/fake-docker.ts";
import { created, DOWN, PORTS, PROVIDER, SERVICES, SPEC } from "./sample-project.ts";

describe("create and update", () => {
  it("begin with the first generation and no drift, and touch nothing", async () => {
    const docker = useFakeDocker();
    const { id, olds } = await created();
    expect(id).toBe("lago-test");
    expect(olds).toEqual({
      ...PROVIDER,
      spec: SPEC,
      digest: "d",
      services: SERVICES,
      ports: PORTS,
      generation: 1,
      drift: [],
    });
    expect(docker.calls()).toEqual([]);
  });

  it("keep the generation when a setting changes", async () => {
    const { id, olds, news } = await created();
    const changed = { ...news, spec: { ...SPEC, restartToken: "2" } };
    const { outs } = await projectProvider.update(id, olds, changed);
    expect(outs).toMatchObject({ generation: 1, drift: [], spec: { restartToken: "2" } });
    expect(outs).not.toHaveProperty("__provider");
  });

  it("return nothing that the state cannot hold", async () => {
    const spec = { ...SPEC, restartToken: undefined };
    const { id, olds, news } = await created({ spec });
    const { outs } = await projectProvider.update(id, olds, news);
    for (const outputs of [olds, outs]) {
      expect("restartToken" in (outputs as { spec: object }).spec).toBe(false);
    }
  });
});

describe("diff", () => {
  it("is none when nothing changed, in whatever order", async () => {
    const { id, olds, news } = await created();
    expect(await projectProvider.diff(id, olds, news)).toEqual({ changes: false });
    const { spec, ...rest } = news;
    const reordered = { spec: Object.fromEntries(Object.entries(spec).reverse()), ...rest };
    const same = reordered as typeof news;
    expect(await projectProvider.diff(id, olds, same)).toEqual({ changes: false });
  });

  it.each<[string, object]>([
    ["a setting", { spec: { ...SPEC, restartToken: "2" } }],
    ["a setting that is gone", { spec: { projectName: "lago-test" } }],
    ["the files", { digest: "other" }],
    ["the services", { services: SERVICES.slice(1) }],
    ["the provider's own text", { __provider: "newer" }],
  ])("sees a change of %s, and never asks for a replacement", async (_, change) => {
    const { id, olds, news } = await created();
    const diff = await projectProvider.diff(id, olds, { ...news, ...change });
    expect(diff).toEqual({ changes: true });
  });
});

const RUNNING = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });

describe("read", () => {
  it("finds no drift where all is as declared", async () => {
    useFakeDocker({ ps: { stdout: RUNNING } });
    const { id, olds, news } = await created();
    const read = await projectProvider.read(id, olds);
    expect(read).toEqual({ id, props: olds });
    expect(await projectProvider.diff(id, read.props, news)).toEqual({ changes: false });
  });

  it("finds drift once, and the next update heals it with one more generation", async () => {
    useFakeDocker({ ps: [{ stdout: psLine("db") }, { stdout: RUNNING }] });
    const { id, olds, news } = await created();
    const drifted = await projectProvider.read(id, olds);
    expect(drifted.props).toMatchObject({ drift: ["api is missing"], generation: 1 });
    expect(await projectProvider.diff(id, drifted.props, news)).toEqual({ changes: true });

    const { outs } = await projectProvider.update(id, drifted.props, news);
    expect(outs).toMatchObject({ drift: [], generation: 2 });

    const healed = await projectProvider.read(id, { ...outs, ...PROVIDER });
    expect(healed.props).toMatchObject({ drift: [], generation: 2 });
    expect(await projectProvider.diff(id, healed.props, news)).toEqual({ changes: false });
  });

  it.each<[string, Script]>([
    ["is down", { ps: DOWN }],
    ["answers nonsense", { ps: { stdout: "<html>" } }],
  ])("drops nothing and changes nothing when the engine %s", async (_, script) => {
    useFakeDocker(script);
    const { id, olds, news } = await created();
    const read = await projectProvider.read(id, olds);
    expect(read).toEqual({ id, props: olds });
    expect(await projectProvider.diff(id, read.props, news)).toEqual({ changes: false });
  });

  it("drops nothing without docker", async () => {
    useNoDocker();
    const { id, olds } = await created();
    expect(await projectProvider.read(id, olds)).toEqual({ id, props: olds });
  });

  it("keeps drift that was seen before while the engine cannot be asked", async () => {
    useFakeDocker({ ps: [{ stdout: psLine("db") }, DOWN] });
    const { id, olds } = await created();
    const { props } = await projectProvider.read(id, olds);
    expect(await projectProvider.read(id, props)).toEqual({ id, props });
    expect(props).toMatchObject({ drift: ["api is missing"] });
  });

  it("needs no folder and no file any more", async () => {
    useFakeDocker({ ps: { stdout: RUNNING } });
    const { id, olds } = await created({ spec: { ...SPEC, lagoPath: "/zbl-test/gone" } });
    expect((await projectProvider.read(id, olds)).props).toMatchObject({ drift: [] });
  });
});
