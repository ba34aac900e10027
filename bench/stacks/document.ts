import type { ComposeDocument } from "../../testing/world/compose-file.ts";

/** Services that the api requires. */
const KEPT = ["db", "redis", "migrate", "api"];

/** Reduces Lago to the services that answer requests, so that many fit on one host. */
export function onlyWhatAnswers(document: ComposeDocument): void {
  for (const name of Object.keys(document.services)) {
    if (!KEPT.includes(name)) {
      delete document.services[name];
    }
  }
}
