import { CACHE } from "./groups/cache.ts";
import { DATABASE } from "./groups/database.ts";
import { EVENT_PIPELINE } from "./groups/event-pipeline.ts";
import { EVENT_STORE } from "./groups/event-store.ts";
import { INTEGRATIONS } from "./groups/integrations.ts";
import { JOBS } from "./groups/jobs.ts";
import { KEYS } from "./groups/keys.ts";
import { MAIL, PDF } from "./groups/mail.ts";
import { MONITORING } from "./groups/monitoring.ts";
import { REDIS } from "./groups/redis.ts";
import { GOOGLE, SIGNUP } from "./groups/signup.ts";
import { STORAGE } from "./groups/storage.ts";
import { TELEMETRY } from "./groups/telemetry.ts";
import { URLS } from "./groups/urls.ts";
import { WITHOUT_EFFECT } from "./groups/without-effect.ts";
import { WORKERS } from "./groups/workers.ts";
import type { VariableGroup } from "./types.ts";

/** All groups of variables, in the order of the documentation. */
export const GROUPS = [
  {
    title: "Addresses",
    about: "Public URLs of Lago, exactly as people type them into a browser.",
    entries: URLS,
  },
  {
    title: "Keys and license",
    about: "Generated once unless given. Data can only be read with the keys that wrote it.",
    entries: KEYS,
  },
  {
    title: "Database",
    about:
      "Set only `database.url` for a server of your own; the other settings describe the bundled one. For TLS add parameters such as `?sslmode=verify-full` to the URL.",
    entries: DATABASE,
  },
  {
    title: "Redis: job queue",
    about:
      "Set only `redis.url` for a server of your own; the other settings describe the bundled one.",
    entries: REDIS,
  },
  { title: "Cache", about: "Uses the job queue's Redis by default.", entries: CACHE },
  { title: "Mail", about: "Without a mail server Lago sends no e-mail.", entries: MAIL },
  { title: "PDF", about: "Invoices as files, made by Gotenberg.", entries: PDF },
  {
    title: "Storage",
    about: "Files are stored in a volume, unless S3 or Google Cloud Storage is enabled.",
    entries: STORAGE,
  },
  {
    title: "Sign-up and first organization",
    about:
      "Open the first organization with the deployment, and keep visitors out. The setting `organization` of a stack does both, and generates password and key.",
    entries: SIGNUP,
  },
  { title: "Google log-in", about: "Single sign-on with Google.", entries: GOOGLE },
  {
    title: "Workers and api",
    about:
      "Jobs and requests that run at a time. A queue that is switched on needs workers of its own.",
    entries: WORKERS,
  },
  {
    title: "Scheduled jobs and webhooks",
    about: "Jobs that run on a schedule, and the delivery of webhooks.",
    entries: JOBS,
  },
  { title: "Telemetry", about: "Usage data that Lago sends to Segment.", entries: TELEMETRY },
  { title: "Monitoring", about: "Logs, errors, traces.", entries: MONITORING },
  {
    title: "Integrations",
    about: "External services that Lago connects to.",
    entries: INTEGRATIONS,
  },
  {
    title: "Event store",
    about: "ClickHouse and Kafka, for very many events.",
    entries: EVENT_STORE,
  },
  {
    title: "Event pipeline and search",
    about: "Services beside the event store.",
    entries: EVENT_PIPELINE,
  },
  {
    title: "Names without effect",
    about:
      "Names in Lago's documentation or code that have no effect. They are refused, with the setting to use instead.",
    entries: WITHOUT_EFFECT,
  },
] as const satisfies readonly VariableGroup[];
