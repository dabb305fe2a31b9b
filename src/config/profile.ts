/**
 * A profile: a credential with its policy, under a name.
 *
 * @module
 */

import type { HttpSection } from "./http_section.ts";

/** Where a profile's token comes from; paths are absolute, or relative to the working directory. */
export type ProfileCredential =
  | { readonly type: "environment" }
  | { readonly type: "token_file"; readonly path: string }
  | { readonly type: "token_command"; readonly command: readonly string[] }
  | {
    readonly type: "integration" | "service_app";
    readonly clientId?: string;
    readonly clientSecretFile?: string;
  };

/** A profile as the configuration file describes it. */
export interface Profile {
  /** Absent: the environment's. */
  readonly credential?: ProfileCredential;
  /** The id of the organization that calls act on, encoded. */
  readonly organization?: string;
  readonly readOnly?: boolean;
  /** The credential reaches several organizations. */
  readonly partner?: boolean;
  readonly baseUrl?: string;
  /** What is listed. */
  readonly tools?: "all" | "discover";
  /** Which changes need somebody's consent; no flag asks for less. */
  readonly confirm?: "never" | "destructive" | "writes";
  readonly preset?: readonly string[];
  readonly features?: readonly string[];
  readonly excludeFeatures?: readonly string[];
  /** Patterns of tools' names. */
  readonly tool?: readonly string[];
  readonly excludeTool?: readonly string[];
}

/** The content of a configuration file. */
export interface ProfileFile {
  /** The file's path, for messages. */
  readonly path: string;
  /** How the program serves over HTTP. */
  readonly http?: HttpSection;
  readonly defaultProfile?: string;
  readonly profiles: ReadonlyMap<string, Profile>;
}

/** The profile that was chosen. */
export interface ChosenProfile {
  readonly name: string;
  /** A flag or a variable named it. */
  readonly explicit: boolean;
  readonly profile: Profile;
  /** The configuration file that describes it, for messages. */
  readonly path?: string;
}
