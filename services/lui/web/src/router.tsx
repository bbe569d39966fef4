import { IconMapQuestion } from "@tabler/icons-react";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";

import { STEP_ORDER } from "@/api/types";
import { AccountsPage } from "@/features/accounts";
import { ActionTagsPage } from "@/features/actions";
import { RecipientsStep } from "@/features/audience";
import { AuthorizeStep } from "@/features/authorizing";
import { BounceReportPage, BounceSourcesPage } from "@/features/bounces";
import { ContentStep } from "@/features/content";
import { DashboardPage } from "@/features/dashboard";
import { DeliveryPage } from "@/features/deliveries";
import { GatewayPage, GatewaysPage } from "@/features/gateways";
import { JobPage, jobQuery, JobsPage, parseJobsSearch, STEP_PAGES } from "@/features/jobs";
import { NoticesPage } from "@/features/notices";
import { AuditPage, ComponentsPage } from "@/features/operations";
import { PrivacyPage } from "@/features/privacy";
import { RehearsalsPage } from "@/features/rehearsals";
import { KeptResultPage, KeptResultsPage, NewReportPage, parseReportSearch, parseReportsSearch, parseShownTab, ReportPage, ReportsPage, SavedReportPage } from "@/features/reports";
import { ScheduleStep } from "@/features/scheduling";
import { SenderStep } from "@/features/senders";
import { AppFrame, HomeLink, sessionQuery, SignInPage } from "@/features/session";
import { SettingsPage } from "@/features/settings";
import { SigningKeysPage } from "@/features/signing";
import { ComparisonPage, DeliveryStatisticsPage, parseComparison, parseStatistics, SequencePage, TrackingStatisticsPage } from "@/features/statistics";
import { SuppressionsPage } from "@/features/suppressions";
import { TestStep } from "@/features/testing";
import { TrackingStep } from "@/features/tracking";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemAlert } from "@/ui/ProblemAlert";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

/** The router keeps what it does not know in the address: what is used of it is read again where it is used. Only a path of this application: a foreign address in `back` must not become a way out. */
function safeBack(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) && !value.startsWith("/sign-in") ? value : undefined;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw): { back?: string } => {
    const back = safeBack(raw.back);
    return back === undefined ? {} : { back };
  },
  component: function SignIn() {
    return <SignInPage back={safeBack(signIn.useSearch().back)} />;
  },
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    // Signed in once, the frame asks again over the page when the session ends: nothing typed is lost.
    const session = context.queryClient.getQueryData(sessionQuery.queryKey) ?? (await context.queryClient.query(sessionQuery));
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (session === null) throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { back: location.href }, replace: true });
  },
  component: AppFrame,
});

const home = createRoute({ getParentRoute: () => app, path: "/", component: DashboardPage });

const jobs = createRoute({
  getParentRoute: () => app,
  path: "/jobs",
  validateSearch: parseJobsSearch,
  component: function Jobs() {
    return <JobsPage search={parseJobsSearch(jobs.useSearch())} />;
  },
});

const job = createRoute({
  getParentRoute: () => app,
  path: "/jobs/$jobId",
  component: function Job() {
    const { jobId } = job.useParams();
    return <JobPage key={jobId} jobId={jobId} />;
  },
});

/** A job opens where there is something to do: at its delivery once authorized, else at the first step not done. */
const jobHome = createRoute({
  getParentRoute: () => job,
  path: "/",
  beforeLoad: async ({ context, params }) => {
    const { value } = await context.queryClient.query(jobQuery(params.jobId));
    const next = STEP_ORDER.find((step) => ["available", "stale"].includes(value.steps[step].state)) ?? "recipients";
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ to: value.stage === "open" ? STEP_PAGES[next] : "/jobs/$jobId/delivery", params, replace: true });
  },
});

const jobPages = [
  createRoute({ getParentRoute: () => job, path: "recipients", component: RecipientsStep }),
  createRoute({ getParentRoute: () => job, path: "content", component: ContentStep }),
  createRoute({ getParentRoute: () => job, path: "tracking", component: TrackingStep }),
  createRoute({ getParentRoute: () => job, path: "sender", component: SenderStep }),
  createRoute({ getParentRoute: () => job, path: "test", component: TestStep }),
  createRoute({ getParentRoute: () => job, path: "schedule", component: ScheduleStep }),
  createRoute({ getParentRoute: () => job, path: "authorize", component: AuthorizeStep }),
  createRoute({ getParentRoute: () => job, path: "delivery", component: DeliveryPage }),
  createRoute({ getParentRoute: () => job, path: "sequence", component: SequencePage }),
  createRoute({ getParentRoute: () => job, path: "bounces", component: BounceReportPage }),
  createRoute({ getParentRoute: () => job, path: "rehearsals", component: RehearsalsPage }),
] as const;

