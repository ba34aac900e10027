/** Runs a Pulumi program against Pulumi's own mocks and keeps what it registers. */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

const load = createRequire(import.meta.url);

export { reveal, secretPaths, withoutSecrets } from "./pulumi-values.ts";

/**
 * The package, loaded by Node itself: Pulumi writes down the text of the dynamic providers' methods,
 * and could not do so with what the test runner makes of it.
 */
export const { LagoStack } = load("z-billing-lago") as typeof import("../../src/index.ts");

/** A resource as the engine is asked to make it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** Inputs with secrets still marked: `pulumi-values.ts` opens them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of the resources that it waits for. */
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** How to run a program. */
export interface MockOptions {
  /** Whether it is a preview, in which outputs of resources are not known. Defaults to false. */
  readonly preview?: boolean;
  /** Defaults to `dev`. */
  readonly stack?: string;
  /** Outputs of a resource beside its inputs. Defaults to none. */
  readonly outputs?: (resource: Registered) => Readonly<Record<string, unknown>>;
}

/** The request as far as it is looked at; the SDK has no type for it. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getProtect(): boolean;
}

interface Monitor {
  registerResource(request: Request, callback: unknown): unknown;
}

/**
 * Makes the mocks the engine of this process and returns the list that resources are added to, in
 * the order in which they are registered.
 */
export async function useMocks(options: MockOptions = {}): Promise<readonly Registered[]> {
  // Before the test runner's own listener.
  process.off("unhandledRejection", showable).prependListener("unhandledRejection", showable);
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`the program called ${token}, which nobody expected`);
      },
      newResource: ({ name, inputs }) => {
        const resource = registered.find((one) => one.name === name);
        const outputs = resource === undefined ? {} : (options.outputs?.(resource) ?? {});
        // What the engine does by itself.
        const secret = resource?.additionalSecretOutputs ?? [];
        const marked = Object.entries(outputs).map(([key, value]) => [
          key,
          secret.includes(key) ? pulumi.secret(value) : value,
        ]);
        return { id: `${name}-id`, state: { ...inputs, ...Object.fromEntries(marked) } };
      },
    },
    "zbl-test",
    options.stack ?? "dev",
    options.preview ?? false,
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    registered.push({
      type: request.getType(),
      name: request.getName(),
      parent: nameOf(request.getParent()),
      inputs: request.getObject()?.toJavaScript() ?? {},
      dependencies: request.getDependenciesList().map(nameOf),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      protect: request.getProtect(),
    });
    return register(request, callback);
  };
  return registered;
}

/** The last part of a URN. */
function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Waits until all that the program asked of the engine has been answered. */
export function allRegistered(): Promise<void> {
  // Not among the SDK's types, but what it does itself before a program ends.
  return (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}

/** What an output holds once it is known. */
export async function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  try {
    return await (output as unknown as { promise(): Promise<T> }).promise();
  } catch (error) {
    throw showable(error);
  }
}

/** An error without the resource that it is about, which the test runner would print without end. */
function showable(error: unknown): unknown {
  return pulumi.ResourceError.isInstance(error)
    ? Object.assign(error, { resource: undefined })
    : error;
}

/** Whether an output is secret. */
export function isSecret(output: pulumi.Output<unknown>): Promise<boolean> {
  return pulumi.isSecret(output);
}
