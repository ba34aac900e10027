import type { dynamic } from "@pulumi/pulumi";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { newPassword } from "../../keys/new-keys.ts";
import { hasData, projectVolumes } from "../../keys/project-volumes.ts";
import type { OrganizationLogin, OrganizationOwner } from "../../lago/first-organization.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { snapshotIfAnswered } from "./snapshot-if-answered.ts";
import { sameJson, toStateJson, type WithProvider } from "./wire.ts";

/** Inputs of the login as its state has them. */
export interface LoginInputs {
  readonly projectName: string;
  /** The engine that the data is on. Defaults to the one that docker's own settings name. */
  readonly engine?: DockerEndpoint | undefined;
  readonly organization: OrganizationOwner;
  /** API key that the config gives. A secret. */
  readonly apiKey?: string | undefined;
}

/** Outputs of the login: its inputs, and the login that the organization was opened with. */
export interface LoginOutputs extends LoginInputs {
  readonly login: OrganizationLogin;
}

/**
 * Holds the login of the first organization: name and e-mail address as given, password and API key
 * generated once. The login follows the config until the organization is opened, and never changes
 * afterwards: Lago takes no change of it from its variables.
 */
export const loginProvider = {
  async create({
    __provider,
    ...inputs
  }: WithProvider<LoginInputs>): Promise<dynamic.CreateResult> {
    const id = `${inputs.projectName}/login`;
    return { id, outs: toStateJson(await outputsOf(inputs, undefined)) };
  },

  async diff(
    _id: string,
    olds: WithProvider<LoginOutputs>,
    news: WithProvider<LoginInputs>,
  ): Promise<dynamic.DiffResult> {
    const { login, ...inputs } = olds;
    if (sameJson(inputs, news)) {
      return { changes: false };
    }
    const isOther = hasUnknown(news) || news.__provider !== olds.__provider;
    // Other settings change nothing once the organization is opened. The program warns of them.
    return { changes: isOther || !(await hasOpened(news)) };
  },

  async update(
    _id: string,
    { login }: WithProvider<LoginOutputs>,
    { __provider, ...news }: WithProvider<LoginInputs>,
  ): Promise<dynamic.UpdateResult> {
    return { outs: toStateJson(await outputsOf(news, login)) };
  },
};

async function outputsOf(
  inputs: LoginInputs,
  before: OrganizationLogin | undefined,
): Promise<LoginOutputs> {
  const { organization, apiKey } = inputs;
  const isOpened = await hasOpened(inputs);
  if (isOpened && before !== undefined) {
    return { ...inputs, login: before };
  }
  // Nobody can tell the secrets of an organization that an earlier state has opened.
  const made = isOpened ? {} : { password: newPassword(), apiKey: newPassword() };
  const { password, apiKey: known } = { ...made, ...before };
  return { ...inputs, login: { ...organization, password, apiKey: apiKey ?? known } };
}

/** Whether an organization was found in the data. An engine that does not answer counts as no. */
async function hasOpened({ projectName, engine }: LoginInputs): Promise<boolean> {
  const reading = async () => {
    const snapshot = await snapshotIfAnswered(projectName, engine);
    const volumes = projectVolumes(projectName, snapshot?.volumes ?? []);
    return hasData(volumes) && volumes.fingerprints?.organization === true;
  };
  return await onDeployError(reading, () => false);
}