const jobReport = createRoute({
  getParentRoute: () => job,
  path: "report",
  validateSearch: parseShownTab,
  component: function JobReport() {
    return <ReportPage show={parseShownTab(jobReport.useSearch()).show} />;
  },
});

const reports = createRoute({
  getParentRoute: () => app,
  path: "/reports",
  validateSearch: parseReportsSearch,
  component: function Reports() {
    return <ReportsPage search={parseReportsSearch(reports.useSearch())} />;
  },
});
const newReport = createRoute({
  getParentRoute: () => app,
  path: "/reports/new",
  validateSearch: parseReportSearch,
  component: function NewReport() {
    return <NewReportPage search={parseReportSearch(newReport.useSearch())} />;
  },
});
const savedReport = createRoute({
  getParentRoute: () => app,
  path: "/reports/$reportId",
  validateSearch: parseReportSearch,
  component: function SavedReport() {
    const { reportId } = savedReport.useParams();
    return <SavedReportPage key={reportId} reportId={reportId} search={parseReportSearch(savedReport.useSearch())} />;
  },
});
const keptResults = createRoute({
  getParentRoute: () => app,
  path: "/reports/$reportId/kept",
  component: function KeptResults() {
    return <KeptResultsPage reportId={keptResults.useParams().reportId} />;
  },
});
const keptResult = createRoute({
  getParentRoute: () => app,
  path: "/kept-results/$snapshotId",
  component: function KeptResult() {
    return <KeptResultPage snapshotId={keptResult.useParams().snapshotId} />;
  },
});
const trackingStatistics = createRoute({
  getParentRoute: () => app,
  path: "/statistics/tracking",
  validateSearch: parseStatistics,
  component: function TrackingStatistics() {
    return <TrackingStatisticsPage search={parseStatistics(trackingStatistics.useSearch())} />;
  },
});
const deliveryStatistics = createRoute({
  getParentRoute: () => app,
  path: "/statistics/deliveries",
  validateSearch: parseStatistics,
  component: function DeliveryStatistics() {
    return <DeliveryStatisticsPage search={parseStatistics(deliveryStatistics.useSearch())} />;
  },
});
const comparison = createRoute({
  getParentRoute: () => app,
  path: "/comparison",
  validateSearch: parseComparison,
  component: function Comparison() {
    return <ComparisonPage jobIds={parseComparison(comparison.useSearch()).job ?? []} />;
  },
});
const actionTags = createRoute({ getParentRoute: () => app, path: "/action-tags", component: ActionTagsPage });
const reportPages = [actionTags, reports, newReport, savedReport, keptResults, keptResult, trackingStatistics, deliveryStatistics, comparison] as const;

const accounts = createRoute({ getParentRoute: () => app, path: "/accounts", component: AccountsPage });
const gateways = createRoute({ getParentRoute: () => app, path: "/gateways", component: GatewaysPage });
const gateway = createRoute({
  getParentRoute: () => app,
  path: "/gateways/$gatewayId",
  component: function Gateway() {
    const { gatewayId } = gateway.useParams();
    return <GatewayPage key={gatewayId} gatewayId={gatewayId} />;
  },
});
const signingKeys = createRoute({ getParentRoute: () => app, path: "/signing-keys", component: SigningKeysPage });
const bounceSources = createRoute({ getParentRoute: () => app, path: "/bounce-sources", component: BounceSourcesPage });
const notices = createRoute({ getParentRoute: () => app, path: "/notices", component: NoticesPage });
const suppressions = createRoute({ getParentRoute: () => app, path: "/suppressions", component: SuppressionsPage });
const components = createRoute({ getParentRoute: () => app, path: "/components", component: ComponentsPage });
const audit = createRoute({ getParentRoute: () => app, path: "/audit", component: AuditPage });
const privacy = createRoute({ getParentRoute: () => app, path: "/privacy", component: PrivacyPage });
const settings = createRoute({ getParentRoute: () => app, path: "/settings", component: SettingsPage });

function NotFound() {
  return (
    <main>
      <EmptyState level={1} icon={<IconMapQuestion size={28} stroke={1.5} />} title={text.frame.notFound.title} detail={text.frame.notFound.detail} action={<HomeLink />} />
    </main>
  );
}

const routes = root.addChildren([signIn, app.addChildren([home, jobs, job.addChildren([jobHome, jobReport, ...jobPages]), ...reportPages, suppressions, gateways, gateway, signingKeys, bounceSources, notices, accounts, components, audit, privacy, settings])]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queryClient },
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: ({ error, reset }) => <ProblemAlert error={error} onRetry={reset} />,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
