import { Group, Select, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";

import type { ReportEvent, ReportQuery } from "@/api/reports";
import type { Job } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

import { KeepMenu } from "./KeepMenu";
import { LiveResult } from "./LiveResult";
import { impossibleIn, reasonAgainst } from "./possible";
import { EVENTS, newQuery, newSource } from "./query";
import { usePossibilities } from "./useResult";

const words = text.reports;

/** Who reacted, or event by event: rows of one job. */
export function Rows({ job, type }: { job: Job; type: "recipients" | "details" }) {
  const [event, setEvent] = useState<ReportEvent>("opens");
  const [human, setHuman] = useState(false);
  const { data: possible, isError } = usePossibilities([job.id]);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query: ReportQuery = { ...newQuery(zone), type, period: {}, sources: [{ ...newSource([], [job.id], event), name: words.builder.events[event] }], judged: human ? "human" : null };
  const against = impossibleIn(query, possible);
  return (
    <Stack gap="md">
      <Text c="dimmed" size="sm">
        {type === "recipients" ? words.recipientsDetail : words.eventsDetail}
      </Text>
      <Group align="flex-end" gap="md">
        <Select
          label={words.whichEvent}
          allowDeselect={false}
          value={event}
          onChange={(value) => value !== null && setEvent(value)}
          data={EVENTS.map((value) => ({ value, label: words.builder.events[value], disabled: reasonAgainst(possible?.events, value) !== null }))}
          w={220}
        />
        <Switch label={words.humans} checked={human} onChange={(change) => setHuman(change.currentTarget.checked)} mb={8} />
      </Group>
      <LiveResult query={query} waiting={possible === undefined && !isError} impossible={against === null ? undefined : asSentence(against)} actions={<KeepMenu query={query} title={words.quick.titled(job.title, words.builder.types[type].name)} />} />
    </Stack>
  );
}
