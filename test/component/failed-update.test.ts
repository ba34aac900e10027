/** State of a service whose deployment failed: that of the containers, which are still the earlier ones. */
import { describe, expect, it } from "vitest";
import { clearSnapshots } from "../../src/pulumi/stack/refresh-snapshot.ts";
import { serviceProvider } from "../../src/pulumi/stack/service-provider.ts";
import { useFakeDocker, useNoDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { type Containers, recorded } from "../support/recorded.ts";
import { changes, created, type Olds, refreshed, withProvider } from "./service-resource.ts";

const NEXT = { image: "getlago/api:v9.99.0", settings: "#99999999", hidden: ["LAGO_API_URL"] };

/** A service that was deployed, and declared anew for a deployment that is still to come. */
async function declaredAnew(service = "api") {
  useFakeDocker(recorded());
  clearSnapshots();
  const { id, olds, news } = await created(service);
  const next = { ...news, ...NEXT };
  const { outs } = await serviceProvider.update(id, olds, next);
  return { id, before: olds, next, olds: withProvider(outs) };
}

/** Refreshes the resource when somebody has changed the containers. */
async function later(id: string, olds: Olds, change: (containers: Containers) => void) {
  useFakeDocker(recorded(change));
  return (await refreshed(id, olds)).olds;
}

/** Gives the containers of a service other ids, as a deployment does that replaces them. */
function replace(containers: Containers, service: string): void {
  for (const one of containers.of(service)) {
    one.Id = `${one.Id.slice(0, -4)}beef`;
  }
}

describe("an update whose deployment fails before it reaches the containers", () => {
  it("leaves the state of the last deployment, without drift, and the change still to make", async () => {
    const { id, before, next, olds } = await declaredAnew();
    expect(olds).toMatchObject({ ...NEXT, declared: { image: NEXT.image } });

    const found = await later(id, olds, () => {});
    expect(found).toStrictEqual(before);
    expect(await changes(found, next)).toBe(true);
    const { outs } = await serviceProvider.update(id, found, next);
    expect(withProvider(outs).generation).not.toBe(before.generation);
  });

  it("finds what drifted since the last deployment, and nothing else", async () => {
    const { id, before, olds } = await declaredAnew();
    const found = await later(id, olds, (containers) => containers.exit("api", 137));
    expect(found.drift).toMatchObject([{ kind: "exited", exitCode: 137 }]);
    expect(found).toMatchObject({ image: before.image, declared: before.declared });
  });

  it("may fail again without a refresh in between", async () => {
    const { id, before, next, olds } = await declaredAnew();
    const { outs } = await serviceProvider.update(id, olds, { ...next, settings: "#aaaaaaaa" });
    expect(await later(id, withProvider(outs), () => {})).toStrictEqual(before);
  });

  it("is undone by the declaration of before, with nothing left to remember", async () => {
    const { id, before, olds } = await declaredAnew();
    const { declared, generation, ...news } = before;
    const { outs } = await serviceProvider.update(id, olds, news);
    expect(withProvider(outs)).toStrictEqual({ ...before, generation: expect.any(String) });
  });
});

describe("an update whose deployment replaces the containers", () => {
  it("finds a container of before, made anew by hand, to differ from the declaration", async () => {
    const { id, olds } = await declaredAnew();
    const found = await later(id, olds, (containers) => replace(containers, "api"));
    expect(found.declared).toMatchObject({ image: NEXT.image });
    expect(found.drift).toMatchObject([
      { kind: "version", message: expect.stringMatching(/runs .*:v1.*, and .*:v9\.99\.0 is/) },
      { kind: "configuration" },
    ]);
  });

  it("keeps the new declaration when it replaced some containers of a service", async () => {
    const { id, olds } = await declaredAnew("worker");
    const found = await later(id, olds, (containers) => {
      const [first] = containers.of("worker");
      Object.assign(first ?? {}, { Id: "another" });
    });
    expect(found.declared).toMatchObject({ image: NEXT.image });
  });
});

describe("an update while the engine does not answer", () => {
  it("declares the service anew, and remembers no containers", async () => {
    useNoDocker();
    clearSnapshots();
    const { id, olds, news } = await created();
    const next = { ...news, ...NEXT };
    const updated = withProvider((await serviceProvider.update(id, olds, next)).outs);
    expect(updated.declared).toMatchObject({ image: NEXT.image });
    expect(await changes(updated, next)).toBe(false);
    expect(updated).not.toHaveProperty("previous");
  });
});
