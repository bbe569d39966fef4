import type { components } from "./generated/lui";

type Schemas = components["schemas"];

export type StatisticsJob = Schemas["StatisticsJobOut"];
export type TrackingRates = Schemas["TrackingRatesOut"];
export type TrackingRow = Schemas["TrackingRowOut"];
export type TrackingStatistics = Schemas["TrackingStatisticsOut"];
export type DeliveryRates = Schemas["DeliveryRatesOut"];
export type DeliveryRow = Schemas["DeliveryRowOut"];
export type DeliveryStatistics = Schemas["DeliveryStatisticsOut"];
export type SequenceStep = Schemas["SequenceStepOut"];
export type Sequence = Schemas["SequenceOut"];
export type Dashboard = Schemas["DashboardOut"];
