import { type Problem, splitFields } from "@/api/problem";
import type { Account } from "@/api/types";

export interface AccountForm {
  name: string;
  password: string;
  group: string;
  contactAddress: string;
  rights: string[];
}

export const FIELDS = ["name", "password", "group", "contact_address", "rights"] as const;

/** New accounts may do what most people do; administering is added on purpose. */
const USUAL_RIGHTS = ["create_jobs", "authorize_jobs", "see_reports", "see_recipients"];

export function formOf(account: Account | null): AccountForm {
  return {
    name: account?.name ?? "",
    password: "",
    group: account?.group_name ?? "",
    contactAddress: account?.contact_address ?? "",
    rights: account === null ? USUAL_RIGHTS : [...account.rights],
  };
}

const orNull = (value: string): string | null => (value.trim() === "" ? null : value.trim());

/** Without the password, which an account that exists changes on its own way. */
export function changesOf(form: AccountForm): { name: string; group: string | null; contact_address: string | null; rights: string[] } {
  return { name: form.name.trim(), group: orNull(form.group), contact_address: orNull(form.contactAddress), rights: form.rights };
}

export const newAccountOf = (form: AccountForm): ReturnType<typeof changesOf> & { password: string } => ({ ...changesOf(form), password: form.password });

/** The server's field errors under the form's names. */
export function errorsOf(problem: Problem): Record<string, string> {
  const { contact_address: contactAddress, ...fields } = splitFields(problem, FIELDS).byField;
  return { ...fields, ...(contactAddress === undefined ? {} : { contactAddress }) };
}
