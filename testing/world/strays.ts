/** Containers that compose left behind in the middle of a change. */
import { docker } from "../docker.ts";

/** Name of a container during its replacement: compose puts the id of the old one in front. */
const REPLACEMENT = /^[0-9a-f]{12}_/;

/** Lists the names of a project's containers with their services. */
async function namesOf(project: string): Promise<[name: string, service: string][]> {
  const text = await docker(
    ...["container", "ls", "--all", "--filter", `label=com.docker.compose.project=${project}`],
    ...["--format", '{{.Names}}\t{{.Label "com.docker.compose.service"}}'],
  );
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t") as [string, string]);
}

/** Returns the name of a container whose replacement is not complete. */
export async function replacementOf(project: string): Promise<string | undefined> {
  return (await namesOf(project)).map(([name]) => name).find((name) => REPLACEMENT.test(name));
}

/** Lists duplicate containers of a project, and containers under a temporary name, in words. */
export async function strayContainers(project: string): Promise<string[]> {
  return straysOf(await namesOf(project));
}

/** Finds stray containers by name and service. */
export function straysOf(containers: readonly (readonly [string, string])[]): string[] {
  const services = containers.map(([, service]) => service);
  const twice = [...new Set(services.filter((one, at) => services.indexOf(one) !== at))];
  return [
    ...containers.filter(([name]) => REPLACEMENT.test(name)).map(([name]) => `${name} is left`),
    ...twice.map((service) => `${service} has more than one container`),
  ];
}
