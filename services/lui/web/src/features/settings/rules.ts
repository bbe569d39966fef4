import type { Setting } from "@/api/types";
import { text } from "@/text/en";

const INHERITED = "";

/** How a value is written, whichever kind it is of. */
export function wordOf(value: Setting["in_force"]): string {
  if (typeof value === "boolean") return value ? text.settings.on : text.settings.off;
  return Object.entries(text.tracking.levels).find(([level]) => level === value)?.[1].name ?? value;
}

/** A value as a select knows it; the empty one inherits. */
export const chosenOf = (value: Setting["value"]): string => (value === null ? INHERITED : String(value));

export function valueOfChoice(setting: Setting, chosen: string): Setting["value"] {
  if (chosen === INHERITED) return null;
  return setting.choices === null ? chosen === "true" : chosen;
}

export function choicesOf(setting: Setting): { value: string; label: string }[] {
  const values = setting.choices ?? [true, false];
  return [{ value: INHERITED, label: text.settings.inherit(wordOf(setting.inherited)) }, ...values.map((value) => ({ value: String(value), label: wordOf(value) }))];
}
