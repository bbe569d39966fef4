import type { DeliveryState } from "./types";

type Rate = number | null;

export interface StatisticsJob {
  id: string;
  title: string;
  system_id: string;
  stage: string;
}

export interface TrackingRates {
  opened_of_unbounced: Rate;
  clicked_of_unbounced: Rate;
  clicked_of_opened: Rate;
  unsubscribed_of_unbounced: Rate;
}

export interface TrackingRow {
  job: StatisticsJob;
  level: string | null;
  deliveries: number;
  delivered_at: string;
  recipients: number;
  bounced: number;
  unbounced: number;
  opens: number;
  clicks: number;
  opened: number | null;
  clicked: number | null;
  unsubscribed: number;
  rates: TrackingRates;
}

export interface TrackingStatistics {
  rows: TrackingRow[];
  mean: TrackingRates;
  pooled: TrackingRates;
  counted: Record<keyof TrackingRates, number>;
  rules_version: number | null;
  as_of: string;
  notes: string[];
}

export interface DeliveryRates {
  unbounced_of_recipients: Rate;
  bounced_of_taken: Rate;
  refused_of_recipients: Rate;
  complained_of_taken: Rate;
}

export interface DeliveryRow {
  job: StatisticsJob;
  deliveries: number;
  delivered_at: string;
  recipients: number;
  taken: number;
  unbounced: number;
  bounced: number;
  refused: number;
  suppressed: number;
  expired: number;
  cancelled: number;
  complained: number;
  in_doubt: number;
  waiting: number;
  seconds: number | null;
  rates: DeliveryRates;
}

export interface DeliveryStatistics {
  rows: DeliveryRow[];
  mean: DeliveryRates;
  pooled: DeliveryRates;
  counted: Record<keyof DeliveryRates, number>;
  as_of: string;
  notes: string[];
}

export interface SequenceStep {
  job: StatisticsJob;
  depth: number;
  via: "origin" | "reaction" | "copy";
  source_job_id: string | null;
  deliveries: number;
  recipients: number;
  opens: number;
  clicks: number;
  delivered_at: string | null;
}

export interface Sequence {
  items: SequenceStep[];
  notes: string[];
}

export interface Dashboard {
  last_deliveries: {
    delivery_id: string;
    state: DeliveryState;
    job: StatisticsJob;
    started_at: string;
    recipients: number;
    numbers: TrackingRow | null;
  }[];
  activity: { time_zone: string; points: { day: string; sent: number; opens: number | null; clicks: number | null }[] };
  calendar: { day: string; jobs: { id: string; title: string; at: string; kind: "delivered" | "running" | "scheduled" }[] }[];
  month: string;
  upcoming: { job: StatisticsJob; at: string | null }[];
  jobs_total: number;
  as_of: string;
  notes: string[];
}
