import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { IconMasksTheater } from "@tabler/icons-react";
import { useState } from "react";

import { useCurrentJob } from "@/features/jobs";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";

import { RehearsalResult } from "./RehearsalResult";
import { mayRehearse } from "./rules";
import { NotYet, StartRehearsal } from "./StartRehearsal";

const words = text.rehearsals;
const SHOWN = 3;

/** The whole mailing tried without touching anybody. Rehearsals stand here and nowhere among the real deliveries. */
export function RehearsalsPage() {
  const { job } = useCurrentJob();
  const [all, setAll] = useState(false);
  const rehearsals = job.deliveries.filter((delivery) => delivery.kind === "rehearsal").reverse();
  const shown = all ? rehearsals : rehearsals.slice(0, SHOWN);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed" maw="72ch">
          {words.intro}
        </Text>
      </div>
      {mayRehearse(job) ? <StartRehearsal /> : job.stage === "open" && <NotYet />}
      {rehearsals.length === 0 && (
        <Paper withBorder>
          <EmptyState icon={<IconMasksTheater size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
        </Paper>
      )}
      {shown.map((delivery) => (
        <RehearsalResult key={delivery.id} deliveryId={delivery.id} />
      ))}
      {shown.length < rehearsals.length && (
        <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => setAll(true)}>
          {text.frame.more}
        </Button>
      )}
    </Stack>
  );
}
