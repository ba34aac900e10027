import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";
import { asksForPassword } from "../redis-access.ts";
import type { Fault } from "../types.ts";
import { isPublicDeployment } from "./urls.ts";

export const EXPOSURE_CHECKS: readonly Check[] = [
  {
    id: "database-published",
    finds: "a database that other hosts reach",
    only: "lint",
    run: (context) =>
      openServices(context, "db").map(({ name }) => ({
        field: `services.${name}.ports`,
        severity: "error",
        reason: "publishes the database on all addresses of the host, past most firewalls",
        remedy: "remove the ports, or begin them with 127.0.0.1:",
      })),
  },
  {
    id: "redis-published",
    finds: "a Redis that other hosts reach",
    only: "lint",
    run: (context) =>
      openServices(context, "redis").map((service) => ({
        field: `services.${service.name}.ports`,
        severity: "error",
        reason: `publishes Redis on all addresses of the host, past most firewalls${asksForPassword(service) === false ? ", and it asks for no password" : ""}`,
        remedy: "remove the ports, or begin them with 127.0.0.1:",
      })),
  },
  {
    id: "public-port",
    finds: "an api or a front that other hosts reach without a proxy",
    run: (context) => {
      if (context.source === "stack") {
        return context.publishedAddress !== undefined &&
          isOpen({ address: context.publishedAddress })
          ? fault(
              "ports.address",
              "warning",
              "publishes api and front on all addresses of the host, past most firewalls, without TLS",
              "leave ports.address out and put a reverse proxy with TLS in front",
            )
          : [];
      }
      const open = [...openServices(context, "api"), ...openServices(context, "front")];
      return open.map(({ name }) => ({
        field: `services.${name}.ports`,
        severity: "warning",
        reason: "is published on all addresses of the host, without TLS",
        remedy: "begin the port with 127.0.0.1: and put a reverse proxy with TLS in front",
      }));
    },
  },
  {
    id: "sidekiq-web",
    finds: "Sidekiq's page, which asks nobody who they are",
    run: (context) =>
      context.value("LAGO_SIDEKIQ_WEB") === "true"
        ? fault(
            "LAGO_SIDEKIQ_WEB",
            "error",
            "shows Sidekiq's page at /sidekiq of the api to everybody, who can then delete and start jobs",
            "set LAGO_SIDEKIQ_WEB=false",
          )
        : [],
  },
  {
    id: "karafka-web",
    finds: "Karafka's page, which asks nobody who they are",
    run: (context) =>
      context.value("LAGO_KARAFKA_WEB") === ""
        ? []
        : fault(
            "LAGO_KARAFKA_WEB",
            "error",
            "shows Karafka's page at /karafka of the api to everybody",
            "leave LAGO_KARAFKA_WEB empty",
          ),
  },
  {
    id: "signup-open",
    finds: "sign-up that is open to everybody",
    run: (context) => {
      const known = context.effective("LAGO_DISABLE_SIGNUP");
      // Lago compares with exactly this text.
      if (known === undefined || known.value === "true" || isOnlyLocal(context)) {
        return [];
      }
      const severity = isPublicDeployment(context) ? "error" : "warning";
      return fault(
        "LAGO_DISABLE_SIGNUP",
        severity,
        "is not true, so everybody who reaches Lago can open an organization",
        remedyOfSignup(context),
      );
    },
  },
  {
    id: "unused-api-key",
    finds: "an API key of an organization that nobody opens",
    run: (context) => {
      const isStack = context.source === "stack";
      // Files as they are never have LAGO_API_KEY, which another check reports.
      const names = isStack ? ["LAGO_API_KEY", "LAGO_ORG_API_KEY"] : ["LAGO_ORG_API_KEY"];
      const given = names.find((name) => context.isSet(name));
      return given === undefined || context.value("LAGO_CREATE_ORG") === "true"
        ? []
        : fault(
            given === "LAGO_API_KEY" ? "apiKey" : given,
            "warning",
            "has no effect: the key is for the first organization, and none is opened",
            isStack
              ? "give `organization` a name and an email, or remove the key; Lago itself makes further keys, under Developers"
              : "set LAGO_CREATE_ORG=true and the LAGO_ORG_* that go with it, or remove the key",
          );
    },
  },
  {
    id: "telemetry",
    finds: "telemetry that is on",
    run: (context) => {
      const isLago = context.source === "stack" || context.withRole("api").length > 0;
      return !isLago || isOnlyLocal(context) || context.value("LAGO_DISABLE_SEGMENT") === "true"
        ? []
        : fault(
            "LAGO_DISABLE_SEGMENT",
            "warning",
            "is not true: Lago sends the organization's name and its users' actions to Segment",
            "set LAGO_DISABLE_SEGMENT=true, unless that is what you want",
          );
    },
  },
];

function openServices(context: CheckContext, role: "db" | "redis" | "api" | "front"): Service[] {
  // Another program's database is open to its thieves just the same.
  const services = ["db", "redis"].includes(role) ? context.ofKind(role) : context.withRole(role);
  return services.filter(({ ports }) => ports.some(isOpen));
}

/** Whether a port is published on all addresses of the host. */
export function isOpen({ address }: { readonly address: string }): boolean {
  return ["", "0.0.0.0", "::", "[::]", "*"].includes(address.trim());
}

const LOCAL_URL = /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/i;

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Whether a deployment of ours is reached from its own host alone, as when somebody tries Lago out. */
function isOnlyLocal(context: CheckContext): boolean {
  const { source, publishedAddress = "127.0.0.1", remoteEngine } = context;
  const urls = ["LAGO_API_URL", "LAGO_FRONT_URL"].map((name) => context.value(name));
  const isLocal = (url: string) => url === "" || LOCAL_URL.test(url);
  return (
    source === "stack" &&
    remoteEngine === undefined &&
    isLoopback(publishedAddress) &&
    urls.every(isLocal)
  );
}

function remedyOfSignup(context: CheckContext): string {
  if (context.value("LAGO_CREATE_ORG") === "true") {
    return "close it with disableSignup: the first start opens your organization all the same";
  }
  return context.source === "stack"
    ? "give `organization` a name and an email, for which the first start opens it and sign-up stays closed; where yours is there already, close sign-up with disableSignup"
    : "set LAGO_CREATE_ORG=true and the LAGO_ORG_* that go with it, or open yours by hand; then set LAGO_DISABLE_SIGNUP=true";
}

function fault(
  field: string,
  severity: Fault["severity"],
  reason: string,
  remedy: string,
): readonly Fault[] {
  return [{ field, severity, reason, remedy }];
}
