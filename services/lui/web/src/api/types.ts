import type { components as Hub } from "./generated/hub";
import type { components as Lui, paths } from "./generated/lui";

import type { components as Mailer } from "./generated/mailer";
import type { components as Tracker } from "./generated/tracker";

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
export type Condition = Schemas["ReactionSourceIn"]["condition"];
export type ReactionOptions = Schemas["ReactionOptionsOut"];
export type ActionTag = Schemas["ActionTagOut"];
export type ContentDraft = Schemas["ContentIn"];
export type Content = paths["/api/v1/jobs/{job_id}/content"]["get"]["responses"][200]["content"]["application/json"];
export type Preview = Loose<Schemas["PreviewOut"]>;
export type TrackingChoice = Schemas["TrackingIn"];
export type Tracking = Schemas["TrackingOut"];
export type TrackingOptions = Schemas["OptionsOut"];
export type ProfileCounts = Schemas["ProfilesOut"];
export type SenderChoice = Schemas["SenderIn"];
export type Sender = paths["/api/v1/jobs/{job_id}/sender"]["get"]["responses"][200]["content"]["application/json"];
export type ScheduleChoice = Schemas["ScheduleIn"];
export type Schedule = Schemas["ScheduleOut"];
export type InDoubt = Schedule["in_doubt"];
export type Charset = Content["charset"];
export type JobFile = Schemas["FileOut"];
export type Preflight = Schemas["PreflightOut"];
export type BounceReport = Schemas["BounceReportOut"];
export type RehearsalAnswers = NonNullable<Schemas["RehearsalIn"]["answers"]>;
export type Rehearsal = Loose<Schemas["RehearsalOut"]>;
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

type MailerSchemas = Mailer["schemas"];

export type Gateway = MailerSchemas["GatewayOut"];
export type GatewayChoice = MailerSchemas["GatewayIn"];
export type GatewayCheck = MailerSchemas["CheckOut"];
export type GatewayTraffic = MailerSchemas["TrafficOut"];
export type DestinationLimit = MailerSchemas["DestinationLimitOut"];
export type SigningKey = MailerSchemas["DkimKeyOut"];
export type Suppression = MailerSchemas["SuppressionOut"];
export type BounceSource = MailerSchemas["SourceOut"];
export type Notice = MailerSchemas["NoticeOut"];
export type NoticeAddress = Notice["addresses"][number];

export const STEP_ORDER = ["recipients", "content", "tracking", "sender", "test", "schedule", "authorize"] as const satisfies readonly StepName[];

export type Privacy = Tracker["schemas"]["PrivacyOut"];
export type PrivacyLevel = Privacy["levels"][number];
export type PlacedSettings = Hub["schemas"]["SettingsOut"];
export type Setting = Hub["schemas"]["SettingOut"];
