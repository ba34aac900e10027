/** Secrets that people keep under names of their own, and the places that they stand in. Pure. */
import { variablesIn } from "../compose/model.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import type { CheckContext, Service } from "./check-context.ts";

/** A secret under a name that Lago does not have. Never shown. */
export interface SecretPlace {
  /** Name of a variable that a person set, or a place in the files. */
  readonly field: string;
  readonly secret: string;
  /** Whether a database or Redis has the secret, so that whoever guesses it has the data. */
  readonly guardsData: boolean;
}

/** Names of secrets by their ends: `TOKEN_LENGTH` and `PASSWORD_FILE` are none. */
const SECRET_NAME =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|requirepass|(?:^|_)(?:PASS|SALT|CREDENTIAL)|_PWD|KEY_?BASE|(?:API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|MASTER|SECRET|PRIMARY|DETERMINISTIC|AUTH|APP|JWT|SESSION|COOKIE|HMAC)_?KEY)(?:_\d+)?$/i;

/** Switches, as in `ALLOW_EMPTY_PASSWORD=yes`. */
const SWITCH = /^(?:|yes|no|true|false|on|off|[01])$/i;

/** Password in the options of a Redis, and not a reference that a shell in the container fills in. */
const REDIS_OPTION = /--(?:requirepass|masterauth)[=\s]+["']?([^\s"'$]+)/;

/** Whether a value is written as a URL, of any scheme. */
export function isAddress(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) && URL.canParse(value);
}

/** Returns the password of a URL, or an empty text. */
export function urlPassword(value: string): string {
  const { password } = isAddress(value) ? new URL(value) : { password: "" };
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/**
 * Lists the secrets that are no settings of Lago: variables of a person's own, values in the
 * environment of services, and passwords in URLs and commands. A value that comes from a variable
 * stands at the variable alone.
 *
 * @param judged names of the variables whose values are judged as settings of Lago
 */
export function secretPlaces(context: CheckContext, judged: ReadonlySet<string>): SecretPlace[] {
  const own = ownVariables(context).filter(({ field }) => !judged.has(field));
  const known = new Set([...judged, ...own.map(({ field }) => field)]);
  const values = new Set([...known].map((name) => context.value(name)).filter((one) => one !== ""));
  const isKnown = (raw: string) => variablesIn(raw).some((name) => known.has(name));
  const places = context.services.flatMap((service) => [
    ...inEnvironment(service, context, isKnown, values),
    ...(isKnown(service.raw.command) ? [] : inText(service, "command", service.command)),
  ]);
  return [...own, ...firstOfEach(places)];
}

function ownVariables(context: CheckContext): SecretPlace[] {
  return Object.entries(context.variables)
    .filter(([name]) => variableByName(name) === undefined)
    .map(([field, value]) => ({
      field,
      secret: secretOf(field, value),
      guardsData: context.ofKind("db", "redis").some((service) => uses(service, field)),
    }))
    .filter(({ secret }) => secret !== "");
}

/** Whether a service takes a secret from a variable. */
function uses({ raw }: Service, variable: string): boolean {
  const texts = Object.entries(raw.environment)
    .filter(([name, text]) => secretOf(name, text) !== "" || REDIS_OPTION.test(text))
    .map(([, text]) => text);
  return [raw.command, ...texts].some((text) => variablesIn(text).includes(variable));
}

function inEnvironment(
  service: Service,
  context: CheckContext,
  isKnown: (raw: string) => boolean,
  values: ReadonlySet<string>,
): SecretPlace[] {
  return Object.entries(service.environment)
    .filter(([name]) => !isKnown(service.raw.environment[name] ?? ""))
    .filter(([name, value]) => !isLagos(name, value, service, context))
    .flatMap(([name, value]) => {
      const place = `environment.${name}`;
      const secret = secretOf(name, value);
      const isNew = secret !== "" && (secret === value || !values.has(secret));
      return [
        ...(isNew ? [placeAt(service, place, secret)] : []),
        ...inText(service, place, value),
      ];
    });
}

/**
 * Whether a value is the one that counts for a setting of Lago and is judged as such, or stands where
 * nothing reads the setting, as in an `env_file` that all services share.
 */
function isLagos(name: string, value: string, { role }: Service, context: CheckContext): boolean {
  const variable = variableByName(name);
  if (variable === undefined) {
    return false;
  }
  const isUnread = role !== undefined && !variable.roles.includes(role);
  // In a deployment of ours a value that is given replaces that of the files.
  const isReplaced = role !== undefined && context.source === "stack" && context.isGiven(name);
  return isUnread || isReplaced || context.value(name) === value;
}

function inText(service: Service, place: string, text: string): SecretPlace[] {
  const secret = REDIS_OPTION.exec(text)?.[1];
  return secret === undefined ? [] : [placeAt(service, place, secret)];
}

function placeAt({ name, kind }: Service, place: string, secret: string): SecretPlace {
  const guardsData = kind === "db" || kind === "redis";
  return { field: `services.${name}.${place}`, secret, guardsData };
}

function secretOf(name: string, value: string): string {
  return urlPassword(value) || (SECRET_NAME.test(name) && !SWITCH.test(value) ? value : "");
}

/** Keeps the first of several services that have one secret under one name. */
function firstOfEach(places: readonly SecretPlace[]): SecretPlace[] {
  const key = ({ field, secret }: SecretPlace) =>
    `${field.replace(/^services\.[^.]*\./, "")}=${secret}`;
  const first = new Map(places.toReversed().map((one) => [key(one), one]));
  return places.filter((one) => first.get(key(one)) === one);
}
