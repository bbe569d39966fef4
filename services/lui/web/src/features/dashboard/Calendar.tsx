import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { IconCalendarDue, IconChevronLeft, IconChevronRight, IconMailCheck, IconSend } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import type { Dashboard } from "@/api/statistics";
import { text } from "@/text/en";
import { formatTime } from "@/ui/format";

import classes from "./Dashboard.module.css";
import { dayInFull, monthInFull, monthPlus, WEEKDAYS, weeksOf } from "./rules";

const words = text.dashboard;
type Day = Dashboard["calendar"][number];
type Kind = Day["jobs"][number]["kind"];

const AT_ONCE = 6;
/** More jobs on a day than this are one mark and a number. */
const MARKS = 2;
const ICONS: Record<Kind, React.ReactNode> = {
  delivered: <IconMailCheck size={14} aria-hidden />,
  running: <IconSend size={14} aria-hidden />,
  scheduled: <IconCalendarDue size={14} aria-hidden />,
};

function Grid({ month, days, today }: { month: string; days: ReadonlyMap<string, Day>; today: string }) {
  return (
    <table className={classes.month} aria-label={monthInFull(month)}>
      <thead>
        <tr>
          {WEEKDAYS.map(({ short, long }) => (
            <th key={long} scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, number) => (
          <tr key={`${month}-${number}`}>
            {week.map((date, column) => {
              const jobs = date === null ? [] : (days.get(date)?.jobs ?? []);
              return (
                <td key={date ?? column} data-today={date === today || undefined} data-busy={jobs.length > 0 || undefined} aria-current={date === today ? "date" : undefined}>
                  {date !== null && <span>{Number(date.slice(8))}</span>}
                  <span className={classes.marks}>
                    {jobs.slice(0, jobs.length > MARKS ? 1 : MARKS).map((job) => (
                      <span key={`${job.id}${job.at}`} title={`${words.kinds[job.kind]}: ${job.title}`}>
                        {ICONS[job.kind]}
                      </span>
                    ))}
                    {jobs.length > MARKS && <small>×{jobs.length}</small>}
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agenda({ days }: { days: readonly Day[] }) {
  const [limit, setLimit] = useState(AT_ONCE);
  const entries = days.flatMap(({ day, jobs }) => jobs.map((job) => ({ day, ...job })));
  return (
    <Stack gap={4}>
      <ul className={classes.agenda}>
        {entries.slice(0, limit).map((job, index) => (
          <li key={`${job.id}${job.at}`}>
            {entries[index - 1]?.day !== job.day && (
              <Text size="xs" c="dimmed" fw={600} mt={6}>
                {dayInFull(job.day)}
              </Text>
            )}
            <span className={classes.entry}>
              {ICONS[job.kind]}
              <span className="numbers">{formatTime(job.at)}</span>
              <Link to="/jobs/$jobId" params={{ jobId: job.id }} className={classes.job}>
                {job.title}
              </Link>
              <span className={classes.kind}>{words.kinds[job.kind]}</span>
            </span>
          </li>
        ))}
      </ul>
      {entries.length > limit && (
        <Button variant="subtle" size="compact-sm" onClick={() => setLimit(entries.length)} style={{ alignSelf: "flex-start" }}>
          {words.more(entries.length - limit)}
        </Button>
      )}
    </Stack>
  );
}

/** A month with what was, is and will be sent; the list below it says the same in words. */
export function Calendar({ calendar, month, today, onMonth }: { calendar: readonly Day[]; month: string; today: string; onMonth: (month: string) => void }) {
  const days = new Map(calendar.map((day) => [day.day, day]));
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} aria-live="polite">
          {monthInFull(month)}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="default" aria-label={words.previousMonth} onClick={() => onMonth(monthPlus(month, -1))}>
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={words.nextMonth} onClick={() => onMonth(monthPlus(month, 1))}>
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Grid month={month} days={days} today={today} />
      <Agenda key={month} days={calendar} />
    </Stack>
  );
}
