/** The login of the first organization, as Pulumi has its provider make and keep it. */
import { describe, expect, it } from "vitest";
import { withOrganization } from "../../src/keys/key-fingerprints.ts";
import {
  type LoginInputs,
  type LoginOutputs,
  loginProvider,
} from "../../src/pulumi/stack/login-provider.ts";
import { WELL } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { fingerprintsOfKeys, listed } from "../unit/keys/sample.ts";

const TEXT = { __provider: "text" };
const ACME = { name: "Acme", email: "you@acme.example" };
const INPUTS: LoginInputs = { projectName: "lago-test", organization: ACME };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

async function useData(isOpened: boolean) {
  const fingerprints = await fingerprintsOfKeys();
  const noted = isOpened ? withOrganization(fingerprints) : fingerprints;
  return useFakeDocker({ ...WELL, "volume ls": listed([noted]) });
}

const made = async (inputs = INPUTS) =>
  (await loginProvider.create({ ...TEXT, ...inputs })).outs as LoginOutputs;

const updated = async (olds: LoginOutputs, news: LoginInputs) =>
  (await loginProvider.update("id", { ...TEXT, ...olds }, { ...TEXT, ...news }))
    .outs as LoginOutputs;

const isChange = async (olds: LoginOutputs, news: LoginInputs, provider = TEXT) =>
  (await loginProvider.diff("id", { ...TEXT, ...olds }, { ...provider, ...news })).changes;

describe("a login", () => {
  it("gets a long password and API key, which stay", async () => {
    await useData(false);
    const outs = await made();
    expect(outs.login).toEqual({
      ...ACME,
      password: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      apiKey: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    });
    expect(outs.login.password).not.toBe(outs.login.apiKey);
    expect((await made()).login.password).not.toBe(outs.login.password);
    expect(await isChange(outs, INPUTS)).toBe(false);
  });

  it("takes the API key that is given", async () => {
    await useData(false);
    expect((await made({ ...INPUTS, apiKey: "given" })).login.apiKey).toBe("given");
  });

  it("follows the config until the organization is opened", async () => {
    await useData(false);
    const outs = await made();
    const news = { ...INPUTS, organization: { ...ACME, email: "other@acme.example" } };
    expect(await isChange(outs, news)).toBe(true);
    expect((await updated(outs, news)).login).toEqual({
      ...outs.login,
      email: "other@acme.example",
    });
  });

  it("does not follow it afterwards, and is no change then", async () => {
    await useData(false);
    const outs = await made();
    await useData(true);
    const news = { ...INPUTS, apiKey: "late", organization: { ...ACME, name: "Other" } };
    expect(await isChange(outs, news)).toBe(false);
    expect((await updated(outs, news)).login).toEqual(outs.login);
  });

  it("is taken over by another release of its code, unchanged", async () => {
    await useData(true);
    const outs = await made();
    expect(await isChange(outs, INPUTS, { __provider: "newer" })).toBe(true);
    expect((await updated(outs, INPUTS)).login).toEqual(outs.login);
  });

  it("has no secrets where an earlier state opened the organization: made-up ones would be wrong", async () => {
    await useData(true);
    expect((await made()).login).toEqual(ACME);
  });

  it("has secrets where the data is gone, whatever the note beside it says", async () => {
    const noted = withOrganization(await fingerprintsOfKeys());
    useFakeDocker({ ...WELL, "volume ls": listed([noted], []) });
    expect((await made()).login.password).toHaveLength(32);
  });

  it("is open while another resource has yet to give it", async () => {
    await useData(false);
    const news = { ...INPUTS, organization: { ...ACME, name: UNKNOWN } };
    expect(await isChange(await made(), news)).toBe(true);
  });
});
