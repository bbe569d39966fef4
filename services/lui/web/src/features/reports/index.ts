export { JobPicker } from "./JobPicker";
export { KeptResultPage, KeptResultsPage } from "./KeptPages";
export { NewReportPage } from "./NewReportPage";
export { comparisonQuery } from "./query";
export { ReportPage } from "./ReportPage";
export { ReportsPage } from "./ReportsPage";
export { SavedReportPage } from "./SavedReportPage";
export { parseReportSearch, parseReportsSearch, parseShownTab } from "./search";
export { Swatch } from "./Swatch";
