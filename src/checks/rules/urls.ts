import { isIP } from "node:net";
import { VARIABLES } from "../../lago/catalogue/index.ts";
import { followsFromDomain } from "../../lago/config/domain.ts";
import { isUrl } from "../../text/url.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import type { Fault } from "../types.ts";

const EXAMPLE = "https://billing.example.com";

export const URL_CHECKS: readonly Check[] = [
  {
    id: "url-scheme",
    finds: "addresses that are no URL, above all those without http:// or https://",
    run: (context) =>
      VARIABLES.flatMap(({ name, type }): Fault[] => {
        const value = context.value(name);
        return type.kind !== "url" || value === "" || isUrl(value, type.schemes)
          ? []
          : [
              {
                field: name,
                severity: "error",
                reason: `is no complete URL that begins with ${type.schemes.map((one) => `${one}://`).join(" or ")}`,
                remedy: `write it as in ${type.example}`,
              },
            ];
      }),
  },
  {
    id: "front-url-cors",
    finds: "an address of the front that breaks CORS, or the links that Lago makes of it",
    run: (context) => {
      const reason = frontFault(context.value("LAGO_FRONT_URL"));
      return reason === undefined
        ? []
        : [
            {
              field: "LAGO_FRONT_URL",
              severity: "error",
              reason,
              remedy: `write the address as a browser's location bar begins, such as ${EXAMPLE}: lower case, no / at the end`,
            },
          ];
    },
  },
  {
    id: "api-url-path",
    finds: "an api under a path, where links to files lose the path (getlago/lago issue 221)",
    run: (context) => {
      const { value = "", origin } = context.effective("LAGO_API_URL") ?? {};
      const url = URL.parse(value);
      return url === null || (url.pathname === "/" && !value.endsWith("/") && !url.search)
        ? []
        : [
            {
              field: "LAGO_API_URL",
              severity:
                origin === "given" && !followsFromDomain("LAGO_API_URL", context.variables)
                  ? "error"
                  : "warning",
              reason:
                "ends in a path: Lago's redirects to stored files, such as PDFs, leave it out and end in 404",
              remedy:
                "give the api a host name of its own, without a path and without a / at the end",
            },
          ];
    },
  },
  {
    id: "proxy-url",
    finds: "an address on this host that leads nowhere, since only a reverse proxy reaches Lago",
    run: (context) =>
      context.model.services.every(({ updateOrder }) => updateOrder === undefined)
        ? []
        : ["LAGO_API_URL", "LAGO_FRONT_URL"]
            .filter((name) => URL.parse(context.value(name))?.hostname === "localhost")
            .map((name) => ({
              field: name,
              severity: "error",
              reason: "names this host, where behindProxy publishes nothing",
              remedy: "write the address that the reverse proxy answers at",
            })),
  },
  {
    id: "public-http",
    finds: "a public host name that is reached without TLS",
    run: (context) =>
      ["LAGO_API_URL", "LAGO_FRONT_URL"]
        .filter((name) => /^http:/i.test(context.value(name)) && isPublic(context.value(name)))
        .map((name) => ({
          field: name,
          severity: "error",
          reason:
            "is public and begins with http://: passwords and invoices cross the network in the clear",
          remedy: "put a reverse proxy with TLS in front of Lago and write https://",
        })),
  },
];

/**
 * Explains why a URL cannot be the front's, by getlago/lago-api `config/initializers/cors.rb`;
 * undefined when it can.
 */
function frontFault(value: string): string | undefined {
  const url = URL.parse(value);
  if (url === null || !/^https?:\/\//.test(value)) {
    // The check `url-scheme` reports it.
    return undefined;
  }
  const rest = /^https?:\/\/([^/?#]*)(.*)$/s.exec(value);
  const [, authority = "", tail = ""] = rest ?? [];
  if (authority.includes("@")) {
    return "names a user, which no browser sends as an origin";
  }
  if (tail !== "") {
    return "has more than a scheme, a host and a port: links in e-mails and the return from Google's log-in come out wrong";
  }
  if (authority !== authority.toLowerCase()) {
    return "has capital letters: browsers send lower case, and Lago's CORS rule compares letter by letter";
  }
  if (/[^\x21-\x7e]/.test(authority)) {
    return "has letters outside ASCII, on which Lago's CORS rule fails; write the host in its xn-- form";
  }
  const port = /:(\d*)$/.exec(authority)?.[1];
  const usual = url.protocol === "https:" ? "443" : "80";
  if ((port === "443" || port === "80") && port !== usual) {
    return `has port ${port}, which Lago's CORS rule leaves out and browsers do not`;
  }
  return undefined;
}

/** Whether the host of a URL is reachable from the internet. */
export function isPublic(value: string): boolean {
  const host = URL.parse(value)?.hostname.replace(/^\[|\]$/g, "") ?? "";
  switch (isIP(host)) {
    case 4:
      return !/^(127\.|10\.|192\.168\.|169\.254\.|0\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
    case 6:
      return !/^(::1?$|f[cd]|fe[89ab])/i.test(host);
    default:
      return (
        host.includes(".") &&
        !/\.(localhost|local|internal|intranet|lan|home|test|example|invalid|home\.arpa)\.?$/.test(
          host,
        )
      );
  }
}

/** Whether Lago is deployed for a public host name. */
export function isPublicDeployment(context: CheckContext): boolean {
  return ["LAGO_API_URL", "LAGO_FRONT_URL"].some((name) => isPublic(context.value(name)));
}
