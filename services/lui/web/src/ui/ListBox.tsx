import { Paper, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { text } from "@/text/en";

import { ProblemAlert } from "./ProblemAlert";

interface Props<T> {
  query: Pick<UseQueryResult<readonly T[]>, "data" | "isError" | "isPending" | "error" | "refetch">;
  /** Instead of a list of nothing. */
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** A list in a frame, and what stands there while it is fetched, when it could not be, and when it is empty. */
export function ListBox<T>({ query, empty, children }: Props<T>) {
  return (
    <>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
      {query.data && (
        <Paper withBorder style={{ overflow: "hidden" }}>
          {query.data.length === 0 ? empty : children(query.data)}
        </Paper>
      )}
    </>
  );
}
