/** Looks into values on their way to the engine, in which secrets are marked. */
import * as pulumi from "@pulumi/pulumi";

const isSecretValue = (value: unknown) => Boolean(pulumi.runtime.isRpcSecret(value));

/** A value with all secrets in it opened. */
export function reveal<T = unknown>(value: unknown): T {
  const open = (inner: unknown): unknown => {
    if (isSecretValue(inner)) {
      return open((inner as { value: unknown }).value);
    }
    if (Array.isArray(inner)) {
      return inner.map(open);
    }
    if (typeof inner === "object" && inner !== null) {
      return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, open(one)]));
    }
    return inner;
  };
  return open(value) as T;
}

/** A value with nothing in the place of each secret. */
export function withoutSecrets(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (isSecretValue(inner) ? null : inner)),
  );
}

/** Where in a value the secrets are, such as `environment.POSTGRES_PASSWORD`. */
export function secretPaths(value: unknown, path: readonly string[] = []): string[] {
  if (isSecretValue(value)) {
    return [path.join(".")];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => secretPaths(inner, [...path, key]));
}
