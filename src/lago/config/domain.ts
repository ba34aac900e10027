/** Addresses of a deployment whose compose files include a reverse proxy for one domain. */
import { DEFAULT_API_URL, DEFAULT_FRONT_URL } from "./fields.ts";

type Variables = Readonly<Record<string, string>>;

/** URLs at which Lago's `deploy` files serve api and front of a domain. */
export function urlsOfDomain(domain: string) {
  return { LAGO_API_URL: `https://${domain}/api`, LAGO_FRONT_URL: `https://${domain}` } as const;
}

/** Addresses that follow from `LAGO_DOMAIN`, unless others are given. */
export function withDomainUrls(variables: Variables): Record<string, string> {
  const { LAGO_DOMAIN: domain } = variables;
  if (!domain) {
    return { ...variables };
  }
  const { LAGO_API_URL, LAGO_FRONT_URL } = urlsOfDomain(domain);
  const api = variables.LAGO_API_URL ?? DEFAULT_API_URL;
  const front = variables.LAGO_FRONT_URL ?? DEFAULT_FRONT_URL;
  return {
    ...variables,
    LAGO_API_URL: api === DEFAULT_API_URL ? LAGO_API_URL : api,
    LAGO_FRONT_URL: front === DEFAULT_FRONT_URL ? LAGO_FRONT_URL : front,
  };
}

/** Whether a variable is an address that follows from the domain. */
export function followsFromDomain(name: string, variables: Variables): boolean {
  const { LAGO_DOMAIN: domain } = variables;
  const urls: Variables = domain ? urlsOfDomain(domain) : {};
  return Object.hasOwn(urls, name) && urls[name] === variables[name];
}
