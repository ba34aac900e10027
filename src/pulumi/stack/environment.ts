import * as pulumi from "@pulumi/pulumi";
import { PUBLIC_VARIABLES } from "../../deployment/public-values.ts";
import type { ConfigIssue } from "../../errors.ts";
import type { KeySources } from "../../keys/message.ts";
import { settingsWithin } from "../../lago/catalogue/index.ts";
import { canGenerateRedisPassword } from "../../lago/config/derived.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../../lago/config/fields.ts";
import { LagoConfig, type LagoConfigInput } from "../../lago/config/lago-config.ts";
import { type OrganizationLogin, withSignupClosed } from "../../lago/first-organization.ts";
import {
  givenKeys,
  type KeyName,
  type KeyValues,
  LAGO_KEYS,
  variableOfKey,
} from "../../lago/lago-keys.ts";
import { isConfigField } from "../../spec/names.ts";
import { makeSound, type Sound } from "../../spec/sound.ts";
import type { LagoStackArgs, LagoStackConfig } from "./args.ts";
import { keySourcesOf } from "./key-sources.ts";
import { givenOrganization, loginVariables, OWN_VARIABLES } from "./organization.ts";
import { toStateJson } from "./wire.ts";

/** Variables by name, each of which may be secret or unknown by itself. */
export type Variables = Record<string, pulumi.Input<string>>;

/** Settings of a deployment, as far as they need no generated key. */
export interface GivenSettings {
  /** Given keys. Secret. */
  readonly keys: pulumi.Output<Partial<Record<KeyName, string>>>;
  /** Settings that give the keys, by their names in a stack's config. */
  readonly keySources: pulumi.Output<KeySources>;
  /** Lago's variables that config gives or implies. Secret. */
  readonly variables: pulumi.Output<Record<string, string>>;
  /** Variables from `settings` and `environment`, which override the others. */
  readonly extra: LagoStackArgs["environment"];
  /**
   * Faults of `config` and `settings`. The other fields are made of the settings without faults.
   */
  readonly issues: pulumi.Output<ConfigIssue[]>;
}

/** URLs at which browsers and clients reach a deployment. */
export interface PublicUrls {
  readonly apiUrl: pulumi.Output<string>;
  readonly frontUrl: pulumi.Output<string>;
}

/** Checks the settings, and makes variables and keys of the valid ones. */
export function givenSettings(args: LagoStackArgs): GivenSettings {
  const config = args.config ?? {};
  const { organization } = args;
  const closed = (fields: pulumi.Unwrap<LagoStackConfig>) =>
    parse(withSignupClosed(fields, organization));
  const parsed = pulumi.secret(pulumi.output(config).apply(closed));
  const { extra, ofSettings, issues } = extraVariables(args);
  const opened = givenOrganization(organization, extra);
  const variables = pulumi
    .all([parsed, opened])
    .apply(([{ value }, more]) => ({ ...value, ...more.variables }));
  const names = givenVariables(config);
  const keys = pulumi.all([variables, extra ?? {}]).apply(([known, more]) => {
    const given = Object.fromEntries(names.map((name) => [name, known[name]]));
    return givenKeys({ ...given, ...more });
  });
  const all = pulumi
    .all([parsed, issues, opened])
    .apply(([{ issues }, more, others]) => [...issues, ...more, ...others.issues]);
  // The faults name settings, and none of their values.
  const places = pulumi.all([ofSettings, args.environment ?? {}]);
  const keySources = places.apply(([settings, environment]) =>
    keySourcesOf(names, settings, environment),
  );
  return {
    keys: pulumi.secret(keys),
    keySources: pulumi.unsecret(keySources),
    variables,
    extra,
    issues: pulumi.unsecret(all),
  };
}

function extraVariables({ settings, environment }: LagoStackArgs): Pick<
  GivenSettings,
  "extra" | "issues"
> & {
  readonly ofSettings: pulumi.Output<Record<string, string>>;
} {
  if (settings === undefined) {
    return {
      extra: environment,
      ofSettings: pulumi.output<Record<string, string>>({}),
      issues: pulumi.output([]),
    };
  }
  const judged = pulumi
    .output(settings)
    .apply((tree) =>
      makeSound({ settings: toStateJson(tree) }, (some) =>
        settingsWithin("settings.", some.settings),
      ),
    );
  const both = pulumi
    .all([judged, environment ?? {}])
    .apply(([{ value }, more]) => ({ ...value.variables, ...more }));
  const issues = judged.apply((known) => [...known.issues]);
  const ofSettings = judged.apply(({ value }) => value.variables);
  return { extra: pulumi.secret(both), ofSettings, issues };
}

/** Names of the deployment's variables, which a preview knows even if a value is unknown. */
export function variableNames(
  args: LagoStackArgs,
  { extra }: GivenSettings,
): pulumi.Output<string[]> {
  const own = [
    ...LAGO_KEYS.map(variableOfKey),
    ...PUBLIC_VARIABLES,
    ...givenVariables(args.config ?? {}),
    ...(args.organization === undefined ? [] : OWN_VARIABLES),
  ];
  return extraNames(extra).apply((more) => [...new Set([...own, ...more])].sort());
}

/**
 * Names of the variables whose values nobody chose: generated keys, public switches at their defaults,
 * and the URLs that follow from ports. The password of Redis has a rule of its own.
 */
