import { Button, Collapse, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconChartBar, IconCheck, IconChevronDown, IconLock, IconSend } from "@tabler/icons-react";
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

function RailContent({ job }: { job: Job }) {
  const live = job.deliveries.some((delivery) => delivery.kind === "live");
  return (
    <>
      <ol className={classes.list}>
        {STEP_ORDER.map((step, index) => (
          <StepLink key={step} job={job} step={step} number={index + 1} />
        ))}
      </ol>
      {live && (
        <ul className={classes.list} data-results>
          <li>
            <Link to="/jobs/$jobId/delivery" params={{ jobId: job.id }} className={classes.step} activeProps={{ "data-active": true }}>
              <span className={classes.mark} data-plain>
                <IconSend size={16} aria-hidden />
              </span>
              {words.page.delivery}
            </Link>
          </li>
          <li>
            <Link to="/jobs/$jobId/report" params={{ jobId: job.id }} className={classes.step} activeProps={{ "data-active": true }}>
              <span className={classes.mark} data-plain>
                <IconChartBar size={16} aria-hidden />
              </span>
              {words.page.report}
            </Link>
          </li>
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
