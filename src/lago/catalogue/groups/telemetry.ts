import { BOOLEAN, TEXT, type VariableEntry } from "../types.ts";

/** Source: getlago/lago-api `config/initializers/analytics_ruby.rb`. */
export const TELEMETRY = [
  {
    name: "LAGO_DISABLE_SEGMENT",
    setting: "telemetry.disabled",
    type: BOOLEAN,
    summary: "Whether nothing about use is sent to Segment",
    effect: "file",
    lagoDefault: "",
    unsafeDefault: "Lago sends the organization's name and its users' actions to Segment",
  },
  {
    name: "SEGMENT_WRITE_KEY",
    setting: "telemetry.segmentWriteKey",
    type: TEXT,
    summary: "Key of a Segment account of your own",
    secret: true,
    lagoDefault: "changeme",
  },
] as const satisfies readonly VariableEntry[];
