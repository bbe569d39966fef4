import { Alert, Stack } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { ReportQuery, ReportResult } from "@/api/reports";
import { text } from "@/text/en";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { DownloadMenu } from "./DownloadMenu";
import { drilled, type DrillStep, todayIn } from "./period";
import { isTable, missingIn } from "./query";
import { Result, ResultSkeleton } from "./Result";
import { useResult } from "./useResult";

interface Props {
  query: ReportQuery;
  steps?: readonly DrillStep[];
  onSteps?: (steps: DrillStep[]) => void;
  /** Beside the download. */
  actions?: ReactNode;
  /** Why it cannot be asked; then nothing is. */
  impossible?: ReactNode;
  /** Until it is known what can be asked, nothing is. */
  waiting?: boolean;
}

/** Asks a query and shows its result, which stays while the next one is being counted. */
export function LiveResult({ query, steps = [], onSteps, actions, impossible, waiting }: Props) {
  const missing = missingIn(query);
  const asked = drilled(query, steps, todayIn(query.time_zone));
  const found = useResult(asked, missing === null && !impossible && !(waiting ?? false));
  if (missing !== null || impossible) {
    return (
      <Alert color="gray" icon={<IconListSearch aria-hidden />}>
        {missing ?? impossible}
      </Alert>
    );
  }
  if (found.data === undefined) return found.isError ? <ProblemAlert error={found.error} onRetry={() => void found.refetch()} /> : <ResultSkeleton />;
  const pages = found.data.pages;
  const [first] = pages;
  if (first === undefined) return null;
  const result: ReportResult = first.table === null ? first : { ...first, table: { columns: first.table.columns, rows: pages.flatMap((page) => page.table?.rows ?? []), next: pages.at(-1)?.table?.next ?? null } };
  return (
    <Stack gap="md" aria-busy={found.isPlaceholderData}>
      {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      <div style={{ opacity: found.isPlaceholderData ? 0.55 : 1 }}>
        <Result
          result={result}
          steps={steps}
          onSteps={onSteps}
          more={{ onMore: () => void found.fetchNextPage(), busy: found.isFetchingNextPage }}
          actions={
            <>
              {actions}
              <DownloadMenu from={{ query: asked }} withPlot={!isTable(query.type)} size="xs" />
            </>
          }
        />
      </div>
      <span className="visually-hidden" role="status">
        {found.isFetching ? "" : text.reports.result.updated}
      </span>
    </Stack>
  );
}
