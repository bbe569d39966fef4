import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { lui, mailer } from "@/api/client";
import { keys } from "@/api/queries";
import type { Delivery, InDoubt, Job, Schedule } from "@/api/types";
import { useStep } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

const words = text.deliveries.inDoubt;
type Choice = Exclude<InDoubt, "ask">;

function usePolicy(job: Job): InDoubt | null {
  const schedule = useStep<Schedule>(job.id, "schedule", (signal) => lui.GET("/api/v1/jobs/{job_id}/schedule", { params: { path: { job_id: job.id } }, signal }));
  return schedule.data?.value.in_doubt ?? null;
}

/** Messages that may or may not have arrived: what that means, and the choice where the job leaves it to somebody. */
export function InDoubtSection({ job, delivery }: { job: Job; delivery: Delivery }) {
  const policy = usePolicy(job);
  const may = useMay("authorize_jobs");
  const client = useQueryClient();
  const [asking, setAsking] = useState<Choice | null>(null);
  const count = delivery.counts.in_doubt;
  const decide = useMutation({
    mutationFn: (action: Choice) => mailer.POST("/api/v1/deliveries/{delivery_id}/in-doubt", { params: { path: { delivery_id: delivery.id } }, body: { action } }),
    onSuccess: async () => {
      setAsking(null);
      notifications.show({ message: words.done });
      await client.invalidateQueries({ queryKey: keys.delivery(delivery.id) });
    },
  });
  if (count === 0) return null;
  const people = words.people(count, formatNumber(count));
  const ask = (action: Choice) => {
    decide.reset();
    setAsking(action);
  };
  return (
    <Section title={words.title(people)} detail={words.detail}>
      {policy !== null && policy !== "ask" && <Text>{words.policy[policy]}</Text>}
      {policy === "ask" && (
        <>
          <Text fw={600}>{may ? words.question : words.mayNot}</Text>
          {may && (
            <Group gap="xs">
              <Button onClick={() => ask("resend")}>{words.resend}</Button>
              <Button variant="default" onClick={() => ask("skip")}>
                {words.skip}
              </Button>
            </Group>
          )}
        </>
      )}
      {decide.error && asking === null && <ProblemAlert error={decide.error} />}
      {asking !== null && (
        <ConfirmDialog opened title={words.confirm[asking].title(people)} confirm={words[asking]} busy={decide.isPending} error={decide.error} onConfirm={() => decide.mutate(asking)} onCancel={() => setAsking(null)}>
          {words.confirm[asking].detail}
        </ConfirmDialog>
      )}
    </Section>
  );
}
