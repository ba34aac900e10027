/** Risks for data that end a deploy which nobody watches. */
import { openRisks } from "../plan/text.ts";
import type { DataRisk } from "../plan/types.ts";
import type { PreviewAssessment } from "./assessment.ts";

/** Collects the risks for data that nobody has accepted. */
export function openDataRisks({ plans }: Pick<PreviewAssessment, "plans">): DataRisk[] {
  return plans.flatMap(openRisks);
}
