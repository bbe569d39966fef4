import { Link } from "@tanstack/react-router";

import { text } from "@/text/en";
import classes from "@/ui/SubPages.module.css";

const words = text.frame.nav;

/** The pages about what came of jobs, side by side. */
export const REPORT_PAGES = [
  { to: "/reports", label: words.savedReports },
  { to: "/statistics/tracking", label: words.trackingStatistics },
  { to: "/statistics/deliveries", label: words.deliveryStatistics },
  { to: "/comparison", label: words.comparison },
  { to: "/action-tags", label: words.actionTags },
] as const;

/** The way between the pages about what came of jobs. */
export function ReportPages() {
  return (
    <nav className={classes.pages} aria-label={words.reports}>
      {REPORT_PAGES.map((page) => (
        <Link key={page.to} to={page.to} className={classes.page} activeProps={{ "data-active": true }} activeOptions={{ exact: true, includeSearch: false }}>
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
