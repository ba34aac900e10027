import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";
import type { Fault } from "../types.ts";
import { isOpen } from "./exposure.ts";

export const FILE_CHECKS: readonly Check[] = [
  {
    id: "log-rotation",
    finds: "logs that grow until the disk is full",
    only: "lint",
    run: (context) =>
      each(context, ({ rotatesLogs }) => !rotatesLogs, "logging", {
        severity: "warning",
        reason: "sets no greatest size of its log, which then grows until the disk is full",
        remedy: "set logging.options max-size and max-file, unless Docker's own settings do",
      }),
  },
  {
    id: "container-name",
    finds: "fixed container names, which a second deployment on the host collides with",
    only: "lint",
    run: (context) =>
      each(context, ({ containerName }) => containerName !== undefined, "container_name", {
        severity: "warning",
        reason: "fixes the container's name, so that no second deployment fits on the host",
        remedy: "remove container_name",
        isMinor: true,
      }),
  },
  {
    id: "image-version",
    finds: "images without a version, which change by themselves",
    run: (context) =>
      each(context, ({ image }) => !hasVersion(image), "image", {
        severity: "warning",
        reason: "names no version of its image, so that a restart may bring another one",
        remedy: "name a tag other than latest, or a digest",
      }),
  },
  {
    id: "acme-staging",
    finds: "certificates of Let's Encrypt's test system, which no browser trusts",
    run: (context) =>
      each(context, ({ command }) => command.includes("acme-staging"), "command", {
        severity: "error",
        reason: "asks Let's Encrypt's staging system for certificates, which no browser trusts",
        remedy: "remove the caServer option",
      }),
  },
  {
    id: "traefik-insecure-api",
    finds: "Traefik's api, which asks nobody who they are",
    run: (context) =>
      each(
        context,
        ({ command }) => /--api\.insecure(=true|\s|$)/i.test(command),
        "command",
        ({ ports }) => ({
          severity: ports.some((port) => port.target === "8080" && isOpen(port))
            ? "error"
            : "warning",
          reason: "opens Traefik's api and dashboard on port 8080 to everybody",
          remedy: "remove --api.insecure=true and the port 8080",
        }),
      ),
  },
  {
    id: "docker-socket",
    finds: "containers that control the whole host by Docker's socket",
    run: (context) =>
      each(
        context,
        ({ volumes }) => volumes.some((one) => one.includes("docker.sock")),
        "volumes",
        {
          severity: "warning",
          reason: "mounts Docker's socket: who takes over this container takes over the host",
          remedy: "put a socket proxy between them, or do without the service",
        },
      ),
  },
  {
    id: "missing-file",
    finds: "mounts of files that are missing, in whose place docker makes empty folders",
    run: ({ foldersForFiles }) =>
      foldersForFiles.map(({ service, section, path }) => ({
        field: `services.${service}.${section}`,
        severity: "warning" as const,
        reason: `mounts ${path} as a file, which is missing or a folder; docker makes an empty folder in place of a missing file`,
        remedy: "put the file there, after removing an empty folder of that name",
      })),
  },
  {
    id: "acme-email",
    finds: "certificates that are asked for in the name of an example",
    run: (context) =>
      each(context, ({ command }) => command.includes("your_email@example.com"), "command", {
        severity: "error",
        reason: "gives Let's Encrypt an example's e-mail address",
        remedy: "set LAGO_ACME_EMAIL to an address of yours",
      }),
  },
];

type Rest = Omit<Fault, "field">;

function each(
  context: CheckContext,
  wanted: (service: Service) => boolean,
  key: string,
  rest: Rest | ((service: Service) => Rest),
): Fault[] {
  return context.services.filter(wanted).map((service) => ({
    field: `services.${service.name}.${key}`,
    ...(typeof rest === "function" ? rest(service) : rest),
  }));
}

function hasVersion(image: string): boolean {
  const tag = /:([^/:@]+)$/.exec(image)?.[1];
  // A service without an image is built from a folder, which has its own version.
  return image === "" || image.includes("@sha256:") || (tag !== undefined && tag !== "latest");
}
