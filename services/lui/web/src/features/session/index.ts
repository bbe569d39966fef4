export { AppFrame, HomeLink } from "./AppFrame";
export { SendingPages } from "./SendingPages";
export { sessionQuery, useMay, useSession } from "./session";
export { SignInPage } from "./SignInPage";
export { REPORT_PAGES, ReportPages } from "./ReportPages";
