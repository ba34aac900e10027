import { TEXT, type VariableEntry } from "../types.ts";

/** A variable that must not be set, with the replacement to set. */
function never<const Name extends string>(
  name: Name,
  summary: string,
  reason: string,
  rest: { readonly instead?: string; readonly secret?: boolean } = {},
) {
  return { name, type: TEXT, summary, effect: "never", reason, ...rest } as const;
}

const FORMER = "An encryption key under its older name";
const BEFORE = "inside Lago the older name goes before the newer one, so that the two can disagree";

/**
 * Names that users find in Lago's documentation or code and that have no effect, or do harm, in a
 * deployment by compose. Sources: getlago/lago-doc `guide/lago-self-hosted/docker.mdx`,
 * getlago/lago `docs/architecture.md`, compared with the code of getlago/lago-api.
 */
export const WITHOUT_EFFECT = [
  never("LAGO_GCS_CREDENTIALS", "Documented path of Google's key file", "Lago does not read it", {
    instead: "LAGO_GCS_KEYFILE_JSON_PATH",
  }),
  never("SIDEKIQ_PDF", "Documented switch of the PDF workers", "Lago does not read it", {
    instead: "SIDEKIQ_PDFS",
  }),
  never("ENCRYPTION_PRIMARY_KEY", FORMER, BEFORE, {
    instead: "LAGO_ENCRYPTION_PRIMARY_KEY",
    secret: true,
  }),
  never("ENCRYPTION_DETERMINISTIC_KEY", FORMER, BEFORE, {
    instead: "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
    secret: true,
  }),
  never("ENCRYPTION_KEY_DERIVATION_SALT", FORMER, BEFORE, {
    instead: "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
    secret: true,
  }),
  never("RSA_PRIVATE_KEY", "Documented name of the RSA key", "Lago does not read it", {
    instead: "LAGO_RSA_PRIVATE_KEY",
    secret: true,
  }),
  never("API_URL", "The front's own name for the api", "Lago's file fills it in itself", {
    instead: "LAGO_API_URL",
  }),
  never("REDIS_CACHE_URL", "A name used by other deployments", "Lago does not read it", {
    instead: "LAGO_REDIS_CACHE_URL",
  }),
  never("RAILS_LOG_TO_STDOUT", "Rails' own switch for logs", "Lago's file fills it in itself", {
    instead: "LAGO_RAILS_STDOUT",
  }),
  never(
    "LAGO_LICENSE_URL",
    "Where licenses are verified",
    "only Lago's development environment reads it",
  ),
  never(
    "LAGO_REDIS_CACHE_DB",
    "Number of the cache's database",
    "only Lago's development environment reads it; put the number at the end of the URL",
    { instead: "LAGO_REDIS_CACHE_URL" },
  ),
  never(
    "STRIPE_API_KEY",
    "A Stripe account for all organizations",
    "only Lago's development environment reads it; each organization has its own account",
    { secret: true },
  ),
  never("RAILS_ENV", "Rails' environment", "Lago's file sets it to production"),
  never("APP_ENV", "The front's environment", "Lago's file sets it to production"),
  never(
    "LAGO_ENABLE_YJIT",
    "Ruby's just-in-time compiler",
    "no release from v1.24 to v1.51 reads it",
  ),
] as const satisfies readonly VariableEntry[];
