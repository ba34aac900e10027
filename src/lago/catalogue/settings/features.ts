/** Settings of what Lago does. Each field's variable stands in `docs/settings.md`. */

/** Lago's keys. All are secrets and are generated once unless given. */
export interface KeySettings {
  /** Signs log-ins, 32 characters or more. A new one logs everybody out. */
  secretKeyBase?: string | undefined;
  /** Signs webhooks: an RSA key of 2048 bits or more, as PEM or base64 of PEM. */
  rsaPrivateKey?: string | undefined;
  /** Never change it: stored credentials could not be read again. 16 characters or more. */
  encryptionPrimaryKey?: string | undefined;
  /** Never change it, as above. */
  encryptionDeterministicKey?: string | undefined;
  /** Never change it, as above. */
  encryptionKeyDerivationSalt?: string | undefined;
}

/** A premium license. */
export interface LicenseSettings {
  /** The license's key. A secret. */
  key?: string | undefined;
}

/** Invoices as files. */
export interface PdfSettings {
  /** The Gotenberg service. Defaults to the bundled one. */
  url?: string | undefined;
  /** Whether no PDFs are made. Defaults to `false`. */
  disabled?: boolean | undefined;
}

/** Where files lie: in a volume, unless one of the two is enabled. */
export interface StorageSettings {
  s3?: S3Settings | undefined;
  gcs?: GcsSettings | undefined;
}

/** Amazon S3, or a store that speaks its protocol. */
export interface S3Settings {
  /** Defaults to `false`. */
  enabled?: boolean | undefined;
  /** A secret. */
  accessKeyId?: string | undefined;
  /** A secret. */
  secretAccessKey?: string | undefined;
  /** Defaults to `us-east-1`. */
  region?: string | undefined;
  bucket?: string | undefined;
  /** Address of a store other than Amazon's. */
  endpoint?: string | undefined;
  /** Whether the bucket stands in the path, with an endpoint. Defaults to `false`. */
  pathStyle?: boolean | undefined;
  /** Whether the endpoint's certificate is verified. Defaults to `true`. */
  sslVerify?: boolean | undefined;
}

/** Google Cloud Storage. */
export interface GcsSettings {
  /** Defaults to `false`. */
  enabled?: boolean | undefined;
  project?: string | undefined;
  bucket?: string | undefined;
  /** Path of the key file inside the containers. Defaults to `/app/gcs_keyfile.json`. */
  keyfilePath?: string | undefined;
  /** Whether links are signed by Google's IAM. Defaults to `false`. */
  iam?: boolean | undefined;
  /** Service account that signs links. */
  serviceAccountEmail?: string | undefined;
}

/** Who may come in. */
export interface SignupSettings {
  /** Whether visitors are kept from opening an organization. Defaults to `false`. */
  disabled?: boolean | undefined;
  /** The organization that is created with the deployment. */
  organization?: OrganizationSettings | undefined;
}

/** The first organization. */
export interface OrganizationSettings {
  /** Whether it is created. Defaults to `false`. */
  create?: boolean | undefined;
  name?: string | undefined;
  userEmail?: string | undefined;
  /** A secret. */
  userPassword?: string | undefined;
  /** Its API key. A secret. Lago makes one up unless given. */
  apiKey?: string | undefined;
}

/** Google's log-in. */
export interface GoogleSettings {
  clientId?: string | undefined;
  /** A secret. */
  clientSecret?: string | undefined;
}

/** Lago's AI agent. */
export interface MistralSettings {
  /** A secret. */
  apiKey?: string | undefined;
  agentId?: string | undefined;
  /** The MCP server through which the agent reaches Lago. */
  mcpServerUrl?: string | undefined;
}

/** The data API behind premium analytics. */
export interface DataApiSettings {
  /** Defaults to `http://data-api`. */
  url?: string | undefined;
  /** A secret. */
  bearerToken?: string | undefined;
}