export function unchosenNames(
  { config = {}, organization }: LagoStackArgs,
  { keys, extra }: GivenSettings,
): pulumi.Output<string[]> {
  const switches = CONFIG_FIELD_NAMES.filter(
    (name) => !CONFIG_FIELDS[name].secret && config[name] === undefined,
  ).filter((name) => !(name === "disableSignup" && organization !== undefined));
  const chosen = pulumi.all([keys, extraNames(extra)]);
  const names = chosen.apply(([given, more]) => {
    const made = LAGO_KEYS.filter(
      ({ name }) => name !== "redisPassword" && given[name] === undefined,
    );
    const all = [
      ...made.map(variableOfKey),
      ...switches.map((name) => CONFIG_FIELDS[name].variable),
    ];
    return all.filter((name) => !more.includes(name));
  });
  return pulumi.unsecret(names);
}

/** Names of the variables from `settings` and `environment`. The names are not secret. */
export function extraNames(extra: LagoStackArgs["environment"]): pulumi.Output<string[]> {
  return isLater(extra)
    ? pulumi.unsecret(pulumi.output(extra).apply((more) => Object.keys(more)))
    : pulumi.output(Object.keys(extra ?? {}));
}

/**
 * Values of the variables. All are secret except the public URLs and switches. Generated keys
 * replace values that the config does not give.
 *
 * @param login login of the organization to open. Defaults to none: services that stay need none.
 */
export function variableValues(
  args: LagoStackArgs,
  given: GivenSettings,
  keys: { readonly [K in keyof KeyValues]: pulumi.Output<string> },
  urls: PublicUrls,
  login?: pulumi.Output<OrganizationLogin>,
): Variables | pulumi.Output<Variables> {
  const config = args.config ?? {};
  const value = (name: string) => given.variables.apply((variables) => variables[name] ?? "");
  if (args.adopted === true) {
    // Without generated keys, which a first preview does not know: it could not say that all stays.
    const chosen = CONFIG_FIELD_NAMES.filter((name) => config[name] !== undefined);
    const own = chosen.map((name) => CONFIG_FIELDS[name].variable);
    const opening = login === undefined ? {} : loginVariables(login);
    return merge(
      { ...Object.fromEntries(own.map((name) => [name, value(name)])), ...opening },
      given.extra,
    );
  }
  const base: Variables = {
    ...Object.fromEntries(LAGO_KEYS.map((key) => [variableOfKey(key), keys[key.name]])),
    REDIS_PASSWORD: redisPassword(given, keys.redisPassword),
    ...Object.fromEntries(PUBLIC_VARIABLES.map((name) => [name, pulumi.unsecret(value(name))])),
    // Without URLs in the config, the URLs follow from the ports.
    [CONFIG_FIELDS.apiUrl.variable]: urls.apiUrl,
    [CONFIG_FIELDS.frontUrl.variable]: urls.frontUrl,
    ...Object.fromEntries(givenVariables(config).map((name) => [name, value(name)])),
    ...(login === undefined ? {} : loginVariables(login)),
  };
  return merge(base, given.extra);
}

/** Whether the password of the bundled Redis is generated, because nobody chose one. */
export function hasGeneratedRedisPassword({ extra }: GivenSettings): pulumi.Output<boolean> {
  const made = pulumi.output(extra ?? {}).apply((more) => more.REDIS_PASSWORD === undefined);
  return pulumi.unsecret(made);
}

/** The generated password of the bundled Redis; empty if the settings do not allow one. */
function redisPassword(given: GivenSettings, made: pulumi.Output<string>): pulumi.Output<string> {
  const all = pulumi.all([given.variables, given.extra ?? {}, made]);
  const value = all.apply(([variables, extra, password]) =>
    canGenerateRedisPassword({ ...variables, ...extra }) ? (password ?? "") : "",
  );
  return pulumi.secret(value);
}

/**
 * Merges the variables, and makes each further one a secret by itself. If the whole environment
 * were secret, Pulumi would compare it as a whole, and no preview could tell drift from a change.
 */
function merge(
  base: Variables,
  extra: LagoStackArgs["environment"],
): Variables | pulumi.Output<Variables> {
  if (!isLater(extra)) {
    return { ...base, ...secrets(Object.entries(extra ?? {})) };
  }
  const more = pulumi.output(extra);
  const entryOf = (name: string) => [name, more.apply((all) => all[name] as string)] as const;
  return extraNames(extra).apply((names) => ({ ...base, ...secrets(names.map(entryOf)) }));
}

function secrets(entries: readonly (readonly [string, pulumi.Input<string>])[]): Variables {
  return Object.fromEntries(entries.map(([name, value]) => [name, pulumi.secret(value)]));
}

/** Whether variables become known only as a whole, including their names. */
function isLater(
  extra: LagoStackArgs["environment"],
): extra is pulumi.OutputInstance<Variables> | Promise<Variables> {
  return pulumi.Output.isInstance(extra) || extra instanceof Promise;
}

/** Variables of the given secret fields. */
function givenVariables(config: LagoStackConfig): string[] {
  return CONFIG_FIELD_NAMES.filter(
    (name) => CONFIG_FIELDS[name].secret && config[name] !== undefined,
  ).map((name) => CONFIG_FIELDS[name].variable);
}

function parse(fields: pulumi.Unwrap<LagoStackConfig>): Sound<Record<string, string>> {
  const given = Object.entries(fields).filter(([, field]) => field !== undefined);
  const { value, issues } = makeSound(Object.fromEntries(given), (some) =>
    new LagoConfig(some as unknown as LagoConfigInput).toEnvVars(),
  );
  // A default must not replace an invalid value.
  const faulty = new Set<string>(
    issues.flatMap(({ field }) => (isConfigField(field) ? [CONFIG_FIELDS[field].variable] : [])),
  );
  const known = value.filter(([name]) => !faulty.has(name));
  return { value: Object.fromEntries(known), issues };
}
