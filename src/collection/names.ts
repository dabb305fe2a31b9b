/**
 * Makes tool names out of features and titles.
 *
 * A name is the feature and the title in words joined by `_`, as long as it fits. Longer ones are shortened step by
 * step, each step only where the one before wasn't enough, so that a reader can always tell what was left out.
 *
 * @module
 */

/** The most characters that a tool name may have; several clients cut or refuse longer ones. */
export const MAX_NAME_LENGTH = 45;

/** What a name is made of. */
export interface Nameable {
  readonly feature: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
}

/** How names are made. */
export interface NamingOptions {
  /** The first word of every name; empty for the embedded collection. */
  readonly namespace?: string;
  /** The short form of a feature's name, by feature. */
  readonly prefixes?: Readonly<Record<string, string>>;
}

/** What a long prefix leaves to the title at least. */
const MIN_TITLE_LENGTH = 3;

const ARTICLES = new Set(["a", "an", "the", "s"]);
const FILLERS = new Set([
  ...ARTICLES,
  "of",
  "for",
  "to",
  "in",
  "on",
  "at",
  "by",
  "with",
  "and",
  "or",
  "from",
  "via",
  "this",
  "that",
  "is",
  "if",
  "new",
]);
const VAGUE = new Set([
  ...FILLERS,
  "details",
  "settings",
  "setting",
  "configuration",
  "config",
  "information",
  "specific",
  "across",
]);

/** Verbs and phrases that say the same at greater length. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^(read|get|retrieve|fetch|return)_(the_|a_)?list_of_/, "list_"],
  [/^list_of_/, "list_"],
  [/^(read|retrieve|fetch)_/, "get_"],
  [/^(modify|configure|change|edit)_/, "update_"],
  [/^(delete|remove)_/, "delete_"],
];

/** Words with a usual short form; a map, because a title can have the name of an object's own member. */
const SHORT: ReadonlyMap<string, string> = new Map(Object.entries({
  administrator: "admin",
  alternate: "alt",
  announcement: "annc",
  announcements: "annc",
  application: "app",
  applications: "apps",
  assigned: "assgnd",
  assistant: "asst",
  attendant: "attnd",
  authentication: "auth",
  available: "avail",
  callback: "cb",
  collection: "coll",
  configuration: "config",
  criteria: "crit",
  customer: "cust",
  customization: "custom",
  default: "deflt",
  department: "dept",
  description: "desc",
  destination: "dest",
  directory: "dir",
  document: "doc",
  documents: "docs",
  emergency: "emerg",
  executive: "exec",
  extension: "ext",
  extensions: "exts",
  external: "extern",
  feature: "feat",
  features: "feats",
  forward: "fwd",
  forwarding: "fwd",
  generate: "gen",
  history: "hist",
  identifier: "id",
  information: "info",
  language: "lang",
  languages: "langs",
  location: "loc",
  locations: "locs",
  management: "mgmt",
  message: "msg",
  messages: "msgs",
  monitoring: "monitor",
  network: "net",
  networks: "nets",
  notification: "notif",
  notifications: "notifs",
  number: "num",
  numbers: "nums",
  operating: "op",
  organization: "org",
  organizations: "orgs",
  outgoing: "out",
  parameters: "params",
  participant: "partic",
  password: "pwd",
  permission: "perm",
  permissions: "perms",
  preferred: "pref",
  primary: "prim",
  receptionist: "recept",
  recording: "rec",
  recordings: "recs",
  registration: "reg",
  registrations: "regs",
  reputation: "reput",
  schedule: "sched",
  schedules: "scheds",
  secondary: "sec",
  selected: "sel",
  sequential: "seq",
  service: "svc",
  services: "svcs",
  settings: "config",
  simultaneous: "simul",
  summaries: "summ",
  template: "tmpl",
  templates: "tmpls",
  transcript: "transcr",
  transcripts: "transcrs",
  translation: "transl",
  virtual: "virt",
  voicemail: "vm",
  workspace: "wksp",
  workspaces: "wksps",
}));

/**
 * Writes a text as lower-case words joined by `_`.
 *
 * @param text Any text; accents are taken off, every other foreign character separates words.
 * @returns The words; empty when the text has no Latin letter or digit.
 */
export function slug(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f'\u2019]/g, "").replace(/([a-z\d])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
}

function without(words: readonly string[], left: ReadonlySet<string>): string[] {
  return words.filter((word, index) => index === 0 || !left.has(word));
}

/** A name does not end in a word that only leads to the next one. */
function withoutLooseEnd(words: readonly string[]): string[] {
  const end = words.findLastIndex((word, index) => index === 0 || !(FILLERS.has(word) || word === "specific"));
  return words.slice(0, end + 1);
}

