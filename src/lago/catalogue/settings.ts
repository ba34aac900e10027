import type {
  CacheSettings,
  DatabaseSettings,
  MailSettings,
  PortainerSettings,
  ProxySettings,
  RedisSettings,
  UrlSettings,
} from "./settings/connections.ts";
import type {
  DataApiSettings,
  GoogleSettings,
  KeySettings,
  LicenseSettings,
  MistralSettings,
  PdfSettings,
  SignupSettings,
  StorageSettings,
} from "./settings/features.ts";
import type {
  ApiSettings,
  JobSettings,
  MonitoringSettings,
  TelemetrySettings,
  WebhookSettings,
  WorkerSettings,
} from "./settings/running.ts";
import type {
  EventStoreSettings,
  GocardlessSettings,
  NangoSettings,
  SearchSettings,
  StripeSettings,
  SupersetSettings,
} from "./settings/services.ts";

/**
 * All settings of Lago, grouped by subject. All are optional, and `docs/settings.md` lists each
 * with its variable, its default and whether a later change is safe.
 */
export interface LagoSettings {
  urls?: UrlSettings | undefined;
  keys?: KeySettings | undefined;
  license?: LicenseSettings | undefined;
  database?: DatabaseSettings | undefined;
  redis?: RedisSettings | undefined;
  cache?: CacheSettings | undefined;
  mail?: MailSettings | undefined;
  pdf?: PdfSettings | undefined;
  storage?: StorageSettings | undefined;
  signup?: SignupSettings | undefined;
  google?: GoogleSettings | undefined;
  workers?: WorkerSettings | undefined;
  api?: ApiSettings | undefined;
  jobs?: JobSettings | undefined;
  webhooks?: WebhookSettings | undefined;
  telemetry?: TelemetrySettings | undefined;
  monitoring?: MonitoringSettings | undefined;
  mistral?: MistralSettings | undefined;
  dataApi?: DataApiSettings | undefined;
  superset?: SupersetSettings | undefined;
  nango?: NangoSettings | undefined;
  gocardless?: GocardlessSettings | undefined;
  stripe?: StripeSettings | undefined;
  eventStore?: EventStoreSettings | undefined;
  search?: SearchSettings | undefined;
  proxy?: ProxySettings | undefined;
  portainer?: PortainerSettings | undefined;
}
