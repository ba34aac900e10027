import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { isSecret, resolved, reveal } from "../support/pulumi-mocks.ts";
import { ALLOCATED, build, buildPreview, outputsOf, specOf } from "./stack.ts";

const AUTO: LagoStackArgs = { ports: { api: "auto", front: pulumi.output("auto" as const) } };

const handedOn = async (args: LagoStackArgs) => {
  const { byName } = await build(args);
  const environment = reveal<Record<string, string>>(byName("lago-deployment").inputs.environment);
  return { environment, spec: JSON.parse(environment.Z_BILLING_LAGO_SPEC ?? "") };
};

describe("the ports", () => {
  it("are outputs, as they are given, by default, and where a service has none", async () => {
    const { stack } = await build({ ports: { api: 4000, front: pulumi.output(4080) } });
    expect(await resolved(stack.ports)).toEqual({ api: 4000, front: 4080, address: "127.0.0.1" });
    expect(await isSecret(stack.ports)).toBe(false);

    const { stack: plain } = await build();
    expect(await resolved(plain.ports)).toEqual({ api: 3000, front: 80, address: "127.0.0.1" });

    const ports = { api: 3000, address: "::1" };
    const { stack: some } = await build({}, { outputs: (one) => ({ ...outputsOf(one), ports }) });
    expect(await resolved(some.ports)).toEqual(ports);
  });

  it("that are to be found stay so for the project, which is judged in every preview", async () => {
    expect((await specOf(AUTO)).ports).toEqual({ api: "auto", front: "auto" });
    const { resources } = await buildPreview(AUTO);
    const project = resources.find(({ name }) => name === "lago-project");
    const { spec } = reveal<{ spec: { ports?: object } }>(project?.inputs);
    expect(spec.ports).toEqual({ api: "auto", front: "auto" });
    expect(JSON.stringify(spec)).not.toContain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
  });

  it("that were found are what is deployed, where Lago is, and what the outputs say", async () => {
    const { stack } = await build(AUTO);
    const ports = { ...ALLOCATED, address: "127.0.0.1" };
    expect(await resolved(stack.ports)).toEqual(ports);
    const { environment, spec } = await handedOn(AUTO);
    expect(spec.ports).toEqual(ports);
    const urls = {
      LAGO_API_URL: `http://localhost:${ALLOCATED.api}`,
      LAGO_FRONT_URL: `http://localhost:${ALLOCATED.front}`,
    };
    expect(environment).toMatchObject(urls);
    expect(await resolved(stack.apiUrl)).toBe(urls.LAGO_API_URL);
    expect(await resolved(stack.frontUrl)).toBe(urls.LAGO_FRONT_URL);
  });

  it("change no URL that is given", async () => {
    const apiUrl = "https://api.example.com";
    const { environment } = await handedOn({ ...AUTO, config: { apiUrl, disableSignup: true } });
    expect(environment.LAGO_API_URL).toBe(apiUrl);
    expect(environment.LAGO_FRONT_URL).toBe(`http://localhost:${ALLOCATED.front}`);
  });
});
