import { describe, expect, it } from "vitest";
import {
  chooseStack,
  chosenStackText,
  findStack,
} from "../../../../src/pulumi/cli/choose-stack.ts";
import type { StackEntry } from "../../../../src/pulumi/cli/stacks.ts";

const DEV: StackEntry = { name: "dev", current: false };
const PROD: StackEntry = { name: "prod", current: false };
const SELECTED: StackEntry = { name: "prod", current: true };

describe("the stack of a command", () => {
  it("is the named one, whatever is selected", () => {
    expect(chooseStack("dev", [DEV, SELECTED])).toEqual({ name: "dev", reason: "named" });
  });

  it("is the selected one where none is named", () => {
    const chosen = chooseStack(undefined, [DEV, SELECTED]);
    expect(chosen).toEqual({ name: "prod", reason: "selected" });
    expect(chosenStackText(chosen)).toBe("Stack prod (selected)");
  });

  it("is the only one where none is selected", () => {
    expect(chooseStack(undefined, [PROD])).toEqual({ name: "prod", reason: "only" });
  });

  it("is not guessed among several", () => {
    expect(() => chooseStack(undefined, [DEV, PROD])).toThrow(
      "Which stack? None is selected, and there are dev, prod. Nothing was touched. To select one for the commands that name none: ./zbl select dev",
    );
  });

  it("is dev, made anew, where there is no stack and a command may make the first", () => {
    expect(chooseStack(undefined, [], { makeFirst: true })).toEqual({ name: "dev", reason: "new" });
    expect(chooseStack("dev", [], { makeFirst: true })).toEqual({ name: "dev", reason: "new" });
    expect(() => chooseStack(undefined, [])).toThrow(
      "There is no stack yet. Nothing was touched. To make one: ./zbl init dev",
    );
  });

  it("is never made because of a mistyped name", () => {
    expect(() => chooseStack("prdo", [DEV, PROD], { makeFirst: true })).toThrow(
      "There is no stack prdo. Did you mean prod? Stacks: dev, prod. Nothing was touched. To make it: ./zbl init prdo",
    );
    expect(() => chooseStack("dev", [PROD], { makeFirst: true })).toThrow(
      "There is no stack dev. Stacks: prod. Nothing was touched. To make one: ./zbl init dev",
    );
    expect(() => chooseStack("prod", [], { makeFirst: true })).toThrow(
      "There is no stack prod. There is none yet. Nothing was touched. To make it: ./zbl init prod",
    );
  });

  it("that a file describes is made by the command for that", () => {
    expect(() => chooseStack("staging", [DEV], { hasConfig: () => true })).toThrow(
      "Stack staging is described in Pulumi.staging.yaml, and nobody has made it yet. Nothing was touched. To make and deploy it: ./zbl up staging --create",
    );
  });

  it("is made by that name where a command is told to", () => {
    expect(chooseStack("qa", [DEV], { create: true })).toEqual({ name: "qa", reason: "new" });
    expect(chooseStack("dev", [DEV], { create: true })).toEqual({ name: "dev", reason: "named" });
  });

  it("is found with and without organization and project", () => {
    const cloud = { name: "acme/billing/prod", current: false };
    expect(findStack("prod", [cloud])).toBe(cloud);
    expect(findStack("acme/billing/prod", [PROD])).toBe(PROD);
    expect(findStack("other/billing/prod", [cloud])).toBeUndefined();
  });
});
