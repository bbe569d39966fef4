import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import { text } from "@/text/en";

import { MOST_JOBS } from "./query";

const words = text.reports.builder;
const OFFERED = 30;

interface Props {
  value: readonly string[];
  onChange: (jobIds: string[]) => void;
  /** Jobs that are chosen already, by id: they are not all among those that are offered. */
  titles: ReadonlyMap<string, string>;
  label?: string;
  description?: string | undefined;
  error?: string | undefined;
  most?: number;
}

/** Jobs that were sent, found by a part of their title. */
export function JobPicker({ value, onChange, titles, label = words.jobs, description, error, most = MOST_JOBS }: Props) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: keys.jobList({ picker: search }),
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs", { params: { query: { title: search === "" ? null : search, sent: true, limit: OFFERED } }, signal })),
    placeholderData: keepPreviousData,
  });
  const offered = (found.data?.items ?? []).map((job) => ({ value: job.id, label: `${job.title} (${job.reference})` }));
  const known = new Set(offered.map((job) => job.value));
  const kept = value.filter((id) => !known.has(id)).map((id) => ({ value: id, label: titles.get(id) ?? words.jobGone }));
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length === 0 ? words.jobsSearch : undefined}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...value]}
      onChange={onChange}
      maxValues={most}
      data={[...kept, ...offered]}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isPending ? text.frame.loading : words.jobsNone}
      hidePickedOptions
      error={error}
      maxDropdownHeight={280}
      comboboxProps={{ shadow: "md" }}
      styles={{ pill: { maxWidth: "100%" } }}
    />
  );
}
