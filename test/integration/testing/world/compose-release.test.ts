/** Whoever asks the scripted docker for compose's release hears the same in each form. */
import { expect, it, onTestFinished } from "vitest";
import { run } from "../../../../src/process/run.ts";
import { createFakeWorld } from "../../../../testing/world/fake-world.ts";

it("is the release that a case says, and the model's otherwise", async () => {
  const world = await createFakeWorld("F", () => {});
  onTestFinished(() => world.dispose());
  const ask = async (...args: string[]) =>
    (await run("docker", args, { env: world.environment, timeoutMs: 20_000 })).stdout.trim();
  const host = ["--host", "tcp://127.0.0.1:1"];
  const json = async (...args: string[]): Promise<unknown> => JSON.parse(await ask(...args));
  const releases = async () => [
    await ask("compose", "version", "--short"),
    await json("compose", "version", "--format", "json"),
    await json(...host, "compose", "version", "--format", "json"),
  ];
  expect(await releases()).toEqual(["2.26.1", { version: "2.26.1" }, { version: "2.26.1" }]);
  world.docker.answer(await world.composeRelease("2.17.3"));
  expect(await releases()).toEqual(["2.17.3", { version: "2.17.3" }, { version: "2.17.3" }]);
  expect(await json(...host, "version", "--format", "{{ json . }}")).toMatchObject({
    Server: { Version: "26.1.5" },
  });
  await world.heal();
  expect((await releases())[0]).toBe("2.26.1");
});
