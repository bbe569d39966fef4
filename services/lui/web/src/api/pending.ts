// Routes that are agreed on and not in the services' OpenAPI files yet; each leaves when its service has it.

type Part<Name extends string, T> = [T] extends [undefined] ? Partial<Record<Name, never>> : Record<Name, T>;
type Call<Path = undefined, Query = undefined, Body = undefined, Reply = unknown> = {
  parameters: { query?: Query; header?: { "Idempotency-Key"?: string | null; "If-Match"?: string | null }; cookie?: never } & Part<"path", Path>;
  responses: { 200: { headers: Record<string, unknown>; content: { "application/json": Reply } } };
} & ([Body] extends [undefined] ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });
type One<K extends string> = Record<K, string>;
type None = undefined;

export interface SlownessOut {
  code: string;
  gateway: string | null;
  destination: string | null;
  detail: string;
  until: string | null;
  envelopes?: number | null;
}
export interface PaceOut {
  waiting_for: string | null;
  reasons: SlownessOut[];
}

export interface PendingMailer {
  "/api/v1/deliveries/{delivery_id}/pace": { get: Call<One<"delivery_id">, None, None, PaceOut> };
  "/api/v1/deliveries/{delivery_id}/in-doubt": { post: Call<One<"delivery_id">, None, { action: "resend" | "skip" }> };
}
