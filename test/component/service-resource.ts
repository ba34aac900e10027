/** A service of the recorded project, through the life of its resource. */
import { concealment } from "../../src/observe/conceal.ts";
import { clearSnapshots } from "../../src/pulumi/stack/refresh-snapshot.ts";
import { type ServiceInputs, serviceProvider } from "../../src/pulumi/stack/service-provider.ts";
import { declaredState } from "../../src/pulumi/stack/service-state.ts";
import { toStateJson } from "../../src/pulumi/stack/wire.ts";
import { RECORDED_PROJECT, recordedService } from "../support/recorded.ts";

const PROVIDER = { __provider: "text" };

/** State of a resource, as Pulumi hands it to the provider. */
export type Olds = Parameters<typeof serviceProvider.update>[1];
/** Inputs of a resource, as Pulumi hands them to the provider. */
export type News = Parameters<typeof serviceProvider.update>[2];

/** What the program says of a service of the recorded project, as it arrives at the provider. */
export function inputsOf(service: string, change: Partial<ServiceInputs> = {}): News {
  const how = concealment("key", change.hidden);
  const inputs = {
    projectName: RECORDED_PROJECT,
    service,
    fingerprintKey: "key",
    hidden: [],
    ...declaredState(recordedService(service, how)),
    ...change,
  };
  return { ...toStateJson(inputs), ...PROVIDER };
}

/** The state of a service that was deployed. */
export async function created(service = "api", change: Partial<ServiceInputs> = {}) {
  const news = inputsOf(service, change);
  const { id, outs } = await serviceProvider.create(news);
  return { id, news, olds: withProvider(outs) };
}

/** What the engine adds to all that a provider returns. */
export const withProvider = (outs: unknown) => ({ ...(outs as object), ...PROVIDER }) as Olds;

/** What a refresh finds, and what the engine makes of it. */
export async function refreshed(id: string, olds: Olds) {
  // Each refresh of a test finds another world.
  clearSnapshots();
  const read = await serviceProvider.read(id, olds);
  return { ...read, olds: withProvider(read.props) };
}

/** Whether Pulumi would update the resource. */
export const changes = async (olds: Olds, news: News) =>
  (await serviceProvider.diff("id", olds, news)).changes;
