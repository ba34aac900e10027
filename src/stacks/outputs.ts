import { z } from "zod";
import { table } from "../text/table.ts";

/** Outputs of the stack about a deployment, none of them secret. */
const Outputs = z.object({
  running: z.boolean(),
  apiUrl: z.string(),
  frontUrl: z.string(),
  projectName: z.string(),
  services: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      health: z.string().default(""),
      exitCode: z.number().default(0),
      image: z.string().default(""),
      standIn: z.boolean().default(false),
      ports: z.array(z.string()).default([]),
    }),
  ),
});

export type StackOutputs = z.infer<typeof Outputs>;

/** Reads the outputs of a stack; undefined for a stack without a deployment. */
export function parseOutputs(outputs: unknown): StackOutputs | undefined {
  const parsed = Outputs.safeParse(outputs);
  return parsed.success ? parsed.data : undefined;
}

/** Formats the deployment for people, after `pulumi up`. */
export function summary(outputs: StackOutputs): string {
  const rows = outputs.services.map((service) => [
    service.name,
    service.status,
    service.health || (service.status === "Stopped" ? `exit code ${service.exitCode}` : "-"),
    service.ports.join(", ") || "-",
    service.standIn ? `${service.image} (stand-in)` : service.image,
  ]);
  const standIns = outputs.services.some(({ standIn }) => standIn)
    ? ["", "Stand-ins take the place of Lago's own images: good for trying out, not for billing."]
    : [];
  return [
    table(["SERVICE", "STATUS", "HEALTH", "PORTS", "IMAGE"], rows),
    ...standIns,
    "",
    `Lago's front: ${outputs.frontUrl}`,
    `Lago's API:   ${outputs.apiUrl}`,
  ].join("\n");
}
