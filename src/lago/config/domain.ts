/** The addresses of a deployment whose compose files bring a reverse proxy for one domain along. */
import { DEFAULT_API_URL, DEFAULT_FRONT_URL } from "./fields.ts";

type Variables = Readonly<Record<string, string>>;

/** Where Lago's `deploy` files serve api and front of a domain. */
export function urlsOfDomain(domain: string) {
  return { LAGO_API_URL: `https://${domain}/api`, LAGO_FRONT_URL: `https://${domain}` } as const;
}

/** The addresses that follow from `LAGO_DOMAIN`, where no others are given. */
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
