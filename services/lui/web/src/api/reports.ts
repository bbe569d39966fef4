import type { components } from "./generated/lui";

type Schemas = components["schemas"];

/** What a report asks, as the server takes it. */
export type ReportQuery = Schemas["ReportQueryIn"];
export type ReportSource = ReportQuery["sources"][number];
export type ReportPeriod = ReportQuery["period"];
export type ReportType = ReportQuery["type"];
export type ReportEvent = ReportSource["event"];
export type ReportInterval = ReportQuery["interval"];
export type ReportCount = ReportQuery["count"];

/** openapi-fetch loosens the pairs of its points to arrays: what it answers is given this type where it comes in. */
export type ReportResult = Schemas["ReportResultOut"];
export type ReportSeries = Schemas["ReportSeriesOut"];
export type ReportTable = Schemas["TableOut"];
export type ReportJob = Schemas["ReportJobOut"];

export type Possibilities = Schemas["PossibilitiesOut"];
export type Possible = Schemas["PossibleOut"];

export type SavedReport = Schemas["SavedReportOut"];
export type Sharing = SavedReport["sharing"];
export type Folder = Schemas["FolderOut"];
export type Snapshot = Schemas["SnapshotOut"];
export type SnapshotResult = Schemas["SnapshotResultOut"];
export type QuickReport = Schemas["QuickReportOut"];
export type ReportMail = Schemas["ReportMailOut"];
export type ReportMailDraft = Schemas["ReportMailIn"];
