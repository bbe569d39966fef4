import { Group, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import { text } from "@/text/en";

import { said, type StatisticsSearch } from "./rules";

const words = text.statistics;
const periods = text.reports.period;
const DAYS = [7, 30, 90, 365, 3_660] as const;

interface Props {
  search: StatisticsSearch;
  onSearch: (search: StatisticsSearch) => void;
  withJudged: boolean;
}

/** Which jobs the statistics are made of. */
export function Filters({ search, onSearch, withJudged }: Props) {
  const [typed, setTyped] = useState(search.search ?? "");
  const [prefix, setPrefix] = useState(search.prefix ?? "");
  const dated = search.from !== undefined || search.to !== undefined;
  const soon = useDebouncedCallback((next: StatisticsSearch) => onSearch(said(next)), 300);
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={words.filters}>
      <TextInput
        type="search"
        label={words.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          soon({ ...search, search: event.currentTarget.value.trim() });
        }}
        style={{ flex: "1 1 12rem" }}
        maw={320}
      />
      <TextInput
        label={words.prefix}
        value={prefix}
        onChange={(event) => {
          setPrefix(event.currentTarget.value);
          soon({ ...search, prefix: event.currentTarget.value.trim() });
        }}
        w={{ base: "100%", xs: 120 }}
      />
      <Select
        label={periods.label}
        allowDeselect={false}
        value={dated ? "dates" : String(search.days ?? 90)}
        onChange={(value) => {
          if (value === "dates") onSearch(said({ ...search, days: undefined, from: new Date(Date.now() - 89 * 86_400_000).toISOString().slice(0, 10), to: new Date().toISOString().slice(0, 10) }));
          else onSearch(said({ ...search, from: undefined, to: undefined, days: value === null || value === "90" ? undefined : Number(value) }));
        }}
        data={[...DAYS.map((days) => ({ value: String(days), label: days === 3_660 ? periods.everything : periods.lastDays(days) })), { value: "dates", label: periods.dates }]}
        w={{ base: "100%", xs: 250 }}
        comboboxProps={{ shadow: "md" }}
      />
      {dated && (
        <Group gap="xs" wrap="nowrap">
          <TextInput type="date" label={periods.from} value={search.from ?? ""} onChange={(event) => onSearch(said({ ...search, from: event.currentTarget.value || undefined }))} />
          <TextInput type="date" label={periods.to} value={search.to ?? ""} onChange={(event) => onSearch(said({ ...search, to: event.currentTarget.value || undefined }))} />
        </Group>
      )}
      {withJudged && (
        <Switch label={words.judged} description={words.judgedDetail} checked={search.judged === "human"} onChange={(event) => onSearch(said({ ...search, judged: event.currentTarget.checked ? ("human" as const) : undefined }))} />
      )}
    </Group>
  );
}
