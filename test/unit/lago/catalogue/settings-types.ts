/**
 * Checked by the compiler: `LagoSettings` has exactly the fields that the catalogue has, each of the
 * type that the catalogue gives it.
 */
import type { GROUPS } from "../../../../src/lago/catalogue/groups.ts";
import type { LagoSettings } from "../../../../src/lago/catalogue/settings.ts";

type Entry = (typeof GROUPS)[number]["entries"][number];
type Setting = Exclude<Extract<Entry, { setting: string }>, { scope: "deployment" }>;

/** What the catalogue's kind of value is in TypeScript. */
type ValueOf<Type> = Type extends { kind: "integer" | "number" }
  ? number
  : Type extends { kind: "boolean" }
    ? boolean
    : Type extends { kind: "list" }
      ? readonly string[]
      : Type extends { kind: "enum"; values: readonly (infer Value)[] }
        ? Value
        : string;

type FromCatalogue = { [One in Setting as One["setting"]]: ValueOf<One["type"]> };

/** An interface's fields by dotted path. */
type Flat<Fields, Prefix extends string = ""> = {
  [Key in keyof Fields & string]-?: NonNullable<Fields[Key]> extends
    | string
    | number
    | boolean
    | readonly string[]
    ? { [Path in `${Prefix}${Key}`]: NonNullable<Fields[Key]> }
    : Flat<NonNullable<Fields[Key]>, `${Prefix}${Key}.`>;
}[keyof Fields & string];

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

type FromInterface = {
  [Path in keyof Intersection<Flat<LagoSettings>>]: Intersection<Flat<LagoSettings>>[Path];
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

export const FIELDS_ARE_THE_SAME: Same<keyof FromCatalogue, keyof FromInterface> = true;
export const TYPES_ARE_THE_SAME: Same<FromCatalogue, FromInterface> = true;
