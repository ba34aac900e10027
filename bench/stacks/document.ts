import type { ComposeDocument } from "../../testing/world/compose-file.ts";

/** What the api cannot do without. */
const KEPT = ["db", "redis", "migrate", "api"];

/** Leaves as much of Lago as answers requests, so that many of it have room on one host. */
export function onlyWhatAnswers(document: ComposeDocument): void {
  for (const name of Object.keys(document.services)) {
    if (!KEPT.includes(name)) {
      delete document.services[name];
    }
  }
}
