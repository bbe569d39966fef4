// Routes that are agreed on and not in the services' OpenAPI files yet; each leaves when its service has it.

type Part<Name extends string, T> = [T] extends [undefined] ? Partial<Record<Name, never>> : Record<Name, T>;
type Call<Path = undefined, Query = undefined, Body = undefined, Reply = unknown> = {
  parameters: { query?: Query; header?: { "Idempotency-Key"?: string | null; "If-Match"?: string | null }; cookie?: never } & Part<"path", Path>;
  responses: { 200: { headers: Record<string, unknown>; content: { "application/json": Reply } } };
} & ([Body] extends [undefined] ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });
interface Listing {
  limit?: number;
  after?: string | null;
}
interface Page<T> {
  items: T[];
  next: string | null;
}
type One<K extends string> = Record<K, string>;
type None = undefined;

export type InDoubt = "resend" | "skip" | "ask";
export interface GatewayChoice {
  name: string;
  host: string;
  port: number;
  user: string | null;
  password?: string | null;
  tls: "none" | "opportunistic" | "required" | "verified";
  helo: string | null;
  sender_domains: string[];
  weight: number;
  connections: number;
  messages_per_connection: number;
  rate_per_second: number | null;
  rate_per_hour: number | null;
  is_enabled: boolean;
}
export interface GatewayOut extends Omit<GatewayChoice, "password"> {
  id: string;
  has_password: boolean;
  origin: "configuration" | "stored";
  state: "ok" | "failing" | "paused" | "off";
  problem: string | null;
  revision: number;
  updated_at: string;
}
export interface GatewayCheckOut {
  ok: boolean;
  steps: { name: "connect" | "tls" | "sign_in" | "extensions"; ok: boolean; detail: string }[];
  extensions: Record<string, unknown>;
}
export interface SlownessOut {
  code: string;
  gateway: string | null;
  destination: string | null;
  detail: string;
  until: string | null;
  envelopes?: number | null;
}
export interface GatewayTrafficOut {
  as_of: string;
  connections_open: number;
  rate_per_second: number;
  used_this_hour: number;
  destinations: { name: string; concurrency: number; limit: number | null; backoff_until: string | null; reason: string | null }[];
  slowness: SlownessOut[];
}
export interface DestinationLimitOut {
  name: string;
  connections: number | null;
  rate_per_second: number | null;
}
export interface DkimKeyOut {
  id: string;
  domain: string;
  selector: string;
  algorithm: "rsa-2048" | "ed25519";
  state: "pending" | "active" | "retired";
  record: { name: string; type: "TXT"; value: string };
  dns: { state: "found" | "missing" | "different" | "unknown"; checked_at: string | null; found: string | null };
  created_at: string;
}
export interface SuppressionOut {
  id: string;
  address: string;
  scope: "group" | "global";
  group_id: string | null;
  reason: string;
  note: string | null;
  evidence: Record<string, unknown>;
  since: string;
  added_by: string | null;
  lifted_at: string | null;
  lifted_by: string | null;
  lift_note: string | null;
}
export interface BounceSourceOut {
  kind: "smtp" | "lmtp" | "imap" | "maildir" | "hook";
  name: string;
  state: "ok" | "failing" | "silent";
  problem: string | null;
  last_received_at: string | null;
  received_count: number;
  unmatched_count: number;
  quarantined_count: number;
}
export interface BounceReportOut {
  total: number;
  permanent: number;
  by_class: { class: string; permanent: boolean; count: number; share: number }[];
  complaints: number;
  as_of: string;
}
export interface PaceOut {
  waiting_for: string | null;
  reasons: SlownessOut[];
}
export interface RehearsalAnswers {
  accept?: number;
  greylist?: number;
  refuse?: number;
  drop_after_dot?: number;
  slow?: number;
  slow_seconds?: number;
}
export interface RehearsalOut {
  state: string;
  fault_count: number;
  duration_seconds: number | null;
  rate_per_second: number | null;
  faults: { ordinal: number; address: string; detail: string }[];
  answers: Record<string, number>;
  samples: { number: number; rcpt_to: string; subject: string; size: number }[];
}
export interface PreflightOut {
  problems: { code: string; detail: string; can_override: boolean }[];
  warnings: { code: string; detail: string }[];
}

