import { Group, Select, Stack, TextInput } from "@mantine/core";

import type { ReportPeriod } from "@/api/reports";
import { text } from "@/text/en";

import { boundsOf, monthLabel, monthsUpTo, todayIn } from "./period";

const words = text.reports.period;
const DAYS = [7, 30, 90, 365] as const;
const MONTHS = 36;
type Kind = "everything" | "month" | "dates" | `${number}`;

function kindOf(period: ReportPeriod): Kind {
  if (period.last_days) return `${period.last_days}`;
  if (period.month) return "month";
  return period.from || period.to ? "dates" : "everything";
}

/** Which time a report is about: the last days, a month, or dates. */
export function PeriodFields({ value, timeZone, onChange }: { value: ReportPeriod; timeZone: string; onChange: (period: ReportPeriod) => void }) {
  const today = todayIn(timeZone);
  const kind = kindOf(value);
  const days: number[] = value.last_days && !DAYS.some((known) => known === value.last_days) ? [...DAYS, value.last_days] : [...DAYS];
  const choose = (chosen: Kind) => {
    if (chosen === "everything") onChange({});
    else if (chosen === "month") onChange({ month: today.slice(0, 7) });
    else if (chosen === "dates") onChange({ from: boundsOf(value, today).from ?? boundsOf({ last_days: 30 }, today).from ?? null, to: boundsOf(value, today).to ?? today });
    else onChange({ last_days: Number(chosen) });
  };
  const months = monthsUpTo(today, MONTHS);
  return (
    <Stack gap="xs">
      <Select
        label={words.label}
        allowDeselect={false}
        value={kind}
        onChange={(chosen) => chosen !== null && choose(chosen)}
        data={[
          ...days.map((count) => ({ value: `${count}` as const, label: words.lastDays(count) })),
          { value: "month" as const, label: words.month },
          { value: "dates" as const, label: words.dates },
          { value: "everything" as const, label: words.everything },
        ]}
        comboboxProps={{ shadow: "md" }}
      />
      {kind === "month" && (
        <Select
          label={words.whichMonth}
          allowDeselect={false}
          searchable
          value={value.month ?? null}
          onChange={(month) => month !== null && onChange({ month })}
          data={[...new Set([...months, value.month ?? today.slice(0, 7)])].map((month) => ({ value: month, label: monthLabel(month) }))}
          comboboxProps={{ shadow: "md" }}
        />
      )}
      {kind === "dates" && (
        <Group gap="xs" grow wrap="nowrap">
          <TextInput type="date" label={words.from} value={value.from ?? ""} onChange={(event) => onChange({ ...value, from: event.currentTarget.value || null })} />
          <TextInput type="date" label={words.to} value={value.to ?? ""} onChange={(event) => onChange({ ...value, to: event.currentTarget.value || null })} />
        </Group>
      )}
    </Stack>
  );
}
