/**
 * Where the parts of an audit trail are: all beside the file that lines are added to.
 *
 * @module
 */

/** The paths of one trail. */
export interface Places {
  /** The file that lines are added to. */
  readonly file: string;
  readonly directory: string;
  /** Its lock is held while lines are added; a file of its own, because the trail's file is renamed when it is full. */
  readonly lock: string;
  /** Tells where the trail ends, so that lines missing at its end are noticed. */
  readonly head: string;
  /** Holds a file for each write that is under way. */
  readonly pending: string;
  /** The path of a name in that directory. */
  inPending(name: string): string;
  /** Names the file that a full one is renamed to; `first` is the number of its first line. */
  full(time: number, first: number): string;
  /** The number of the first line of a full file, from its name; `undefined` if it is none of this trail. */
  firstOf(name: string): number | undefined;
  /** The path of a name in the trail's directory. */
  beside(name: string): string;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * Finds the places of a trail.
 *
 * @param file The path of the file that lines are added to.
 * @returns Its places.
 */
export function placesOf(file: string): Places {
  const isWindows = /^(?:[A-Za-z]:|\\\\)/.test(file);
  const cut = Math.max(file.lastIndexOf("/"), isWindows ? file.lastIndexOf("\\") : -1);
  const separator = isWindows ? "\\" : "/";
  const name = file.slice(cut + 1);
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const fullName = new RegExp(`^${escapeRegExp(stem)}-\\d{8}T\\d{6}Z-(\\d{1,15})${escapeRegExp(extension)}$`);
  const beside = (other: string) => file.slice(0, cut + 1) + other;
  return {
    file,
    directory: cut < 0 ? "." : cut === 0 ? separator : file.slice(0, cut),
    lock: `${file}.lock`,
    head: `${file}.head`,
    pending: `${file}.pending`,
    inPending: (other) => `${file}.pending${separator}${other}`,
    full(time, first) {
      const stamp = new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
      return beside(`${stem}-${stamp}-${first}${extension}`);
    },
    firstOf(other) {
      const first = fullName.exec(other)?.[1];
      return first === undefined ? undefined : Number(first);
    },
    beside,
  };
}
