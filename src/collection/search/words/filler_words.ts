/**
 * Words that tell nothing, or little, of the matter.
 *
 * @module
 */

function setOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Words that tell nothing, in requests as in the texts of endpoints. */
export const FILLER: ReadonlySet<string> = setOf(`
  a an the this that these those some of for to in on at by with from into onto as and or but if then than so too
  please pls kindly can could would should shall will may might must need needs needed want wants wanted like id ill ive
  im i we you he she it they me us him them my our your his her its their mine ours yours who whom whose which what when
  where why how be been being am is are was were do does did done doing have has had having get gets got gotten go goes
  going went gone come comes coming came there here just only also again still yet ever never always already soon about
  up down out off any each either neither no not none nor very much many more lot lots thing things something anything
  right okay ok hi hello hey thanks thank thx cheers asap actually basically maybe perhaps let lets say says said see
  via per vs etc eg ie thats whats dont doesnt didnt isnt arent wasnt cant wont shouldnt couldnt wouldnt havent hasnt
  hadnt whether because therefore
  webex calling control hub cisco api tool tools`);

/**
 * The filler that tells nothing even in a whole sentence, where "who has", "get rid" and "my" tell a lot.
 */
export const EMPTY: ReadonlySet<string> = setOf(`
  a an the of for to in on at is are be it its this that and or with by from as so do does did i we you he she they them
  his her our your me us there here please can could would will just`);

/** Words of titles that all endpoints of a kind share. */
export const TITLE_FILLER: ReadonlySet<string> = setOf(`
  list lists read get gets fetch retrieve create add modify update configure put delete remove set search settings
  setting details detail configuration new given`);

/**
 * Words of everyday life. They say little by themselves, and would weigh most, because few endpoints have them.
 */
export const FAINT: ReadonlySet<string> = setOf(`
  today tomorrow tmrw yesterday week weeks weekend month months year years day days hour hours minute minutes moment
  morning afternoon evening noon midnight now later before after during while until till since next last first second
  third once twice daily weekly monthly monday tuesday wednesday thursday friday saturday sunday january february march
  april june july august september october november december spring summer autumn winter season xmas easter
  one two three four five six seven eight nine ten dozen several few couple both all every whole entire half most less
  least enough other others another same such different various certain particular specific own given
  new old current currently existing former recent latest fresh ready good bad wrong correct proper exact exactly sure
  back well away along around across inside within without against over under through between beside besides
  make makes making made put puts take takes took taken give gives gave given keep keeps kept tell tells told know
  knows knew known think thinks look looks looking help helps helping try tries trying tried use uses used using work
  works working worked happen happens happening happened seem seems mean means meant want wants ask asks asked asking
  wait waits run runs running ran start starts started stop stops stopped end ends ended begin begins open opens opened
  close closes closing shut turn turns turned leave leaves left stay stays move moves moved moving bring brings brought
  send sends sent show shows shown find finds found lose loses lost set sets hang hangs sit sits stand stands live lives
  belong belongs check checks look fix fixes read reads write writes enter entered print call called calls caller callers
  change changes changed changing update updates add adds added remove create created delete
  man men woman women guy guys folks team teams department dept boss manager lady gentleman sir madam mrs mister mr ms
  customer customers client clients guest guests visitor visitors vendor partner family friend kid
  name names named title titled word words sentence letter text
  big small large little long short high low fast slow early late quick quickly urgent important serious nervous angry
  really actually ever almost quite rather please maybe simply really again
  sales support marketing finance accounting billing legal hr helpdesk claims orders bookings shipping parts service
  shop store warehouse hospital clinic school hotel bank dentist factory restaurant practice
  city town street road house home building door desk table front side top bottom level
  english german french spanish italian dutch
  problem problems issue issues question case ticket reason way ways kind kinds sort type part parts piece side
  everybody everyone everything anybody nobody somebody someone anyone people person persons
  hear heard hears listen speak spoken talk talks talking
  money price prices paper page pages copy mail
  able allowed possible need must should can could would
  north south east west great best better worse free full empty`);
