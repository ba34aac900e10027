import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";

/** Runs a script that is nothing but a call of `runScript`. */
async function script(call: string) {
  const from = (name: string) => JSON.stringify(pathToFileURL(join(ROOT, name)).href);
  const source = `
    import { runScript } from ${from("scripts/lib/entry.ts")};
    import { SetupFailure } from ${from("setup/failure.ts")};
    await runScript(${call});`;
  const args = ["--input-type=module-typescript", "-e", source];
  const env = inheritedEnvironment();
  const { exitCode, stderr } = await run(process.execPath, args, { env, timeoutMs: 20_000 });
  return { exitCode, stderr };
}

const STOPPED = `async ({ signal }) => {
  const alive = setInterval(() => {}, 1_000);
  process.kill(process.pid, "SIGTERM");
  await new Promise((done) => signal.addEventListener("abort", done));
  clearInterval(alive);
  throw new Error("cut short");
}`;

it("a script that is stopped names the command that goes on", async () => {
  expect(await script(`${STOPPED}, () => "npm start -- --stack prod"`)).toEqual({
    exitCode: 130,
    stderr: "!!  Stopped. Go on: npm start -- --stack prod\n",
  });
  expect(await script(STOPPED)).toEqual({
    exitCode: 130,
    stderr: "!!  Stopped. Run the same command again to go on.\n",
  });
});

it("a script that fails is not asked how to go on", async () => {
  const main = `async () => { throw new SetupFailure("no such argument", { exitCode: 2 }); }`;
  expect(await script(`${main}, () => { throw new Error("was asked"); }`)).toEqual({
    exitCode: 2,
    stderr: "!!  no such argument\n",
  });
});
