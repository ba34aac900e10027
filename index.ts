import { LagoStack, lagoArgsFromConfig } from "z-billing-lago";

// Pulumi takes a stack trace for each of its promises and translates it, for a tenth of a run's time.
// Where Node strips the types itself, each line stands where it stood, and there is nothing to translate.
Reflect.deleteProperty(Error, "prepareStackTrace");

/** One Lago deployment, as the stack's config describes it; a name in it that is no setting is refused. */
const args = lagoArgsFromConfig();
const lago = new LagoStack("lago", args);

const { running, ready, services, logs, apiUrl, frontUrl, ports, proxy, projectName, keys, login } =
  lago;

/** Outputs of the stack. Pulumi warns of those without a value, so they are left out. */
export default {
  ...{ running, ready, services, logs, apiUrl, frontUrl, ports, projectName, keys },
  ...(args.behindProxy === true ? { proxy } : {}),
  ...(args.organization === undefined ? {} : { login }),
};
