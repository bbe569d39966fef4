import { Button, Collapse, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconArrowBackUp, IconChartBar, IconCheck, IconChevronDown, IconLock, IconMasksTheater, IconSend } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import { type Job, STEP_ORDER, type StepName, type StepState } from "@/api/types";
import { text } from "@/text/en";

import classes from "./JobRail.module.css";

const words = text.jobs;

const ICONS: Record<StepState, ReactNode> = {
  locked: <IconLock size={14} aria-hidden />,
  available: null,
  done: <IconCheck size={16} stroke={2.5} aria-hidden />,
  stale: <IconAlertTriangle size={15} aria-hidden />,
};

/** The step's page, as the router knows it. */
export const STEP_PAGES = {
  recipients: "/jobs/$jobId/recipients",
  content: "/jobs/$jobId/content",
  tracking: "/jobs/$jobId/tracking",
  sender: "/jobs/$jobId/sender",
  test: "/jobs/$jobId/test",
  schedule: "/jobs/$jobId/schedule",
  authorize: "/jobs/$jobId/authorize",
} as const satisfies Record<StepName, string>;

function StepLink({ job, step, number }: { job: Job; step: StepName; number: number }) {
  const { state } = job.steps[step];
  return (
    <li>
      <Link to={STEP_PAGES[step]} params={{ jobId: job.id }} className={classes.step} data-state={state} activeProps={{ "data-active": true }}>
        <span className={classes.mark} aria-hidden>
          {ICONS[state] ?? number}
        </span>
        <span>
          {words.steps[step]}
          <span className={classes.state}>{words.states[state]}</span>
        </span>
      </Link>
    </li>
  );
}

/** What came of a job: its rehearsals, then everything about its live deliveries. */
const RESULTS = [
  { to: "/jobs/$jobId/rehearsals", label: words.page.rehearsals, icon: <IconMasksTheater size={16} aria-hidden />, kind: "rehearsal" },
  { to: "/jobs/$jobId/delivery", label: words.page.delivery, icon: <IconSend size={16} aria-hidden />, kind: "live" },
  { to: "/jobs/$jobId/report", label: words.page.report, icon: <IconChartBar size={16} aria-hidden />, kind: "live" },
  { to: "/jobs/$jobId/bounces", label: words.page.bounces, icon: <IconArrowBackUp size={16} aria-hidden />, kind: "live" },
] as const;

function RailContent({ job }: { job: Job }) {
  const shown = RESULTS.filter(({ kind }) => job.deliveries.some((delivery) => delivery.kind === kind));
  return (
    <>
      <ol className={classes.list}>
        {STEP_ORDER.map((step, index) => (
          <StepLink key={step} job={job} step={step} number={index + 1} />
        ))}
      </ol>
      {shown.length > 0 && (
        <ul className={classes.list} data-results>
          {shown.map(({ to, label, icon }) => (
            <li key={to}>
              <Link to={to} params={{ jobId: job.id }} className={classes.step} activeProps={{ "data-active": true }}>
                <span className={classes.mark} data-plain>
                  {icon}
                </span>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The workflow: every step with the state the server gives it, then what came of it. Folds up on narrow screens. */
export function JobRail({ job }: { job: Job }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(close, [path, close]);
  const done = STEP_ORDER.filter((step) => job.steps[step].state === "done").length;
  const current = STEP_ORDER.find((step) => path.endsWith(`/${step}`));
  return (
    <>
      <nav className={classes.rail} aria-label={words.page.steps} data-wide>
        <RailContent job={job} />
      </nav>
      <nav className={classes.rail} aria-label={words.page.steps} data-narrow>
        <Button
          variant="default"
          fullWidth
          justify="space-between"
          aria-expanded={opened}
          onClick={toggle}
          rightSection={<IconChevronDown size={16} aria-hidden style={{ transform: opened ? "rotate(180deg)" : undefined }} />}
        >
          {current === undefined ? words.page.allSteps : `${STEP_ORDER.indexOf(current) + 1} · ${words.steps[current]}`}
          <Text span size="sm" c="dimmed" ml="xs" fw={400}>
            {words.page.progress(done, STEP_ORDER.length)}
          </Text>
        </Button>
        <Collapse expanded={opened}>
          <RailContent job={job} />
        </Collapse>
      </nav>
    </>
  );
}
