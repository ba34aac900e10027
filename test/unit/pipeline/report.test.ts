import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOMES } from "../../../src/pipeline/outcome.ts";
import { reportJson } from "../../../src/pipeline/report.ts";
import { MAX_MARKDOWN_CHARACTERS, reportMarkdown } from "../../../src/pipeline/report-markdown.ts";
import { reportText } from "../../../src/pipeline/report-text.ts";
import type { ServicePlan } from "../../../src/plan/types.ts";
import { anyText } from "../../support/arbitraries.ts";
import { ASSESSMENT, RECREATED, report } from "./sample.ts";

describe("a report for programs", () => {
  it("says of each service what, why and by which setting, and what is down and at risk", () => {
    expect(reportJson(report())).toEqual({
      step: "preview",
      stack: "dev",
      outcome: "changes",
      touched: false,
      startedAt: "2026-01-02T03:04:05.678Z",
      durationSeconds: 4.3,
      deployments: [
        {
          project: "lago-dev",
          services: [
            {
              service: "api",
              action: "recreated",
              why: "image getlago/api:v1.49.0 -> getlago/api:v1.50.0; variable LAGO_SMTP_PASSWORD (setting mail.smtpPassword) changed (#11111111 -> #22222222); variable MY_OWN is new",
              settings: ["mail.smtpPassword"],
              drifted: false,
              downtime: true,
            },
            {
              service: "db",
              action: "stays",
              why: "-",
              settings: [],
              drifted: false,
              downtime: false,
            },
          ],
          downtime: ["api"],
          dataAtRisk: [
            {
              name: "postgres-image:db",
              subject: "db",
              message: "db changes from 15 to 16",
              accepted: false,
            },
          ],
        },
      ],
      drift: [
        {
          project: "lago-dev",
          kind: "exited",
          subject: "redis",
          what: "redis has ended with exit code 0",
          exitCode: 0,
        },
      ],
      otherResources: [{ operation: "create", type: "aws:s3:Bucket", name: "invoices" }],
      warnings: ["telemetry is on"],
      errors: [],
      notes: [],
    });
  });
});

describe("a report as Markdown", () => {
  it("begins with a mark that tells it from others, and says what matters first", () => {
    const text = reportMarkdown(report());
    expect(text.split("\n").slice(0, 3)).toEqual([
      "<!-- z-billing-lago preview dev -->",
      "",
      "## A deploy would change stack dev, and heal what has drifted",
    ]);
    for (const part of [
      "- redis has ended with exit code 0",
      "> **Data at stake:** db changes from 15 to 16.",
      "(setting mail.smtpPassword) changed",
      "Down for a moment, in this order: `api`",
      "- create aws:s3:Bucket invoices",
      "- telemetry is on",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("shows errors as they are, whatever fences stand in them", () => {
    const error = "failed\n````\n<b>@everyone</b> | x";
    const text = reportMarkdown(report({ outcome: "refused", errors: [error] }));
    expect(text).toContain(`\`\`\`\`\`text\n${error}\n\`\`\`\`\``);
  });

  it("fits into a comment on GitHub, and closes the fence, however much there is", () => {
    const many = (count: number, length: number) =>
      Array.from({ length: count }, (_, n) => `${n} ${"_x|".repeat(length)}`);
    const services = many(500, 50).map((service): ServicePlan => ({ ...RECREATED, service }));
    const [plan] = ASSESSMENT.plans;
    const assessment = {
      ...ASSESSMENT,
      plans: plan === undefined ? [] : [{ ...plan, services }],
      drift: many(500, 50).map((message) => ({
        ...{ project: "p", kind: "image" as const, subject: "s", message },
      })),
    };
    const text = reportMarkdown(
      report({ outcome: "failed", assessment, errors: many(50, 1_000), warnings: many(500, 100) }),
    );
    expect(text.length).toBeLessThanOrEqual(MAX_MARKDOWN_CHARACTERS);
    expect(text.match(/^```/gm)).toHaveLength(2);
    expect(text).toMatch(/\[the rest is left out: too long\]$/);
  });

  it("is no longer than that whatever stands in it", () => {
    fc.assert(
      fc.property(fc.array(anyText()), fc.array(anyText()), anyText(), (errors, notes, stack) => {
        const text = reportMarkdown(report({ errors, notes, stack }));
        expect(text.length).toBeLessThanOrEqual(MAX_MARKDOWN_CHARACTERS);
        expect(text.split("-->")[0]).toMatch(/^<!-- z-billing-lago preview [\w./-]* $/);
      }),
    );
  });
});

describe("a report for a log", () => {
  it("ends with what came of it", () => {
    const text = reportText(report({ outcome: "failed", step: "deploy", errors: ["no disk"] }));
    expect(text.split("\n\n").slice(-2)).toEqual([
      "error: no disk",
      "Deploy to stack dev failed (4.3 s).",
    ]);
  });

  it("of drift shows a plan only where something differs", () => {
    const text = (changes: boolean) => {
      const { assessment } = report({});
      const plans = (assessment?.plans ?? []).map((plan) => ({ ...plan, changes }));
      return reportText(
        report({ step: "drift", assessment: assessment && { ...assessment, plans } }),
      );
    };
    expect(text(true)).toContain("SERVICE");
    expect(text(false)).not.toContain("SERVICE");
  });

  it("has a sentence for every step and outcome", () => {
    const steps = ["preview", "deploy", "drift"] as const;
    const sentences = steps.flatMap((step) =>
      OUTCOMES.map((outcome) => reportText(report({ step, outcome })).split("\n").at(-1)),
    );
    expect(sentences.every((sentence) => /^[A-Z].* stack dev.*\.$/.test(sentence ?? ""))).toBe(
      true,
    );
  });
});
