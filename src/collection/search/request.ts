/**
 * Understands a request: what it is about, what is to be done, and for whom.
 *
 * @module
 */

import type { Deed, Owner } from "./facets.ts";
import { pairOf } from "./analysis.ts";
import { askedWords, asks, isInflected } from "./asking.ts";
import type { Standing } from "./field_rules.ts";
import { type Lexicon, type Meant, termsOf, type VerbSense } from "./lexicon.ts";
import { type Membership, membershipAt } from "./membership.ts";
import type { Found } from "./phrase_book.ts";
import type { Speller } from "./spelling.ts";
import { SPLIT_VERBS } from "./words/intent_words.ts";
import { requestWords, stemOf, type Word } from "./words.ts";

/** More words say nothing new, and each costs time. */
const MOST_WORDS = 60;

/** One thing that is asked for: any one of several senses. */
export interface Topic {
  readonly meant: Meant;
  /** From 0 to 1. */
  readonly weight: number;
}

/** A request, understood. */
export interface Request {
  readonly topics: readonly Topic[];
  /** The terms of the whole sentence, each once, those inside of phrases, too. */
  readonly sentence: readonly string[];
  /** How well each deed fits, the best 1; empty when the request doesn't say what is to be done. */
  readonly deeds: ReadonlyMap<Deed, number>;
  /** Whose settings are meant, and how surely. */
  readonly owners: ReadonlyMap<Owner, number>;
}

/** What understanding needs. */
export interface Understanding {
  readonly lexicon: Lexicon;
  readonly spell: Speller;
  /** Tells where endpoints have this stem; `undefined` if none has it. */
  standing(stem: string): Standing | undefined;
}

/** How much words count that do not only tell of the matter. */
const WEIGHT = {
  scope: 0.5,
  faint: 0.55,
  quoted: 0.25,
  verb: 0.8,
  mail: 0.5,
  pair: 0.33,
  noted: 0.5,
  member: 0.4,
};

/** How surely a name tells whose settings are meant, by what stands before it. */
const NAME = { possessive: 0.9, of: 0.4, ofPlace: 0.25, at: 0.5, bare: 0.3 };

/** How much more a verb counts that begins a part of the sentence, as orders do. */
const OPENING = 1.5;
const QUESTION = 0.7;
/** How much a verb that changes something counts in a sentence that asks. */
const ASKED = 0.5;
/** Who adds somebody to a group changes the group. */
const OF_MEMBERS: Partial<Record<Deed, number>> = { update: 1, create: 0.4, delete: 0.3, act: 0.2 };
/** What verbs must add up to for no other deed to be likely. */
const CERTAIN = 0.9;
const PLURAL = 0.18;
/** Who only names things, as "queues of a site", wants to see them. */
const NAMED: Partial<Record<Deed, number>> = { list: 1, get: 0.6, update: 0.4, act: 0.3 };
const NAMED_ONLY = 0.9;
const ARTICLE = 0.3;
/** Topics that are further apart are no pair; requests put more between them than descriptions do. */
const MOST_APART = 4;
/** How many words may stand between the parts of a verb. */
const MOST_BETWEEN = 7;

const DIGIT_REGEXP = /\d/;
const OF_PEOPLE: ReadonlySet<string> = new Set(["for", "of", "from", "to", "let", "and", "mr", "mrs", "ms", "dr"]);
const PREPOSITIONS: ReadonlySet<string> = new Set(
  "for of at in to from by with without on as is has was via into".split(" "),
);
/** What begins the object of an order. */
const OBJECTS: ReadonlySet<string> = new Set(
  "a an the all every any his her their my our this that these those someone user users person calls".split(" "),
);
const RELATIVE: ReadonlySet<string> = new Set(["who", "whos", "whose", "which"]);
const AT_PLACES: ReadonlySet<string> = new Set(["in", "at", "near"]);

/** What is written before "phone" and is no place. */
const NO_PLACES: ReadonlySet<string> = new Set(
  "the a an his her my our their this that desk ip sip cell mobile home smart cordless office new old each every any other same one phone number cisco broken"
    .split(" "),
);

function isPlural(text: string): boolean {
  return text.length > 3 && text.endsWith("s") && !text.endsWith("ss") && !text.endsWith("us") && !text.endsWith("is");
}

const DEEDS: readonly Deed[] = ["list", "get", "create", "update", "delete", "act"];

