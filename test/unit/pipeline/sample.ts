import type { PreviewAssessment } from "../../../src/pipeline/assessment.ts";
import type { Report } from "../../../src/pipeline/report.ts";
import type { ServicePlan } from "../../../src/plan/types.ts";

/** A service that gets another password and a new image. */
export const RECREATED: ServicePlan = {
  service: "api",
  action: "recreated",
  reasons: [
    { part: "image", from: "getlago/api:v1.49.0", to: "getlago/api:v1.50.0" },
    { part: "variable", name: "LAGO_SMTP_PASSWORD", from: "#11111111", to: "#22222222" },
    { part: "variable", name: "MY_OWN", to: "#33333333" },
  ],
  downtime: true,
};

/** Assessment of a preview that recreates it. */
export const ASSESSMENT: PreviewAssessment = {
  plans: [
    {
      project: "lago-dev",
      changes: true,
      services: [RECREATED, { service: "db", action: "stays", reasons: [], downtime: false }],
      downtime: ["api"],
      risks: [
        {
          name: "postgres-image:db",
          subject: "db",
          message: "db changes from 15 to 16",
          accepted: false,
        },
      ],
      projectDrift: [],
    },
  ],
  drift: [
    {
      project: "lago-dev",
      kind: "exited",
      subject: "redis",
      message: "redis has ended with exit code 0",
      exitCode: 0,
    },
  ],
  changes: true,
  others: [{ operation: "create", type: "aws:s3:Bucket", name: "invoices" }],
  unknown: [],
};

/** A report of that preview. */
export function report(fields: Partial<Report> = {}): Report {
  return {
    step: "preview",
    stack: "dev",
    outcome: "changes",
    touched: false,
    startedAt: new Date("2026-01-02T03:04:05.678Z"),
    durationMs: 4_321,
    assessment: ASSESSMENT,
    warnings: ["telemetry is on"],
    errors: [],
    notes: [],
    ...fields,
  };
}
