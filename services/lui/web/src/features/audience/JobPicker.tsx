import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import { text } from "@/text/en";
import { ProblemAlert } from "@/ui/ProblemAlert";

const words = text.audience.reaction.job;
const SHOWN = 30;

export interface PickedJob {
  id: string;
  label: string;
}

/** Jobs that were sent, newest first, those whose title holds what is looked for. */
export function useSentJobs(title: string) {
  const filter = { sent: true, limit: SHOWN, ...(title === "" ? {} : { title }) };
  return useQuery({
    queryKey: keys.jobList(filter),
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs", { params: { query: filter }, signal })).items,
    placeholderData: keepPreviousData,
  });
}

interface Props {
  ownJobId: string;
  value: PickedJob | null;
  onPick: (job: PickedJob) => void;
  readOnly: boolean;
  error?: string | undefined;
}

/** Which earlier job's recipients are meant. */
export function JobPicker({ ownJobId, value, onPick, readOnly, error }: Props) {
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed === value?.label ? "" : typed.trim(), 250);
  const query = useSentJobs(wanted);
  const found = (query.data ?? []).filter((job) => job.id !== ownJobId).map((job) => ({ value: job.id, label: `${job.title} (${job.reference})` }));
  const data = value === null || found.some((job) => job.value === value.id) ? found : [{ value: value.id, label: value.label }, ...found];
  return (
    <>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Select
        label={words.label}
        description={words.help}
        placeholder={words.placeholder}
        data={data}
        value={value?.id ?? null}
        onChange={(id) => {
          const job = data.find((each) => each.value === id);
          if (job !== undefined) onPick({ id: job.value, label: job.label });
        }}
        searchValue={typed}
        onSearchChange={setTyped}
        // The server has looked already: titles that hold the words are all there is.
        filter={({ options }) => options}
        nothingFoundMessage={query.isFetching ? text.frame.loading : words.nothingFound}
        allowDeselect={false}
        readOnly={readOnly}
        error={error}
        searchable
      />
    </>
  );
}
