/** Code of the dynamic providers in the state of stacks. */
import { describe, expect, it } from "vitest";
import { providerText } from "../../../../src/pulumi/stack/provider-text.ts";
import { fixture } from "../../../support/fixtures.ts";

interface Recorded {
  readonly deployment: {
    readonly resources: readonly {
      readonly type: string;
      readonly inputs: { readonly __provider?: string };
    }[];
  };
}

/** The text in the state of a stack that an earlier release deployed with Pulumi's own serializer. */
function recorded(type: string): string | undefined {
  const { deployment } = JSON.parse(fixture("pulumi", "state.json")) as Recorded;
  const token = `pulumi-nodejs:dynamic/lago:${type}`;
  return deployment.resources.find((one) => one.type === token)?.inputs.__provider;
}

describe("the text of a provider", () => {
  it.each([
    ["Project", "projectProvider", ["check", "diff", "create", "update"]],
    ["Keys", "keysProvider", ["check", "create", "diff", "update"]],
    ["Service", "serviceProvider", ["diff", "create", "update", "read"]],
    ["Status", "statusProvider", ["diff", "create", "update", "read"]],
  ] as const)("of %s is that of earlier states to the letter", (type, provider, methods) => {
    expect(providerText(provider, methods)).toBe(recorded(type));
  });

  it("is code that makes the provider, with functions of its methods", () => {
    const exports: { handler?: () => Record<string, (...args: unknown[]) => unknown> } = {};
    // As Pulumi's provider of dynamic resources runs it: sloppy, for its `with`.
    new Function("exports", providerText("some", ["check", "read"]))(exports);
    const provider = exports.handler?.() ?? {};
    expect(Object.keys(provider)).toEqual(["check", "read"]);
    expect(Object.values(provider).map(({ length }) => length)).toEqual([2, 2]);
  });
});
