import type { Privacy, PrivacyLevel } from "@/api/types";
import { text } from "@/text/en";

const words = text.privacy;

export interface Fact {
  key: string;
  label: string;
  of: (level: PrivacyLevel) => string;
}

const keptFor = (months: number | null): string => (months === null ? words.forEver : months === 0 ? words.notStored : words.months(months));

/** Everything that is said of a level, in the order in which it is told; what tracker names is shown, known or not. */
export function factsOf(privacy: Privacy): readonly Fact[] {
  const stored = [...new Set(privacy.levels.flatMap((level) => level.stored.map(({ what }) => what)))];
  const kept = [...new Set(privacy.levels.flatMap((level) => level.kept_for.map(({ what }) => what)))];
  const seen = [...new Set(privacy.levels.flatMap((level) => level.seen_by.map(({ what }) => what)))];
  return [
    ...stored.map((what) => ({ key: `stored ${what}`, label: words.stored[what], of: (level: PrivacyLevel) => level.stored.find((each) => each.what === what)?.kept ?? words.nothing })),
    { key: "people", label: words.countsPeople, of: (level) => (level.counts_people ? words.yes : words.no) },
    { key: "recipients", label: words.recipientReports, of: (level) => (level.recipient_reports ? words.yes : words.no) },
    { key: "source", label: words.reactionSource, of: (level) => (level.reaction_source ? words.yes : words.no) },
    ...kept.map((what) => ({
      key: `kept ${what}`,
      label: words.keptFor[what],
      of: (level: PrivacyLevel) => {
        const found = level.kept_for.find((each) => each.what === what);
        return found === undefined ? words.notStored : keptFor(found.months);
      },
    })),
    ...seen.map((what) => ({
      key: `seen ${what}`,
      label: words.seenBy[what],
      of: (level: PrivacyLevel) => level.seen_by.find((each) => each.what === what)?.rights.map((right) => words.rights[right] ?? right).join(words.and) ?? words.nobody,
    })),
    { key: "consent", label: words.withoutConsent, of: (level) => (level.level === "off" ? words.nothing : words.as(text.tracking.levels[level.without_consent].name)) },
  ];
}
