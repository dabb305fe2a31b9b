/**
 * Believable texts for examples, by the name and the description of what they are for.
 *
 * The simulated organization's values follow from chance and from whoever they speak of; an example is the same for all,
 * and what nobody can guess stands in angle brackets, so that it is seen to be replaced.
 *
 * @module
 */

/** What a text is for. */
export interface TextPlace {
  /** With its place: `agents[].id`. */
  readonly place: string;
  readonly name: string;
  readonly description: string;
  readonly format: string;
  /** Which of several in a list. */
  readonly index: number;
  /** The path of the operation. */
  readonly path: string;
}

type Maker = string | ((place: TextPlace) => string);

function moment({ name, index }: TextPlace): string {
  return `2026-03-0${2 + (index % 7)}T${/end|to|until|expir/i.test(name) ? "10" : "09"}:00:00.000Z`;
}

function phoneNumber({ index }: TextPlace): string {
  return `+1512555${String(100 + (index % 100)).padStart(4, "0")}`;
}

function date({ name }: TextPlace): string {
  return /recurEnd/.test(name) ? "2026-12-31" : /end|to$|until/i.test(name) ? "2026-03-06" : "2026-03-02";
}

const PERSONAL_REGEXP = /^\/people(\/|$)|\/(virtualExtensions|virtualLines)(\/|$)/;
/** The first of the values that a description names in capitals, and the one that it gives as an example. */
const NAMED_REGEXP = /^([A-Z][A-Z_]{2,})(?= or |, )/;
const GIVEN_REGEXP = /\be\.g\. ([\w/+:.-]*\w)/;

const clock: Maker = ({ name }) => /end/i.test(name) ? "17:00" : "09:00";

const BY_FORMAT: Readonly<Record<string, Maker>> = {
  "date-time": moment,
  date,
  email: "alex.morgan@example.com",
  uuid: "123e4567-e89b-42d3-a456-426614174000",
  uri: "https://example.com/",
};

/** By what the description says of the notation. */
const BY_DESCRIPTION: readonly (readonly [RegExp, Maker])[] = [
  [/ISO 8601|YYYY-MM-DDT/i, moment],
  [/YYYY-MM-DD/i, date],
  [/HH:mm/i, clock],
];

/** What a person and a thing of the organization are called by the same name of a field. */
const displayName: Maker = ({ path }) => PERSONAL_REGEXP.test(path) ? "Alex Morgan" : "Support";

const BY_NAME: readonly (readonly [RegExp, Maker])[] = [
  [/^(startTime|endTime|from|to|untilDateTime)$/, moment],
  [/Date$/, date],
  [/(first|given)Name$/i, "Alex"],
  [/(last|family)Name$/i, "Morgan"],
  [/^(ownerName|memberName|personName|userName)$/, "Alex Morgan"],
  [/^dialByName$/, "Support"],
  [/locationName$/i, "Headquarters"],
  [/scheduleName$|^(business|holiday)Schedule$|^businessHoursName$/i, "Business Hours"],
  [/fileName$/i, "greeting.wav"],
  [/e-?mails?(Address)?$/i, "alex.morgan@example.com"],
  [/^emailId$/, "alex.morgan@example.com"],
  [/time_?zone$/i, "America/Chicago"],
  [/language(Code)?$/i, "en_us"],
  [/^country(Code)?$|^storageRegion$|^regionId$/, "US"],
  [/extensions?$/i, ({ index }) => String(1000 + index)],
  [/^routingPrefix$/, "8100"],
  [/^outsideDialDigit$/, "9"],
  [/phoneNumber|(number|numbers)\d?$|destination$|^(callerId|external|transferCallTo|mobile)$/i, phoneNumber],
  [/^macs?$|Macs?$|^macAddress$/, ({ index }) => `AC7E8A00000${index % 10}`],
  [/^(ip|ipAddress|trustedIP|serverAddress)$/, "192.0.2.10"],
  [/^(host|domain|fqdnDomain)$|(^|[a-z])Domain$/, "calling.example.com"],
  [/url$|uri$|^avatar$/i, "https://example.com/"],
  [/^(city|locality)$/i, "Austin"],
  [/^(state|stateOrProvince|region)$/i, "TX"],
  [/^(zip|postalCode|zipOrPostalCode)/i, "78701"],
  [/^(address1|addressLine1|streetAddress|street|address)$/i, "100 Congress Avenue"],
  [/^(address2|addressLine2)$/i, "Floor 2"],
  [/^latitude$/, "30.2672"],
  [/^longitude$/, "-97.7431"],
  [/(passcode|voicemailPin)$/i, "482915"],
  [/^(code|accessCode|defaultAccessCode)$|Codes$/, "4829"],
  [/^(dialPattern|dialPatterns|matchingPattern|pattern|patterns)$/, ({ index }) => `+151255${5 - index % 5}XXXX`],
  [/^prefix$/, "+1512555"],
  [/^dtmf$/, "1"],
  [/^replacementPattern$/, "+15125550100"],
  [/^(model|deviceModel)$/, "DMS Cisco 8845"],
  [/^product$/, "DMS Cisco 8845"],
  [/^(department|departmentName|title|topic)$/i, "Support"],
  [/^order$/, "name"],
  [/^displayName$/, displayName],
  [/(display|custom|caller)?name$|label$/i, "Support"],
  [/^(notes?|comment|description|reason)$/i, "Opened for the spring campaign"],
  [/^text$|^welcomeMessage$/, "Thank you for calling"],
];

/**
 * Makes a text.
 *
 * @param at What it is for.
 * @returns A text, or the place in angle brackets where only the caller can know.
 */
export function exampleText(at: TextPlace): string {
  const described = BY_DESCRIPTION.find(([pattern]) => pattern.test(at.description))?.[1];
  const named = BY_NAME.find(([pattern]) => pattern.test(at.name))?.[1];
  const format = Object.hasOwn(BY_FORMAT, at.format) ? BY_FORMAT[at.format] : undefined;
  // Some truth values are declared as texts.
  const told = /^true\b/i.test(at.description) ? "true" : NAMED_REGEXP.exec(at.description)?.[1];
  const maker = format ?? described ?? told ?? named ?? GIVEN_REGEXP.exec(at.description)?.[1];
  return typeof maker === "function" ? maker(at) : maker ?? `<${at.place}>`;
}
