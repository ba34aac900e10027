import { describe, expect, it } from "vitest";
import { projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { created, PORTS, PROVIDER, SPEC } from "./sample-project.ts";

describe("create and update", () => {
  it("keep what is declared, and touch nothing", async () => {
    const docker = useFakeDocker();
    const { id, olds } = await created();
    expect(id).toBe("lago-test");
    expect(olds).toEqual({ ...PROVIDER, spec: SPEC, digest: "d", ports: PORTS });
    expect(docker.calls()).toEqual([]);
  });

  it("take a setting that changes", async () => {
    const { id, olds, news } = await created();
    const changed = { ...news, spec: { ...SPEC, restartToken: "2" } };
    const { outs } = await projectProvider.update(id, olds, changed);
    expect(outs).toMatchObject({ spec: { restartToken: "2" } });
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
    ["the ports", { ports: { ...PORTS, api: 4000 } }],
    ["the provider's own text", { __provider: "newer" }],
  ])("sees a change of %s, and never asks for a replacement", async (_, change) => {
    const { id, olds, news } = await created();
    const diff = await projectProvider.diff(id, olds, { ...news, ...change });
    expect(diff).toEqual({ changes: true });
  });
});

it("is read by the states of earlier releases, which nothing is asked for", async () => {
  const docker = useFakeDocker();
  const { id, olds, news } = await created();
  const earlier = {
    ...olds,
    services: [],
    generation: 3,
    drift: ["api is missing"],
  } as typeof olds;
  expect(await projectProvider.read(id, earlier)).toEqual({ id, props: earlier });
  expect(docker.calls()).toEqual([]);
  // What they hold too much goes with the next update.
  expect(await projectProvider.diff(id, earlier, news)).toEqual({ changes: true });
  const { outs } = await projectProvider.update(id, earlier, news);
  expect(await projectProvider.diff(id, { ...outs, ...PROVIDER } as typeof olds, news)).toEqual({
    changes: false,
  });
});
