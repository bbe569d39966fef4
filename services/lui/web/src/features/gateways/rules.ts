import { type Problem, splitFields } from "@/api/problem";
import type { Gateway, GatewayChoice } from "@/api/types";

export interface GatewayForm {
  name: string;
  host: string;
  port: number | string;
  user: string;
  password: string;
  forgetPassword: boolean;
  tls: Gateway["tls"];
  helo: string;
  senderDomains: string;
  weight: number | string;
  connections: number | string;
  messagesPerConnection: number | string;
  ratePerSecond: number | string;
  ratePerHour: number | string;
  isEnabled: boolean;
}

/** The form's names of what the server calls otherwise. */
const NAMES = {
  sender_domains: "senderDomains",
  messages_per_connection: "messagesPerConnection",
  rate_per_second: "ratePerSecond",
  rate_per_hour: "ratePerHour",
  is_enabled: "isEnabled",
} as const;

const FIELDS = ["name", "host", "port", "user", "password", "tls", "helo", "weight", "connections", ...Object.keys(NAMES)];

export function formOf(gateway: Gateway | null): GatewayForm {
  return {
    name: gateway?.name ?? "",
    host: gateway?.host ?? "",
    port: gateway?.port ?? 587,
    user: gateway?.user ?? "",
    password: "",
    forgetPassword: false,
    tls: gateway?.tls ?? "verified",
    helo: gateway?.helo ?? "",
    senderDomains: (gateway?.sender_domains ?? []).join("\n"),
    weight: gateway?.weight ?? 1,
    connections: gateway?.connections ?? 10,
    messagesPerConnection: gateway?.messages_per_connection ?? 100,
    ratePerSecond: gateway?.rate_per_second ?? "",
    ratePerHour: gateway?.rate_per_hour ?? "",
    isEnabled: gateway?.is_enabled ?? true,
  };
}

const numberOrNull = (value: number | string): number | null => (value === "" ? null : Number(value));

/** Domains typed to a line or separated by commas, each once, as the server compares them. */
export function splitDomains(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).map((domain) => domain.replace(/^@/, "").toLowerCase()))].filter((domain) => domain !== "");
}

/** An empty password field changes nothing: what is kept is never shown, so nobody can mean it. */
export function bodyOf(form: GatewayForm): GatewayChoice {
  return {
    name: form.name.trim(),
    host: form.host.trim(),
    port: Number(form.port),
    user: form.user.trim(),
    ...(form.forgetPassword ? { password: null } : form.password === "" ? {} : { password: form.password }),
    tls: form.tls,
    helo: form.helo.trim(),
    sender_domains: splitDomains(form.senderDomains),
    weight: Number(form.weight),
    connections: Number(form.connections),
    messages_per_connection: Number(form.messagesPerConnection),
    rate_per_second: numberOrNull(form.ratePerSecond),
    rate_per_hour: numberOrNull(form.ratePerHour),
    is_enabled: form.isEnabled,
  };
}

/** The server's field errors under the form's names, and those that belong to no field. */
export function errorsOf(problem: Problem): { byField: Record<string, string>; others: string[] } {
  const { byField, others } = splitFields(problem, FIELDS);
  const renamed = Object.entries(byField).map(([name, detail]) => [name in NAMES ? NAMES[name as keyof typeof NAMES] : name, detail] as const);
  return { byField: Object.fromEntries(renamed), others };
}

export const isPositive = (value: number | string): boolean => value !== "" && Number(value) > 0;

export const isPort = (value: number | string): boolean => Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 65_535;
