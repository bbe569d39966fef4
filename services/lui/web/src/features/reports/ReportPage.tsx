import { Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { useCurrentJob } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";

import { Overview } from "./Overview";
import { Rows } from "./Rows";
import { type ShownTab, TABS } from "./search";

const words = text.reports;

/** What came back of a job: its sums, and the people and events behind them. */
export function ReportPage({ show = "overview" }: { show?: ShownTab["show"] }) {
  const { job } = useCurrentJob();
  const navigate = useNavigate();
  const may = useMay("see_reports");
  const live = job.deliveries.filter((delivery) => delivery.kind === "live").at(-1);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed">{words.intro}</Text>
      </div>
      {live === undefined || !may ? (
        <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
      ) : (
        <Tabs
          value={show}
          onChange={(tab) => void navigate({ to: "/jobs/$jobId/report", params: { jobId: job.id }, search: tab === "recipients" || tab === "details" ? { show: tab } : {}, replace: true })}
          keepMounted={false}
        >
          <Tabs.List aria-label={words.tabs.label} mb="md">
            {TABS.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {words.tabs[tab]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="overview">
            <Overview job={job} deliveryId={live.id} />
          </Tabs.Panel>
          {(["recipients", "details"] as const).map((type) => (
            <Tabs.Panel key={type} value={type}>
              <Paper withBorder p={{ base: "md", sm: "lg" }}>
                <Rows job={job} type={type} />
              </Paper>
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Stack>
  );
}
