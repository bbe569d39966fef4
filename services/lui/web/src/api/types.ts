import type { components as Hub } from "./generated/hub";
import type { components as Lui, paths } from "./generated/lui";

import type { Charset, InDoubt, JobFileOut } from "./pending";

type Schemas = Lui["schemas"];

/** As openapi-fetch answers it: pairs come as arrays of any length. */
type Loose<T> = T extends readonly (infer E)[] ? Loose<E>[] : T extends object ? { [K in keyof T]: Loose<T[K]> } : T;

export type Job = Schemas["JobOut"];
export type JobSummary = Schemas["JobSummaryOut"];
export type Stage = Job["stage"];
export type Action = Job["allowed_actions"][number];
export type StepName = keyof Job["steps"];
export type Step = Schemas["StepOut"];
export type StepState = Step["state"];
export type JobDelivery = Schemas["JobDeliveryOut"];
export type Session = Schemas["SessionOut"];
export type Upload = Schemas["UploadOut"];
export type RecipientsChoice = Schemas["RecipientsIn"];
export type Recipients = paths["/api/v1/jobs/{job_id}/recipients"]["get"]["responses"][200]["content"]["application/json"];
export type ContentDraft = Schemas["ContentIn"] & { charset?: Charset };
export type Content = paths["/api/v1/jobs/{job_id}/content"]["get"]["responses"][200]["content"]["application/json"] & { charset?: Charset; files?: JobFileOut[] };
export type Preview = Loose<Schemas["PreviewOut"]>;
export type TrackingChoice = Schemas["TrackingIn"];
export type Tracking = Schemas["TrackingOut"];
export type SenderChoice = Schemas["SenderIn"];
export type Sender = paths["/api/v1/jobs/{job_id}/sender"]["get"]["responses"][200]["content"]["application/json"];
export type ScheduleChoice = Schemas["ScheduleIn"] & { in_doubt?: InDoubt };
export type Schedule = Schemas["ScheduleOut"] & { in_doubt?: InDoubt };
export type Delivery = Schemas["DeliveryOut"];
export type DeliveryState = Delivery["state"];
export type EnvelopeState = keyof Delivery["counts"];
export type Envelope = Schemas["EnvelopeOut"];
export type Report = Schemas["ReportOut"];
export type OverTime = Loose<Schemas["OverTimeOut"]>;
export type Interval = NonNullable<NonNullable<paths["/api/v1/jobs/{job_id}/report/over-time"]["get"]["parameters"]["query"]>["interval"]>;

export type Account = Hub["schemas"]["AccountOut"];
export type Right = Account["rights"][number];
export type RightExplained = Hub["schemas"]["RightOut"];
export type ComponentSeen = Hub["schemas"]["ComponentOut"];
export type AuditEntry = Hub["schemas"]["AuditEntryOut"];

export type {
  BounceReportOut as BounceReport,
  BounceSourceOut as BounceSource,
  Charset,
  DestinationLimitOut as DestinationLimit,
  DkimKeyOut as SigningKey,
  GatewayCheckOut as GatewayCheck,
  GatewayChoice,
  GatewayOut as Gateway,
  GatewayTrafficOut as GatewayTraffic,
  InDoubt,
  JobFileOut as JobFile,
  PaceOut as Pace,
  PreflightOut as Preflight,
  RehearsalAnswers,
  RehearsalOut as Rehearsal,
  SlownessOut as Slowness,
  SuppressionOut as Suppression,
} from "./pending";

export const STEP_ORDER = ["recipients", "content", "tracking", "sender", "test", "schedule", "authorize"] as const satisfies readonly StepName[];
