import { LagoStack, lagoArgsFromConfig } from "z-billing-lago";

// Pulumi takes a stack trace for each of its promises and translates it, for a tenth of a run's time.
// Where Node strips the types itself, each line stands where it stood, and there is nothing to translate.
Reflect.deleteProperty(Error, "prepareStackTrace");

/** One Lago deployment, as the stack's config describes it; a name in it that is no setting is refused. */
const lago = new LagoStack("lago", lagoArgsFromConfig());

export const {
  running,
  ready,
  services,
  logs,
  apiUrl,
  frontUrl,
  ports,
  proxy,
  projectName,
  keys,
  login,
} = lago;