/** Leaves out the words that the prefix says already. */
function withoutEcho(words: readonly string[], prefix: string): string[] {
  const said = new Set(prefix.split("_").flatMap((word) => [word, `${word}s`, `${word}es`, word.replace(/y$/, "ies")]));
  return without(words, said);
}

/** Cuts whole words off the end; a single word that is too long is cut itself. */
function cut(name: string, room: number): string {
  if (name.length <= room) return name;
  const end = name.lastIndexOf("_", room);
  return name.slice(0, end > 0 ? end : room).replace(/_+$/, "");
}

/**
 * Shortens a title to the room that its prefix leaves.
 *
 * @param title The title in words joined by `_`.
 * @param prefix What stands before it.
 * @param room The most characters.
 * @returns The first form, from the whole title to the most reduced, that fits.
 */
function shorten(title: string, prefix: string, room: number): string {
  const phrase = PHRASES.reduce((text, [long, short]) => text.replace(long, short), title);
  let words = phrase.split("_");
  const steps: ((words: readonly string[]) => string[])[] = [
    (list) => without(list, ARTICLES),
    (list) => withoutEcho(list, prefix),
    (list) => without(list, FILLERS),
    (list) => list.map((word) => SHORT.get(word) ?? word),
    (list) => without(list, VAGUE),
  ];
  if (title.length <= room) return title;
  for (const step of steps) {
    if (words.join("_").length <= room) break;
    words = withoutLooseEnd(step(words));
  }
  return cut(words.join("_"), room);
}

function baseName(item: Nameable, options: NamingOptions, room: number): string {
  const namespace = options.namespace ?? "";
  const { prefixes = {} } = options;
  const own = Object.hasOwn(prefixes, item.feature) ? prefixes[item.feature] : undefined;
  const whole = [namespace, own ?? cut(slug(item.feature), 20)].filter((part) => part !== "").join("_");
  const prefix = cut(whole, room - MIN_TITLE_LENGTH - 1);
  const title = slug(item.title) || slug(`${item.method} ${item.path}`) || item.method.toLowerCase();
  const left = room - prefix.length - 1;
  const name = prefix === "" ? shorten(title, prefix, room) : `${prefix}_${shorten(title, prefix, left)}`;
  return /^[a-z]/.test(name) ? name : cut(`x_${name}`, room);
}

/** How often each of the texts occurs. */
function countOf(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Tells apart items of one name by what only their path or method says, and only as a last resort by a number. */
function separate(items: readonly Nameable[], options: NamingOptions, taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  const paths = countOf(items.map(({ path }) => path));
  const wordsOf = ({ path }: Nameable) => slug(path).split("_");
  const words = countOf(items.flatMap((item) => [...new Set(wordsOf(item))]));
  return items.map((item) => {
    const method = paths.get(item.path) === 1 ? [] : [item.method.toLowerCase()];
    const suffix = [...wordsOf(item).filter((word) => words.get(word) === 1), ...method].join("_");
    const free = (name: string) => !used.has(name);
    const plain = baseName(item, options, MAX_NAME_LENGTH);
    const suffixed = suffix === "" ? plain : withSuffix(item, options, suffix);
    let name = [suffixed, plain].find(free) ?? suffixed;
    for (let number = 2; !free(name); number++) name = withSuffix(item, options, String(number));
    used.add(name);
    return name;
  });
}

function withSuffix(item: Nameable, options: NamingOptions, suffix: string): string {
  const short = cut(suffix, 18);
  return `${baseName(item, options, MAX_NAME_LENGTH - short.length - 1)}_${short}`;
}

/**
 * Names all operations of a collection.
 *
 * @param items The operations; the same list gives the same names.
 * @param options The namespace and the features' short forms.
 * @returns A name for each item in its order: unique, `^[a-z][a-z0-9_]*$`, at most 45 characters.
 */
export function nameTools(items: readonly Nameable[], options: NamingOptions = {}): string[] {
  const names = items.map((item) => baseName(item, options, MAX_NAME_LENGTH));
  const groups = Map.groupBy(items.keys(), (index) => names[index] ?? "");
  const taken = new Set([...groups].filter(([, group]) => group.length === 1).map(([name]) => name));
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const separated = separate(group.flatMap((index) => items[index] ?? []), options, taken);
    for (const [place, index] of group.entries()) {
      names[index] = separated[place] ?? "";
      taken.add(names[index] ?? "");
    }
  }
  return names;
}

/**
 * Names all operations of a further collection.
 *
 * @param items The operations.
 * @param namespace The first word of every name; empty for none.
 * @returns A name for each item in its order.
 */
export function nameEndpoints(items: readonly Nameable[], namespace: string): string[] {
  return nameTools(items, { namespace });
}
