import type { Tracking } from "@/api/types";

type Level = Tracking["level"];

interface LevelWords {
  name: string;
  short: string;
  knows: string;
  cannot: string;
}

const levels: Record<Level, LevelWords> = {
  off: {
    name: "Off",
    short: "Nothing is recorded. Links lead straight to their targets.",
    knows: "Nothing.",
    cannot: "Whether anybody opened or clicked.",
  },
  blind: {
    name: "Blind",
    short: "Counts only. Nobody can be told apart.",
    knows: "How often the mailing was opened and each link was followed.",
    cannot: "How many different people did so, or who.",
  },
  unique: {
    name: "Unique",
    short: "Counts people, without knowing who they are.",
    knows: "How many different recipients opened and clicked. Each gets a random number that leads back to nobody.",
    cannot: "Who they are.",
  },
  anonymous: {
    name: "Anonymous",
    short: "Knows kinds of people, not persons.",
    knows: "Openings and clicks by profile, such as a region, where many people share one profile.",
    cannot: "How many different people, or who.",
  },
  personal: {
    name: "Personal",
    short: "Knows who opened and who clicked what.",
    knows: "Each recipient's openings and clicks. In most places the recipients must have agreed to this.",
    cannot: "Nothing of the above: choose it only with their consent.",
  },
};

export const tracking = {
  intro: "What Tutti records when somebody opens the mailing or follows a link. What is promised here is kept: what a level cannot know is never stored.",
  level: "How much to record",
  levels,
  order: ["off", "blind", "unique", "anonymous", "personal"] as const satisfies readonly Level[],
  knows: "Tells you",
  cannot: "Never tells you",
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
