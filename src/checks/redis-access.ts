import type { Service } from "./check-context.ts";

/**
 * Whether a Redis asks its clients for a password, by its command and by the variables that other
 * makers' images read; undefined where a file of configuration tells, which is not read.
 */
export function asksForPassword(service: Service): boolean | undefined {
  const { command, environment, image, volumes } = service;
  const texts = [command, ...Object.values(environment)];
  const isTold = texts.some((text) => /requirepass|aclfile/i.test(text));
  if (isTold || Object.entries(environment).some(([name, value]) => sets(name, value, image))) {
    return true;
  }
  return [command, ...volumes].some((text) => /\.conf\b/.test(text)) ? undefined : false;
}

/** Whether a variable sets the password. The official image reads none. */
function sets(name: string, value: string, image: string): boolean {
  const isRead = /bitnami/i.test(image)
    ? /^(REDIS|VALKEY|KEYDB)_PASSWORD(_FILE)?$/.test(name)
    : /^DFLY_(requirepass|password)$/i.test(name);
  return isRead && value !== "";
}
