/** Containers that compose left half-way through a change. */
import { docker } from "../docker.ts";

/** As compose names a container that is to take another one's place: the other's id first. */
const REPLACEMENT = /^[0-9a-f]{12}_/;

/** Names of a project's containers with their services. */
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

/** Name of a container that is to take another one's place and has not yet done so. */
export async function replacementOf(project: string): Promise<string | undefined> {
  return (await namesOf(project)).map(([name]) => name).find((name) => REPLACEMENT.test(name));
}

/** What a project has once too often, or under a name that it should not have kept, in words. */
export async function strayContainers(project: string): Promise<string[]> {
  return straysOf(await namesOf(project));
}

/** The same of containers by name and service. */
export function straysOf(containers: readonly (readonly [string, string])[]): string[] {
  const services = containers.map(([, service]) => service);
  const twice = [...new Set(services.filter((one, at) => services.indexOf(one) !== at))];
  return [
    ...containers.filter(([name]) => REPLACEMENT.test(name)).map(([name]) => `${name} is left`),
    ...twice.map((service) => `${service} has more than one container`),
  ];
}
