/**
 * Orders endpoints by how well they fit a request.
 *
 * @module
 */

import type { Deed, Owner } from "./facets.ts";
import type { InvertedIndex } from "./inverted_index.ts";
import type { Request, Topic } from "./request.ts";
import type { SayingMatcher } from "./saying_matcher.ts";

/** What an endpoint does and for whom. */
export interface Facets {
  readonly deed: Deed;
  readonly owners: readonly Owner[];
  readonly deprecated: boolean;
}

/** An endpoint that fits, by its place in the index. */
export interface Ranked {
  readonly place: number;
  readonly score: number;
}

/** What scores are multiplied by. */
const FACTORS = {
  /** How much it helps that a title speaks of nothing but what is asked for. */
  titleShare: 0.3,
  /** The same of a path. */
  pathShare: 0.3,
  /** How much it costs to lack a part of what is asked for. */
  lacking: 0.7,
  wrongDeed: 0.5,
  unsaidWorst: 0.4,
  deprecated: 0.75,
  otherRival: 0.4,
  otherOwner: 0.88,
  rightOwner: 1.8,
  /** How much it helps to be asked for in such words. */
  said: 2,
  /** An endpoint of a subject of which better ones were found. */
  repeated: 0.9,
};

const MOST_VARIED = 50;
const FREE_REPEATS = 1;

/** How likely each owner is meant when nobody is named. */
const UNSAID: Readonly<Record<Owner, number>> = {
  "me": 0.55,
  "person": 1,
  "workspace": 0.86,
  "virtual line": 0.82,
  "location": 0.97,
  "organization": 1,
  "none": 1,
};

/** The owners that have the same settings each; asking for one's means none of the others'. */
const RIVALS: ReadonlySet<Owner> = new Set(["me", "person", "workspace", "virtual line"]);

const UNSAID_DEEDS: Readonly<Record<Deed, number>> = {
  list: 1,
  get: 1,
  update: 0.9,
  create: 0.7,
  act: 0.8,
  delete: 0.3,
};

function ownerFactor(owner: Owner, asked: ReadonlyMap<Owner, number>): number {
  if (asked.size === 0) return UNSAID[owner];
  const own = asked.get(owner);
  if (own !== undefined) return 1 + (FACTORS.rightOwner - 1) * own;
  if (owner === "none") return 1;
  let surest = 0;
  let rival = false;
  for (const [other, strength] of asked) {
    surest = Math.max(surest, strength);
    if (RIVALS.has(other)) rival = true;
  }
  const worst = owner === "me" || (rival && RIVALS.has(owner)) ? FACTORS.otherRival : FACTORS.otherOwner;
  return UNSAID[owner] + (Math.min(worst, UNSAID[owner]) - UNSAID[owner]) * surest;
}

function deedFactor(deed: Deed, asked: ReadonlyMap<Deed, number>): number {
  if (asked.size === 0) return FACTORS.unsaidWorst + (1 - FACTORS.unsaidWorst) * UNSAID_DEEDS[deed];
  return FACTORS.wrongDeed + (1 - FACTORS.wrongDeed) * (asked.get(deed) ?? 0);
}

/** What the topics of a request found. */
class Findings {
  readonly scores: Float64Array;
  /** The rarity of all topics that were found in each endpoint. */
  readonly covered: Float64Array;
  readonly terms = new Set<string>();
  total = 0;

  constructor(private readonly index: InvertedIndex) {
    this.scores = new Float64Array(index.size);
    this.covered = new Float64Array(index.size);
  }

  add(topic: Topic): void {
    const best = new Float64Array(this.index.size);
    let rarity = 0;
    for (const { terms, weight } of topic.meant) {
      const sum = topic.meant.length === 1 ? best : new Float64Array(this.index.size);
      rarity = Math.max(rarity, this.#sum(terms, weight, sum));
      if (sum !== best) { for (const [place, score] of sum.entries()) best[place] = Math.max(best[place] ?? 0, score); }
    }
    this.total += rarity * topic.weight;
    for (const [place, score] of best.entries()) {
      if (score === 0) continue;
      this.scores[place] = (this.scores[place] ?? 0) + score * topic.weight;
      this.covered[place] = (this.covered[place] ?? 0) + Math.min(score, rarity) * topic.weight;
    }
  }

  /** Adds the scores of terms, and tells how rare they are together. */
  #sum(terms: readonly string[], weight: number, sum: Float64Array): number {
    let rarity = 0;
    for (const term of terms) {
      const postings = this.index.postings(term);
      if (postings === undefined) continue;
      this.terms.add(term);
      rarity += postings.rarity * weight;
      for (const [at, place] of postings.places.entries()) {
        sum[place] = (sum[place] ?? 0) + (postings.scores[at] ?? 0) * weight;
      }
    }
    return rarity;
  }

  /** How much of what an endpoint is about the request speaks of. */
  share(subject: readonly string[] = []): number {
    let found = 0;
    let all = 0;
    for (const term of subject) {
      const rarity = this.index.postings(term)?.rarity ?? 1;
      all += rarity;
      if (this.terms.has(term)) found += rarity;
    }
    return all === 0 ? 0 : found / all;
  }
}

/**
 * Ranks the endpoints that fit a request.
 *
 * @param request The request.
 * @param index The index.
 * @param facets What each endpoint does and for whom, by its place.
 * @param sayings Knows in which sentences people ask for each.
 * @returns All that fit, the best first; of equals, the one that comes first in the collection.
 */
export function rank(
  request: Request,
  index: InvertedIndex,
  facets: readonly Facets[],
  sayings?: SayingMatcher,
): Ranked[] {
  const said = sayings?.match(request.sentence);
  const findings = new Findings(index);
  for (const topic of request.topics) findings.add(topic);
  const ranked: Ranked[] = [];
  for (const [place, base] of findings.scores.entries()) {
    const facet = facets[place];
    if (base === 0 || facet === undefined) continue;
    const covered = (findings.covered[place] ?? 0) / findings.total;
    const score = base * (1 - FACTORS.lacking + FACTORS.lacking * covered) *
      (1 + FACTORS.titleShare * findings.share(index.titles[place])) *
      (1 + FACTORS.pathShare * findings.share(index.subjects[place])) *
      (1 + FACTORS.said * (said?.[place] ?? 0)) *
      deedFactor(facet.deed, request.deeds) * Math.max(...facet.owners.map((owner) =>
        ownerFactor(owner, request.owners)
      )) *
      (facet.deprecated ? FACTORS.deprecated : 1);
    ranked.push({ place, score });
  }
  return varied(ranked.sort(byScore), index);
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.place - b.place;
}

/**
 * Puts endpoints of the same subject a little further down, each the more of them stand before it.
 *
 * The settings of persons, rooms and lines are alike; without this, one wrong guess of the subject fills the first page.
 */
function varied(ranked: readonly Ranked[], index: InvertedIndex): Ranked[] {
  const before = new Map<string, number>();
  const head = ranked.slice(0, MOST_VARIED).map(({ place, score }) => {
    const subject = (index.subjects[place] ?? []).join(" ");
    const count = before.get(subject) ?? 0;
    before.set(subject, count + 1);
    return { place, score: score * FACTORS.repeated ** Math.max(0, count - FREE_REPEATS + 1) };
  });
  return [...head.sort(byScore), ...ranked.slice(MOST_VARIED)];
}
