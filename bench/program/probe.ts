/**
 * Loads a Pulumi program as Pulumi's own runner does, and ends at its first resource registration.
 * Pulumi's `cmd/run` requires the SDK and its support for readable stack traces, and then imports
 * the program. The mocks of the SDK replace the engine.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const STANDARD_OUTPUT = 1;

const load = createRequire(import.meta.url);
createRequire(load.resolve("@pulumi/pulumi"))("source-map-support/register");
const { runtime } = load("@pulumi/pulumi") as typeof import("@pulumi/pulumi");

await runtime.setMocks(
  {
    call: () => ({}),
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
  },
  "z-billing-lago",
  "dev",
  false,
);

/** Registers resources; the SDK has no type for it. */
interface Monitor {
  registerResource(request: { getName(): string }): void;
}

(runtime.getMonitor() as unknown as Monitor).registerResource = (request) => {
  const reached = { name: request.getName(), sinceStartMs: performance.now() };
  writeFileSync(STANDARD_OUTPUT, `${JSON.stringify(reached)}\n`);
  // The SDK would report resources that are not registered yet.
  process.removeAllListeners("exit").exit();
};

await import(pathToFileURL(process.argv[2] ?? "").href);