export interface JobFileOut {
  id: string;
  file_name: string;
  content_type: string;
  size: number;
  sha256: string;
  is_inline: boolean;
  content_id: string | null;
}
export type Charset =
  | "utf-8"
  | "auto"
  | "us-ascii"
  | `iso-8859-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 15}`
  | "gb2312"
  | "big5"
  | "iso-2022-jp"
  | "iso-2022-kr";

export interface PendingMailer {
  "/api/v1/gateways": { get: Call<None, Listing, None, Page<GatewayOut>>; post: Call<None, None, GatewayChoice, GatewayOut> };
  "/api/v1/gateways/{gateway_id}": {
    get: Call<One<"gateway_id">, None, None, GatewayOut>;
    patch: Call<One<"gateway_id">, None, Partial<GatewayChoice>, GatewayOut>;
    delete: Call<One<"gateway_id">, None, None, None>;
  };
  "/api/v1/gateways/{gateway_id}/check": { post: Call<One<"gateway_id">, None, None, GatewayCheckOut> };
  "/api/v1/gateways/{gateway_id}/pause": { post: Call<One<"gateway_id">, None, { reason: string }, GatewayOut> };
  "/api/v1/gateways/{gateway_id}/resume": { post: Call<One<"gateway_id">, None, None, GatewayOut> };
  "/api/v1/gateways/{gateway_id}/traffic": { get: Call<One<"gateway_id">, None, None, GatewayTrafficOut> };
  "/api/v1/destination-limits": { get: Call<None, Listing, None, Page<DestinationLimitOut>> };
  "/api/v1/destination-limits/{name}": {
    put: Call<One<"name">, None, Omit<DestinationLimitOut, "name">, DestinationLimitOut>;
    delete: Call<One<"name">, None, None, None>;
  };
  "/api/v1/dkim-keys": {
    get: Call<None, Listing, None, Page<DkimKeyOut>>;
    post: Call<None, None, { domain: string; selector: string; algorithm?: DkimKeyOut["algorithm"]; private_key?: string }, DkimKeyOut>;
  };
  "/api/v1/dkim-keys/{key_id}": { delete: Call<One<"key_id">, None, None, None> };
  "/api/v1/dkim-keys/{key_id}/check": { post: Call<One<"key_id">, None, None, DkimKeyOut> };
  "/api/v1/dkim-keys/{key_id}/activate": { post: Call<One<"key_id">, None, None, DkimKeyOut> };
  "/api/v1/dkim-keys/{key_id}/retire": { post: Call<One<"key_id">, None, None, DkimKeyOut> };
  "/api/v1/suppressions": {
    get: Call<None, Listing & { search?: string | null; reason?: string | null; scope?: "group" | "global" | null; lifted?: boolean | null }, None, Page<SuppressionOut>>;
    post: Call<None, None, { address: string; scope: "group" | "global"; note: string | null }, SuppressionOut>;
  };
  "/api/v1/suppressions/{suppression_id}/lift": { post: Call<One<"suppression_id">, None, { note: string }, SuppressionOut> };
  "/api/v1/bounce-sources": { get: Call<None, None, None, Page<BounceSourceOut>> };
  "/api/v1/deliveries/{delivery_id}/pace": { get: Call<One<"delivery_id">, None, None, PaceOut> };
  "/api/v1/deliveries/{delivery_id}/in-doubt": { post: Call<One<"delivery_id">, None, { action: "resend" | "skip" }> };
}

export interface PendingLui {
  "/api/v1/jobs/{job_id}/files/{file_id}": { delete: Call<One<"job_id" | "file_id">> };
  "/api/v1/jobs/{job_id}/report/bounces": { get: Call<One<"job_id">, None, None, BounceReportOut> };
  "/api/v1/jobs/{job_id}/rehearsals": { post: Call<One<"job_id">, None, { limit?: number; answers?: RehearsalAnswers }, { id: string }> };
  "/api/v1/jobs/{job_id}/rehearsals/{delivery_id}/stop": { post: Call<One<"job_id" | "delivery_id">> };
  "/api/v1/deliveries/{delivery_id}/rehearsal": { get: Call<One<"delivery_id">, None, None, RehearsalOut> };
  "/api/v1/deliveries/{delivery_id}/rehearsal/samples/{number}": { get: Call<{ delivery_id: string; number: number }, None, None, string> };
  "/api/v1/jobs/{job_id}/preflight": { get: Call<One<"job_id">, None, None, PreflightOut> };
}
