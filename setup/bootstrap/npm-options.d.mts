export const OPTIONS: Readonly<
  Record<"start" | "destroy" | "pulumi" | "cli" | "bench" | "faults", readonly string[]>
>;
