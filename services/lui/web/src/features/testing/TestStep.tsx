import { Alert, Badge, Button, Group, Select, SimpleGrid, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { lui, newIdempotencyKey, valueOf, versionOf } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { JobDelivery, Recipients } from "@/api/types";
import { useDelivery } from "@/features/deliveries";
import { STEP_PAGES, StepPage, useCurrentJob, useJobChanged, useStep, WhenLoaded } from "@/features/jobs";
import { RehearsalTeaser } from "@/features/rehearsals";
import { text } from "@/text/en";
import { splitAddresses } from "@/ui/addresses";
import { asSentence, formatInstant, formatNumber } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { lastVerdict } from "./rules";

const words = text.testing;

function SendTest({ recipients }: { recipients: Recipients | null }) {
  const { job } = useCurrentJob();
  const client = useQueryClient();
  const key = useRef(newIdempotencyKey());
  const form = useForm({
    initialValues: { addresses: "", recipient: "1" },
    validate: { addresses: (value) => (splitAddresses(value).length === 0 ? words.needAddresses : null) },
  });
  const send = useMutation({
    mutationFn: async ({ addresses, recipient }: { addresses: string; recipient: string }) =>
      valueOf(
        await lui.POST("/api/v1/jobs/{job_id}/tests", {
          params: { path: { job_id: job.id } },
          body: { addresses: splitAddresses(addresses), recipient: Number(recipient) },
          headers: { "Idempotency-Key": key.current },
        }),
      ),
    onSuccess: async (delivery) => {
      key.current = newIdempotencyKey();
      client.setQueryData(keys.delivery(delivery.id), delivery);
      await client.invalidateQueries({ queryKey: keys.job(job.id) });
      notifications.show({ message: words.sent });
    },
    onError: (error) => form.setErrors(splitFields(toProblem(error), ["addresses", "recipient"]).byField),
  });
  const options = (recipients?.sample ?? []).map((row, index) => {
    const address = row[recipients?.columns.indexOf(recipients.address_column) ?? 0] ?? "";
    return { value: String(index + 1), label: words.recipientOption(index + 1, address) };
  });
  const atFields = send.error && Object.keys(splitFields(toProblem(send.error), ["addresses", "recipient"]).byField).length > 0;
  return (
    <Section title={words.send} detail={words.sendDetail}>
      <form noValidate onSubmit={form.onSubmit((values) => send.mutate(values))}>
        <Stack>
          {send.error && !atFields && <ProblemAlert error={send.error} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Textarea label={words.addresses} description={words.addressesHelp} placeholder={words.addressesPlaceholder} autosize minRows={2} {...form.getInputProps("addresses")} />
            {options.length > 0 && (
              <Select label={words.recipient} description={words.recipientHelp} data={options} allowDeselect={false} searchable {...form.getInputProps("recipient")} />
            )}
          </SimpleGrid>
          <Group>
            <Button type="submit" loading={send.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Verdict({ delivery }: { delivery: JobDelivery }) {
  const { job } = useCurrentJob();
  const jobChanged = useJobChanged();
  const judge = useMutation({
    mutationFn: async (accept: boolean) => {
      const options = { params: { path: { job_id: job.id, delivery_id: delivery.id } } };
      return accept
        ? versionOf(await lui.POST("/api/v1/jobs/{job_id}/tests/{delivery_id}/accept", options))
        : versionOf(await lui.POST("/api/v1/jobs/{job_id}/tests/{delivery_id}/reject", options));
    },
    onSuccess: jobChanged,
  });
  return (
    <Stack gap="xs">
      <Text fw={600}>{words.question}</Text>
      <Group gap="xs">
        <Button onClick={() => judge.mutate(true)} loading={judge.isPending && judge.variables} disabled={judge.isPending}>
          {words.accept}
        </Button>
        <Button variant="default" onClick={() => judge.mutate(false)} loading={judge.isPending && !judge.variables} disabled={judge.isPending}>
          {words.reject}
        </Button>
      </Group>
      {judge.error && <ProblemAlert error={judge.error} />}
    </Stack>
  );
}

function TestRow({ delivery, latest }: { delivery: JobDelivery; latest: boolean }) {
  const { job } = useCurrentJob();
  const query = useDelivery(delivery.id);
  const verdict = lastVerdict(delivery, latest, job.steps.test.state);
  if (query.data === undefined) return <Skeleton height={40} />;
  const { counts, total, started_at: startedAt, state } = query.data;
  const failed = counts.refused + counts.suppressed + counts.expired + counts.bounced;
  return (
    <Stack gap="sm" component="li">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{startedAt ? words.on(formatInstant(startedAt)) : text.deliveries.states[state]}</Text>
          <Text size="sm" c="dimmed" className="numbers">
            {words.result(formatNumber(counts.sent), formatNumber(total))}
          </Text>
        </div>
        {verdict !== null && <Badge color={verdict === "accepted" ? "green" : verdict === "rejected" ? "red" : "gray"}>{words[verdict]}</Badge>}
      </Group>
      {failed > 0 && <Alert color="red">{words.failed(failed)}</Alert>}
      {query.data.reason && <Alert color="red">{asSentence(query.data.reason)}</Alert>}
      {verdict === "open" && job.allowed_actions.includes("test") && state === "finished" && <Verdict delivery={delivery} />}
      {verdict === "rejected" && latest && <Text size="sm">{words.rejectHint}</Text>}
    </Stack>
  );
}

/** Test deliveries and the verdict on them. */
export function TestStep() {
  const { job } = useCurrentJob();
  const mayTest = job.allowed_actions.includes("test");
  const recipients = useStep(job.id, "recipients", (signal) => lui.GET("/api/v1/jobs/{job_id}/recipients", { params: { path: { job_id: job.id } }, signal }));
  const tests = job.deliveries.filter((delivery) => delivery.kind === "test").reverse();
  const undecided = tests[0]?.verdict === null && job.steps.test.state !== "done";
  const next = job.steps.schedule.state === "done" ? "authorize" : "schedule";
  const send = mayTest && (
    <WhenLoaded key="send" query={recipients}>
      {(saved) => <SendTest recipients={saved?.value ?? null} />}
    </WhenLoaded>
  );
  const history = (
    <Section key="history" title={words.history}>
      {tests.length === 0 ? (
        <div>
          <Text fw={600}>{words.none}</Text>
          <Text c="dimmed">{words.noneDetail}</Text>
        </div>
      ) : (
        <Stack gap="lg" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {tests.map((delivery, index) => (
            <TestRow key={delivery.id} delivery={delivery} latest={index === 0} />
          ))}
        </Stack>
      )}
    </Section>
  );
  return (
    <StepPage step="test" intro={words.intro}>
      {undecided ? [history, send] : [send, history]}
      <RehearsalTeaser />
      {job.stage === "open" && job.steps.test.state === "done" && (
        <Group justify="flex-end">
          <ButtonLink to={STEP_PAGES[next]} params={{ jobId: job.id }}>
            {words.goOn(text.jobs.steps[next])}
          </ButtonLink>
        </Group>
      )}
    </StepPage>
  );
}
