import type { dynamic } from "@pulumi/pulumi";
import { newAlphanumeric, newRsaPrivateKey, newSecretKeyBase } from "../config/generate.ts";

/** Length of generated passwords and encryption keys: 32 characters, about 190 bits. */
const KEY_LENGTH = 32;

/** Secrets that a deployment needs and that are made once when config does not give them. */
export interface GeneratedKeys {
  readonly secretKeyBase: string;
  readonly rsaPrivateKey: string;
  readonly encryptionPrimaryKey: string;
  readonly encryptionDeterministicKey: string;
  readonly encryptionKeyDerivationSalt: string;
  readonly postgresPassword: string;
}

type State = GeneratedKeys & { readonly __provider: string };

/** Makes the keys once and hands on the same ones ever after. */
export const keysProvider = {
  async create(): Promise<dynamic.CreateResult> {
    const keys: GeneratedKeys = {
      secretKeyBase: newSecretKeyBase(),
      rsaPrivateKey: await newRsaPrivateKey(),
      encryptionPrimaryKey: newAlphanumeric(KEY_LENGTH),
      encryptionDeterministicKey: newAlphanumeric(KEY_LENGTH),
      encryptionKeyDerivationSalt: newAlphanumeric(KEY_LENGTH),
      postgresPassword: newAlphanumeric(KEY_LENGTH),
    };
    return { id: "generated-keys", outs: keys };
  },

  async diff(_id: string, olds: State, news: State): Promise<dynamic.DiffResult> {
    return { changes: olds.__provider !== news.__provider };
  },

  async update(_id: string, olds: State): Promise<dynamic.UpdateResult> {
    const { __provider, ...keys } = olds;
    return { outs: keys };
  },
};
