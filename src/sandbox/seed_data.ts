/**
 * The names and numbers of the simulated organization. All telephone numbers are from ranges that the national
 * authorities keep for fiction.
 *
 * @module
 */

/** A location before it has identifiers. */
export interface SeedLocation {
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  readonly country: string;
  readonly city: string;
  readonly state: string;
  readonly street: string;
  readonly postalCode: string;
  readonly prefix: string;
  /** The start of its numbers; the last digits follow. */
  readonly numbers: string;
  /** How many last digits there are. */
  readonly digits: number;
  /** The first of the last digits. */
  readonly first: number;
  readonly people: readonly string[];
  readonly workspaces: readonly string[];
}

/** The organization's name. */
export const ORGANIZATION_NAME = "Northwind Instruments";
/** The name of the organization that a partner manages beside the own one. */
export const MANAGED_NAME = "Southwind Logistics";
/** The domain of its people's addresses. */
export const MAIL_DOMAIN = "northwind.example.com";

/** The locations, with the people and rooms in them; the first person is an administrator. */
export const LOCATIONS: readonly SeedLocation[] = [
  {
    name: "Austin Headquarters",
    timeZone: "America/Chicago",
    language: "en_us",
    country: "US",
    city: "Austin",
    state: "TX",
    street: "410 Congress Avenue",
    postalCode: "78701",
    prefix: "8110",
    numbers: "+1512555",
    digits: 4,
    first: 100,
    people: [
      "Dana Whitfield",
      "Marcus Oyelaran",
      "Priya Raman",
      "Tom Castellano",
      "Grace Lindqvist",
      "Hector Salinas",
      "Naomi Feld",
      "Owen Burke",
    ],
    workspaces: ["Austin Lobby", "Austin Boardroom"],
  },
  {
    name: "London Office",
    timeZone: "Europe/London",
    language: "en_gb",
    country: "GB",
    city: "London",
    state: "England",
    street: "22 Finsbury Square",
    postalCode: "EC2A 1DX",
    prefix: "8120",
    numbers: "+44207946",
    digits: 4,
    first: 100,
    people: ["Eleanor Hughes", "Rajiv Patel", "Fiona MacLeod", "Samuel Adeyemi", "Beth Carrington", "Liam O'Connor"],
    workspaces: ["London Reception", "London Huddle"],
  },
  {
    name: "Berlin Werk",
    timeZone: "Europe/Berlin",
    language: "de_de",
    country: "DE",
    city: "Berlin",
    state: "Berlin",
    street: "Torstraße 85",
    postalCode: "10119",
    prefix: "8130",
    numbers: "+493023125",
    digits: 3,
    first: 100,
    people: ["Jürgen Brandt", "Anke Vogel", "Mehmet Yıldız", "Katrin Schäfer", "Lukas Hartmann"],
    workspaces: ["Berlin Empfang"],
  },
  {
    name: "Sydney Branch",
    timeZone: "Australia/Sydney",
    language: "en_au",
    country: "AU",
    city: "Sydney",
    state: "NSW",
    street: "9 Castlereagh Street",
    postalCode: "2000",
    prefix: "8140",
    numbers: "+6125550",
    digits: 4,
    first: 100,
    people: ["Isla Thornton", "Noah Nguyen", "Ruby Fairweather"],
    workspaces: ["Sydney Front Desk"],
  },
  {
    name: "San Jose Lab",
    timeZone: "America/Los_Angeles",
    language: "en_us",
    country: "US",
    city: "San Jose",
    state: "CA",
    street: "170 West Tasman Drive",
    postalCode: "95134",
    prefix: "8150",
    numbers: "+1408555",
    digits: 4,
    first: 100,
    people: ["Wei Zhang", "Carmen Ibarra"],
    workspaces: ["Lab Bench 1"],
  },
];

/** What people work in, by turns. */
export const DEPARTMENTS: readonly string[] = ["Sales", "Support", "Engineering", "Finance"];

/** The phones on the desks, by turns. */
export const PHONES: readonly string[] = ["Cisco 8845", "Cisco 8865", "Cisco 9851", "Cisco 7841"];
