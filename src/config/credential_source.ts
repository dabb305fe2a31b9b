/**
 * Where a credential comes from, as the configuration names it.
 *
 * @module
 */

/** The source of the access token. */
export type CredentialSource =
  /** Why there is none although there could be one: sentences that say what to do. */
  | { readonly type: "none"; readonly reason?: string }
  | { readonly type: "token"; readonly token: string }
  | { readonly type: "file"; readonly path: string }
  /** A program and its arguments; no shell is involved. */
  | { readonly type: "command"; readonly command: readonly string[] }
  | {
    readonly type: "integration" | "service_app";
    readonly profile?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
    readonly clientSecretFile?: string;
    /** The first refresh token, where no store exists yet. */
    readonly refreshToken?: string;
    /** The path of the token store. */
    readonly store: string;
  };
