export { BounceReportPage } from "./BounceReportPage";
export { BounceSourcesPage } from "./BounceSourcesPage";
export { classWords } from "./rules";
