import type { Tracking } from "@/api/types";
import { formatNumber } from "@/ui/format";

type Level = Tracking["level"];

interface LevelWords {
  name: string;
  short: string;
  knows: string;
  cannot: string;
  kept: string;
}

const levels: Record<Level, LevelWords> = {
  off: {
    name: "Off",
    short: "Nothing is recorded. Links lead straight to their targets.",
    knows: "Nothing.",
    cannot: "Whether anybody opened or clicked.",
    kept: "Nothing at all.",
  },
  blind: {
    name: "Blind",
    short: "Counts only. Nobody can be told apart.",
    knows: "How often the mailing was opened and each link was followed.",
    cannot: "How many different people did so, or who.",
    kept: "The hour and the link. No address, no number, no network.",
  },
  unique: {
    name: "Unique",
    short: "Counts people, without knowing who they are.",
    knows: "How many different recipients opened and clicked. Each gets a random number that leads back to nobody.",
    cannot: "Who they are.",
    kept: "The hour, the link and a random number. The key behind these numbers is destroyed three days after the delivery.",
  },
  anonymous: {
    name: "Anonymous",
    short: "Knows kinds of people, not persons.",
    knows: "Openings and clicks by profile, such as a region, where many people share one profile.",
    cannot: "How many different people, or who.",
    kept: "The hour, the link and the profile. The key behind the numbers is destroyed three days after the delivery.",
  },
  personal: {
    name: "Personal",
    short: "Knows who opened and who clicked what.",
    knows: "Each recipient's openings and clicks. In most places the recipients must have agreed to this.",
    cannot: "There is nothing it keeps from you. Choose it only with the recipients' consent.",
    kept: "Who, when to the millisecond, the link, what the program calls itself, the network.",
  },
};

export const tracking = {
  title: "Tracking",
  intro: "What Tutti records when somebody opens the mailing or follows a link. What is promised here is kept: what a level cannot know is never stored.",
  level: "How much to record",
  levels,
  order: ["off", "blind", "unique", "anonymous", "personal"] as const satisfies readonly Level[],
  knows: "Tells you",
  cannot: "Never tells you",
  kept: "What is stored",
  privacy: "What exactly each level stores, for how long, and who sees it",
  capped: (from: string) => `The settings allow less than “${from}” by now, so the last delivery recorded less.`,
  consent: "Only those who agreed",
  consentHelp: "Optional. The column that says yes or no. Whoever did not clearly say yes is counted without being known, at any level.",
  everybody: "Everybody",
  suggestion: (column: string) => `The column “${column}” looks like one that says who agreed.`,
  consenting: (some: number, all: number) => `${formatNumber(some)} of ${formatNumber(all)} recipients agreed.`,
  profileColumns: "Profiles are made of",
  profileColumnsHelp: (smallest: number) => `Columns that many people share, such as a region or an age group. Profiles of fewer than ${smallest} recipients are merged, so that none leads to a person.`,
  chooseColumns: "Choose columns",
  profileCount: (count: number, smallest: number | null) =>
    count === 0 ? "No profile is large enough to stand for itself: all recipients share one." : `${formatNumber(count)} ${count === 1 ? "profile" : "profiles"}, the smallest with ${formatNumber(smallest ?? 0)} recipients.`,
  merged: (profiles: number, people: number) =>
    `${formatNumber(profiles)} smaller ${profiles === 1 ? "profile" : "profiles"} with ${formatNumber(people)} recipients ${profiles === 1 ? "is" : "are"} merged into one called “others”.`,
  largest: "The largest profiles",
  peopleInProfile: "Recipients",
  emptyValue: "(empty)",
  counting: "Counting …",
  campaign: {
    title: "Campaign parameters",
    detail: "The same for everybody, added to every link to the web that does not have them yet, so that the statistics of those pages know where a visit came from.",
    fields: { source: "Source", medium: "Medium", campaign: "Campaign", term: "Term", content: "Content" },
    placeholders: { source: "newsletter", medium: "email", campaign: "spring", term: "", content: "" },
    preview: "A link will look like this",
  },
  actions: {
    title: "Actions on your pages",
    detail: "A visit of a page that carries an action tag counts as a reaction to this mailing.",
    on: "Record actions",
    onHelp: "Opening the mailing or following a link sets a signed cookie; nobody who did not agree gets one.",
    days: "Days a cookie lives",
    daysHelp: "0: until the browser is closed. At most 30.",
    undercount: "Browsers that refuse cookies of other sites are not seen, so these numbers are too low rather than too high.",
    needsLevel: "at this level one visit cannot be told from another: choose unique, anonymous or personal",
  },
  what: "What to record",
  opens: "Openings",
  opensHelp: "An invisible picture tells when the HTML part is shown. Readers of the text part, and those who block pictures, stay uncounted.",
  opensNeedHtml: "The content has no HTML part, so openings cannot be noticed.",
  clicks: "Clicks",
  clicksAll: "All links, also those added later",
  clicksChosen: "Only the links chosen here",
  clicksNone: "No links",
  links: "Links to record",
  linkPart: { html: "HTML", text: "Text" },
  noLinks: "The content has no links that can be tracked.",
  identify: "Identify recipients by",
  identifyHelp: "Optional. The column whose value stands for a person in reports. It should differ from row to row.",
  identifyByAddress: "The address",
  needLink: "Choose at least one link, or none at all.",
  bulkOnly: "In bulk usage everybody gets the same message, so only “Off” and “Blind” are possible.",
};
