import { LagoStack, stackArgsFromConfig } from "z-billing-lago";

// Pulumi takes a stack trace for each of its promises and translates it, for a tenth of a run's time.
// Where Node strips the types itself, each line stands where it stood, and there is nothing to translate.
Reflect.deleteProperty(Error, "prepareStackTrace");

/** One Lago deployment, as the stack's config describes it; a name in it that is no setting is refused. */
const lago = new LagoStack("lago", stackArgsFromConfig());

export const running = lago.running;
export const services = lago.services;
export const logs = lago.logs;
export const apiUrl = lago.apiUrl;
export const frontUrl = lago.frontUrl;
export const ports = lago.ports;
export const projectName = lago.projectName;
export const keys = lago.keys;
