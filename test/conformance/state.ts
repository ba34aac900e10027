import type { ExportedStack } from "../../testing/pulumi.ts";

/** A command as the state holds it: secrets as `<secret>`, the random part of the id as `<hex>`. */
export interface StoredCommand {
  readonly id: string;
  readonly inputs: unknown;
  readonly outputs: unknown;
}

/** All commands of a stack by name. */
export function storedCommands(stack: ExportedStack): Record<string, StoredCommand> {
  const commands = (stack.deployment.resources ?? []).filter(
    (resource) => resource.type === "command:local:Command",
  );
  return Object.fromEntries(
    commands.map(({ urn, id = "", inputs, outputs }) => [
      urn.split("::").at(-1),
      { id: id.replace(/[0-9a-f]{8}$/, "<hex>"), inputs: plain(inputs), outputs: plain(outputs) },
    ]),
  );
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return "ciphertext" in value
    ? "<secret>"
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