/** Takes a request apart, word by word. */
class Reader {
  readonly topics: Topic[] = [];
  readonly owners = new Map<Owner, number>();
  readonly deeds = new Map<Deed, number>();
  readonly #stems: readonly string[];
  readonly #asked: readonly boolean[];
  readonly #verbWords: number[] = [];
  #membership: Membership | undefined;
  #plural = false;

  constructor(private readonly words: readonly Word[], private readonly known: Understanding) {
    this.#stems = words.map(({ text }) => stemOf(text));
    this.#asked = askedWords(words);
  }

  read(): void {
    for (let index = 0; index < this.words.length;) index += this.#readAt(index);
    // A request of verbs alone is about what they do.
    if (this.topics.length === 0) { for (const index of this.#verbWords) this.#addWord(index, 1); }
    // "People" has no plural ending.
    const named = this.#plural || this.words[0]?.text === "people";
    if (named && this.deeds.size === 0) this.#addDeeds(NAMED, NAMED_ONLY);
    else if (this.#plural) this.#addDeeds({ list: 1 }, PLURAL);
  }

  /** Reads what begins at a word, and tells how many words it took. */
  #readAt(index: number): number {
    const { lexicon } = this.known;
    const word = this.words[index];
    if (word === undefined) return 1;
    if (word.quoted) return this.#readQuoted(index);
    const verb = lexicon.verbs.longest(this.#stems, index);
    const meant = this.#meantAt(index, verb?.length ?? 0);
    const scope = lexicon.scopes.longest(this.#stems, index);
    const isMember = this.#isMember(index);
    this.#membership = membershipAt(this.words, this.#stems, index, lexicon) ?? this.#membership;
    if (scope !== undefined && !isMember) this.#addOwner(scope.value.owner, scope.value.strength);
    if (this.#isName(index, meant !== undefined || scope !== undefined)) return this.#readName(index);
    // In "pickup groups", nobody picks up.
    if (!this.#isMember(index + 1)) this.#seeSplitVerb(index);
    const isVerb = verb !== undefined && verb.length >= (meant?.length ?? 0);
    if (isVerb || (verb !== undefined && this.#isOrder(index, verb.length))) this.#seeVerb(index, verb.value);
    if (meant !== undefined && (!isVerb || meant.length === verb.length)) {
      const scoped = scope !== undefined && scope.length >= meant.length;
      const weight = isMember ? WEIGHT.member : scoped ? WEIGHT.scope : 1;
      this.#addTopic(meant.value, index, index + meant.length - 1, weight);
      return meant.length;
    }
    if (isVerb) return this.#readVerb(index, verb.length, verb.value.topical);
    if (scope !== undefined && scope.length > 1) return scope.length;
    this.#addWord(index, 1);
    return 1;
  }

  /** "Forward all calls" is an order, and "forwarding numbers" and "pickup groups" are none. */
  #isOrder(index: number, length: number): boolean {
    const word = this.words[index];
    if (word?.opening !== true || isInflected(word.text)) return false;
    return OBJECTS.has(this.words[index + length]?.text ?? "");
  }

  /** "Forward the calls of a user who is on vacation" asks nothing. */
  #isRelative(index: number): boolean {
    const word = this.words[index];
    if (word === undefined || !RELATIVE.has(word.text) || word.opening || this.#asked[index] === true) return false;
    return this.known.lexicon.scopes.longest(this.#stems, index - 1)?.value.owner === "person";
  }

  #isMember(index: number): boolean {
    const { member, end } = this.#membership ?? { member: 0, end: 0 };
    return index >= member && index < end;
  }

  /** What a verb asks for; in a question, "changed" and "orders" ask for nothing. */
  #seeVerb(index: number, { deeds, surely }: VerbSense): void {
    const { text = "", opening = false } = this.words[index] ?? {};
    const sureness = surely * (opening ? OPENING : 1);
    if (this.#isMember(index + 1)) return this.#addDeeds(OF_MEMBERS, sureness);
    const reads = Math.max(deeds.list ?? 0, deeds.get ?? 0) > 0.5;
    if (reads && this.#isRelative(index)) return;
    if (reads || this.#asked[index] !== true) return this.#addDeeds(deeds, sureness);
    if (!isInflected(text)) this.#addDeeds(deeds, sureness * ASKED);
  }

  /**
   * In "turn on call waiting", "call" belongs to what follows, though "turn on calling" is a phrase, too; and so does
   * "meeting" in "in a meeting room".
   */
  #meantAt(index: number, verb: number): Found<Meant> | undefined {
    const { meant, scopes, isFiller } = this.known.lexicon;
    const found = meant.longest(this.#stems, index);
    if (found === undefined || found.length <= Math.max(verb, 1)) return found;
    const place = scopes.longest(this.#stems, index + found.length - 1);
    if (place !== undefined && place.length > 1 && isFiller(this.words[index]?.text ?? "")) return undefined;
    if (verb === 0) return found;
    const following = meant.longest(this.#stems, index + found.length - 1);
    return following !== undefined && following.length > 1 ? undefined : found;
  }

  #seeSplitVerb(index: number): void {
    const word = this.words[index];
    const split = SPLIT_VERBS.find(({ verb }) => verb === word?.text);
    if (word === undefined || split === undefined) return;
    for (const { text, first } of this.words.slice(index + 2, index + 2 + MOST_BETWEEN)) {
      if (first) return;
      if (!split.particles.includes(text)) continue;
      return this.#addDeeds(split.deeds, split.surely * (word.opening ? OPENING : 1));
    }
  }

  /** "A rule" is likely to be made; "for a user" tells nothing. */
  #seeArticle(index: number): void {
    const article = this.words[index - 1]?.text;
    if (article !== "a" && article !== "an") return;
    if (!PREPOSITIONS.has(this.words[index - 2]?.text ?? "of")) this.#addDeeds({ create: 1 }, ARTICLE);
  }

  #readQuoted(index: number): number {
    const meant = this.known.lexicon.meant.longest(this.#stems, index);
    if (meant === undefined) this.#addWord(index, WEIGHT.quoted);
    else this.topics.push({ meant: meant.value, weight: WEIGHT.quoted });
    return meant?.length ?? 1;
  }

  #readVerb(index: number, length: number, topical: boolean): number {
    for (let at = index; at < index + length; at++) {
      if (topical) this.#addWord(at, WEIGHT.verb);
      else this.#verbWords.push(at);
    }
    return length;
  }

  #addTopic(meant: Meant, first: number, last: number, weight: number): void {
    this.#seeArticle(first);
    if (isPlural(this.words[last]?.text ?? "")) this.#plural = true;
    this.topics.push({ meant, weight });
    this.#seePlace(last);
  }

  /** A phone that stands somewhere belongs to nobody: "the canteen phone". */
  #seePlace(index: number): void {
    const word = this.words[index]?.text ?? "";
    const before = this.words[index - 1];
    if ((word !== "phone" && word !== "phones") || before === undefined || before.possessive) return;
    const stem = this.#stems[index - 1] ?? "";
    const { lexicon } = this.known;
    if (NO_PLACES.has(before.text) || lexicon.isFiller(before.text) || DIGIT_REGEXP.test(before.text)) return;
    if (lexicon.verbs.longest(this.#stems, index - 1) !== undefined || lexicon.same.longest([stem], 0) !== undefined) {
      return;
    }
    this.#addOwner("workspace", this.#isTerm(stem) ? 0.4 : 0.6);
  }

  #addWord(index: number, weight: number): void {
    const text = this.words[index]?.text ?? "";
    const stem = this.#stems[index] ?? "";
    const { lexicon } = this.known;
    const standing = this.known.standing(stem);
    if (lexicon.isFiller(text) || DIGIT_REGEXP.test(text) || standing === undefined) return;
    const worth = lexicon.isFaint(text) ? WEIGHT.faint : standing === "noted" ? WEIGHT.noted : 1;
    this.topics.push({ meant: [{ terms: [stem], weight: 1 }], weight: weight * worth });
    if (isPlural(text) && !lexicon.isFaint(text)) this.#plural = true;
  }

  #addDeeds(deeds: Partial<Record<Deed, number>>, surely: number): void {
    for (const deed of DEEDS) {
      const fit = deeds[deed];
      if (fit !== undefined) this.deeds.set(deed, (this.deeds.get(deed) ?? 0) + fit * surely);
    }
  }

  #addOwner(owner: Owner, strength: number): void {
    if (owner !== "none") this.owners.set(owner, Math.max(this.owners.get(owner) ?? 0, strength));
  }

  /** A word that nobody knows, or that capitals or an apostrophe mark as somebody's name. */
  #isName(index: number, known: boolean): boolean {
    const word = this.words[index];
    if (word === undefined || known) return false;
    const { lexicon } = this.known;
    if (DIGIT_REGEXP.test(word.text) || lexicon.isFiller(word.text)) return false;
    if (word.possessive) return true;
    if (word.capital && !word.first) {
      const before = this.words[index - 1];
      if (before !== undefined && (OF_PEOPLE.has(before.text) || this.#isStrange(index - 1))) return true;
      if (this.words[index + 1]?.capital === true && this.#isStrange(index + 1)) return true;
    }
    return !this.#isTerm(this.#stems[index] ?? "") && !lexicon.words.has(word.text);
  }

  #isTerm(stem: string): boolean {
    return this.known.standing(stem) !== undefined;
  }

  /** A capital word that nobody knows. */
  #isStrange(index: number): boolean {
    const word = this.words[index];
    if (word === undefined || !word.capital) return false;
    return !this.#isTerm(this.#stems[index] ?? "") && !this.known.lexicon.words.has(word.text);
  }

  #readName(index: number): number {
    const word = this.words[index];
    const before = this.words[index - 1]?.text ?? "";
    if (this.#isMember(index)) return 1;
    if (word?.possessive === true) this.#addOwner("person", NAME.possessive);
    else if (AT_PLACES.has(before)) this.#addOwner("location", NAME.at);
    else if (OF_PEOPLE.has(before)) {
      this.#addOwner("person", NAME.of);
      this.#addOwner("location", NAME.ofPlace);
    } else if (word?.capital === true) this.#addOwner("person", NAME.bare);
    return 1;
  }
}

/** Topics that stand close to each other mean more together. */
function pairs(topics: readonly Topic[]): Topic[] {
  const found: Topic[] = [];
  for (const [at, topic] of topics.entries()) {
    for (const before of topics.slice(Math.max(0, at - MOST_APART), at)) {
      const first = before.meant[0]?.terms.at(-1);
      const second = topic.meant[0]?.terms[0];
      if (first === undefined || second === undefined) continue;
      const weight = Math.min(before.weight, topic.weight) * WEIGHT.pair;
      found.push({ meant: [{ terms: [pairOf(first, second)], weight: 1 }], weight });
    }
  }
  return found;
}

/** Mends the words that nobody knows; one that is written like a name stays. */
function mended(words: readonly Word[], { spell, standing, lexicon }: Understanding): readonly Word[] {
  const shouting = words.every(({ capital }) => capital);
  return words.map((word) => {
    if (word.possessive || (word.capital && !word.first && !shouting)) return word;
    if (lexicon.words.has(word.text) || standing(stemOf(word.text)) !== undefined) return word;
    const right = spell(word.text);
    return right === undefined ? word : { ...word, text: right };
  });
}

function sentenceOf(words: readonly Word[], { same, isEmpty }: Lexicon): readonly string[] {
  const texts = words.filter(({ quoted }) => !quoted).map(({ text }) => text);
  const stems = texts.filter((text) => !isEmpty(text)).map(stemOf);
  return [...new Set([...termsOf(texts, same, isEmpty), ...stems])];
}

/**
 * Understands a request.
 *
 * @param text The request, as it was written.
 * @param known What is known.
 * @returns The request, of its first words.
 */
export function understand(text: string, known: Understanding): Request {
  const { words, mailAddress, phoneNumber, questionMark } = requestWords(text, MOST_WORDS);
  const right = mended(words, known);
  const sentence = sentenceOf(right, known.lexicon);
  const reader = new Reader(right, known);
  reader.read();
  const { topics, owners, deeds } = reader;
  topics.push(...pairs(topics));
  if (mailAddress) topics.push({ meant: [{ terms: ["email"], weight: 1 }], weight: WEIGHT.mail });
  if (phoneNumber && topics.length === 0) topics.push({ meant: [{ terms: ["#number"], weight: 1 }], weight: 1 });
  if (questionMark || asks(right)) {
    for (const deed of ["list", "get"] as const) deeds.set(deed, (deeds.get(deed) ?? 0) + QUESTION);
  }
  if (deeds.size === 0) return { topics, sentence, owners, deeds };
  const best = Math.max(...deeds.values());
  const certainty = Math.min(1, best / CERTAIN);
  return {
    topics,
    sentence,
    owners,
    deeds: new Map(DEEDS.map((deed) => [deed, 1 - certainty + certainty * (deeds.get(deed) ?? 0) / best])),
  };
}
