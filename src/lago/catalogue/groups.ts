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
    about: "Where Lago is reached. Browsers need both URLs exactly as they type them.",
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
      "`database.url` alone for a server of your own; the others describe the bundled one. For TLS add `?sslmode=verify-full` and its fellows to the URL.",
    entries: DATABASE,
  },
  {
    title: "Redis: job queue",
    about: "`redis.url` alone for a server of your own; the others describe the bundled one.",
    entries: REDIS,
  },
  { title: "Cache", about: "Lies in the job queue's Redis unless told otherwise.", entries: CACHE },
  { title: "Mail", about: "Without a mail server Lago sends no e-mail.", entries: MAIL },
  { title: "PDF", about: "Invoices as files, made by Gotenberg.", entries: PDF },
  {
    title: "Storage",
    about: "Where files lie: in a volume, unless S3 or Google Cloud Storage is switched on.",
    entries: STORAGE,
  },
  {
    title: "Sign-up and first organization",
    about: "Create the first organization with the deployment, and keep visitors out.",
    entries: SIGNUP,
  },
  { title: "Google log-in", about: "Single sign-on with Google.", entries: GOOGLE },
  {
    title: "Workers and api",
    about: "How much runs at a time. A queue that is switched on needs workers of its own.",
    entries: WORKERS,
  },
  { title: "Scheduled jobs and webhooks", about: "What runs by itself, and when.", entries: JOBS },
  { title: "Telemetry", about: "What is told to Segment about use.", entries: TELEMETRY },
  { title: "Monitoring", about: "Logs, errors, traces.", entries: MONITORING },
  {
    title: "Integrations",
    about: "Other services that Lago works with.",
    entries: INTEGRATIONS,
  },
  {
    title: "Event store",
    about: "ClickHouse and Kafka, for very many events.",
    entries: EVENT_STORE,
  },
  { title: "Event pipeline and search", about: "What goes with them.", entries: EVENT_PIPELINE },
  {
    title: "Names without effect",
    about: "Found in Lago's documentation or code; refused, with what to set instead.",
    entries: WITHOUT_EFFECT,
  },
] as const satisfies readonly VariableGroup[];
