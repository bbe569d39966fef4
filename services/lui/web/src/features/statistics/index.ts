export { ComparisonPage } from "./ComparisonPage";
export { MOST_COMPARED, parseComparison, parseStatistics } from "./rules";
export { SequencePage } from "./SequencePage";
export { DeliveryStatisticsPage, TrackingStatisticsPage } from "./StatisticsPages";
