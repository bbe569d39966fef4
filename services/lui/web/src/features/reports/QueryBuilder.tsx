import { Button, MultiSelect, Radio, Select, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";

import type { Possibilities, ReportCount, ReportQuery, ReportType } from "@/api/reports";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

import { PeriodFields } from "./PeriodFields";
import { reasonAgainst } from "./possible";
import { hasInterval, INTERVALS, isTable, MOST_SOURCES, newSource, TYPES, withCopyOf, withSource } from "./query";
import { SourceCard } from "./SourceCard";

const words = text.reports.builder;
const COUNTS = ["total", "unique"] as const satisfies readonly ReportCount[];
const ZONES = Intl.supportedValuesOf("timeZone");

interface Props {
  query: ReportQuery;
  onChange: (query: ReportQuery) => void;
  possible: Possibilities | undefined;
  titles: ReadonlyMap<string, string>;
}

function TypeChoice({ query, onChange, possible }: Props) {
  return (
    <Radio.Group<ReportType> label={words.type} value={query.type} onChange={(type) => onChange({ ...query, type })}>
      <Stack gap="xs" mt={6}>
        {TYPES.map((type) => {
          const against = reasonAgainst(possible?.types, type);
          return (
            <Radio
              key={type}
              value={type}
              label={words.types[type].name}
              description={against === null ? words.types[type].detail : asSentence(against)}
              disabled={against !== null && query.type !== type}
              error={against !== null && query.type === type}
            />
          );
        })}
      </Stack>
    </Radio.Group>
  );
}

function Sources({ query, onChange, possible, titles }: Props) {
  const [opened, setOpened] = useState<number | null>(query.sources[0]?.job_ids.length === 0 ? 0 : null);
  const full = query.sources.length >= MOST_SOURCES;
  const add = () => {
    const jobIds = query.sources.at(-1)?.job_ids ?? [];
    onChange({ ...query, sources: [...query.sources, newSource(query.sources, jobIds, "clicks")] });
    setOpened(query.sources.length);
  };
  return (
    <Stack gap="xs" component="section" aria-label={words.sources}>
      <Text size="sm" fw={500} aria-hidden>
        {words.sources}
      </Text>
      {query.sources.map((source, index) => (
        <SourceCard
          // Sources are told apart by where they stand: they have no names of their own.
          key={index}
          source={source}
          number={index + 1}
          opened={opened === index}
          onToggle={() => setOpened(opened === index ? null : index)}
          onChange={(changed) => onChange(withSource(query, index, changed))}
          onCopy={full ? undefined : () => onChange(withCopyOf(query, index))}
          onRemove={query.sources.length === 1 ? undefined : () => onChange({ ...query, sources: query.sources.toSpliced(index, 1) })}
          possible={possible}
          titles={titles}
        />
      ))}
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add} disabled={full}>
        {words.addSource}
      </Button>
      {full && (
        <Text size="sm" c="dimmed">
          {words.mostSources(MOST_SOURCES)}
        </Text>
      )}
    </Stack>
  );
}

function CountChoice({ query, onChange, possible }: Props) {
  const wrong = reasonAgainst(possible?.counts, query.count) !== null;
  return (
    <Radio.Group<ReportCount> label={words.count} value={query.count} onChange={(count) => onChange({ ...query, count })}>
      <Stack gap="xs" mt={6}>
        {COUNTS.map((count) => {
          const against = reasonAgainst(possible?.counts, count);
          return (
            <Radio
              key={count}
              value={count}
              label={words.counts[count].name}
              description={against === null ? words.counts[count].detail : asSentence(against)}
              disabled={against !== null && query.count !== count}
            />
          );
        })}
        {wrong && (
          <Button variant="light" size="xs" onClick={() => onChange({ ...query, count: "total" })}>
            {words.countAllInstead}
          </Button>
        )}
      </Stack>
    </Radio.Group>
  );
}

function JudgedChoice({ query, onChange }: Props) {
  return (
    <Radio.Group label={words.judged} value={query.judged ?? ""} onChange={(judged) => onChange({ ...query, judged: judged === "human" ? "human" : null })}>
      <Stack gap="xs" mt={6}>
        <Radio value="" label={words.judgedAll} description={words.judgedAllDetail} />
        <Radio value="human" label={words.judgedHuman} description={words.judgedHumanDetail} />
      </Stack>
    </Radio.Group>
  );
}

/** Everything a report asks, from top to bottom in the order in which one thinks of it. */
export function QueryBuilder(props: Props) {
  const { query, onChange, possible } = props;
  return (
    <Stack gap="lg">
      <Sources {...props} />
      <TypeChoice {...props} />
      <PeriodFields value={query.period} timeZone={query.time_zone} onChange={(period) => onChange({ ...query, period })} />
      {hasInterval(query.type) && (
        <Select
          label={words.interval}
          allowDeselect={false}
          value={query.interval}
          onChange={(interval) => interval !== null && onChange({ ...query, interval })}
          data={INTERVALS.map((value) => ({ value, label: text.reports.intervals[value] }))}
          comboboxProps={{ shadow: "md" }}
        />
      )}
      {!isTable(query.type) && <CountChoice {...props} />}
      <JudgedChoice {...props} />
      {isTable(query.type) && (possible?.columns.length ?? 0) > 0 && (
        <MultiSelect
          label={words.columns}
          description={words.columnsHelp}
          searchable
          clearable
          value={query.columns ?? []}
          onChange={(columns) => onChange({ ...query, columns: columns.length === 0 ? null : columns })}
          data={possible?.columns ?? []}
          comboboxProps={{ shadow: "md" }}
        />
      )}
      <Select
        label={words.timeZone}
        searchable
        allowDeselect={false}
        limit={100}
        value={query.time_zone}
        onChange={(zone) => zone !== null && onChange({ ...query, time_zone: zone })}
        data={ZONES.includes(query.time_zone) ? ZONES : [query.time_zone, ...ZONES]}
        comboboxProps={{ shadow: "md" }}
      />
    </Stack>
  );
}
