import { type Problem, splitFields } from "@/api/problem";
import type { Recipients, RecipientsChoice, Upload } from "@/api/types";

/** How a file is read. An empty quote means none. */
export interface ParseSettings {
  encoding: string;
  separator: string;
  quote: string;
  header: boolean;
}

export interface AudienceForm {
  addressColumn: string;
  nameColumn: string;
  usage: RecipientsChoice["usage"];
  duplicatesBy: "none" | "address" | "columns";
  duplicateColumns: string[];
}

export const settingsOf = (source: { encoding: string; separator: string; quote: string | null; header: boolean }): ParseSettings => ({
  encoding: source.encoding,
  separator: source.separator,
  quote: source.quote ?? "",
  header: source.header,
});

export const sameSettings = (one: ParseSettings, other: ParseSettings): boolean =>
  one.encoding === other.encoding && one.separator === other.separator && one.quote === other.quote && one.header === other.header;

/** The column that most likely holds addresses: the one with the most of them in the sample, else one named so. */
export function likelyAddressColumn({ columns, sample }: Pick<Upload, "columns" | "sample">): string {
  const addresses = columns.map((_, index) => sample.filter((row) => /^[^\s@]+@[^\s@]+$/.test((row[index] ?? "").trim())).length);
  const most = Math.max(0, ...addresses);
  if (most > 0) return columns[addresses.indexOf(most)] ?? "";
  return columns.find((column) => /mail|address/i.test(column)) ?? "";
}

export function likelyNameColumn({ columns }: Pick<Upload, "columns">): string {
  return columns.find((column) => /^(full_?)?name$/i.test(column)) ?? "";
}

export function newForm(upload: Upload): AudienceForm {
  return { addressColumn: likelyAddressColumn(upload), nameColumn: likelyNameColumn(upload), usage: "merge", duplicatesBy: "address", duplicateColumns: [] };
}

export function formOf(recipients: Recipients): AudienceForm {
  return {
    addressColumn: recipients.address_column,
    nameColumn: recipients.name_column ?? "",
    usage: recipients.usage,
    duplicatesBy: recipients.duplicates.by,
    duplicateColumns: recipients.duplicates.columns ?? [],
  };
}

/** When the file is read differently, choices that name columns which are gone are made anew. */
export function fitColumns(form: AudienceForm, upload: Pick<Upload, "columns" | "sample">): AudienceForm {
  return {
    ...form,
    addressColumn: upload.columns.includes(form.addressColumn) ? form.addressColumn : likelyAddressColumn(upload),
    nameColumn: upload.columns.includes(form.nameColumn) ? form.nameColumn : likelyNameColumn(upload),
    duplicateColumns: form.duplicateColumns.filter((column) => upload.columns.includes(column)),
  };
}

export function bodyOf(uploadId: string, settings: ParseSettings, form: AudienceForm): RecipientsChoice {
  return {
    source: { type: "upload", upload_id: uploadId, ...settings },
    address_column: form.addressColumn,
    ...(form.nameColumn === "" ? {} : { name_column: form.nameColumn }),
    usage: form.usage,
    duplicates: form.duplicatesBy === "columns" ? { by: "columns", columns: form.duplicateColumns } : { by: form.duplicatesBy },
  };
}

/** The server's field errors under the form's names; errors about the file itself are the second part. */
export function errorsOf(problem: Problem): { atFields: Record<string, string>; others: string[] } {
  const names = { address_column: "addressColumn", name_column: "nameColumn", duplicates: "duplicateColumns", usage: "usage" } as const;
  const { byField, others } = splitFields(problem, [...Object.keys(names), "source"]);
  const atFields = Object.fromEntries(Object.entries(names).flatMap(([theirs, ours]) => (byField[theirs] === undefined ? [] : [[ours, byField[theirs]]])));
  return { atFields, others: byField.source === undefined ? others : [byField.source, ...others] };
}
