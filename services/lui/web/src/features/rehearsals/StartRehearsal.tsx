import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { lui, newIdempotencyKey, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import { useCurrentJob } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { formatShare } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { acceptedPercent, bodyOf, EMPTY_FORM, isShare, type RehearsalForm } from "./rules";

const words = text.rehearsals;
const PRESETS = ["friendly", "ordinary", "rough", "own"] as const;
const LONGEST_ANSWER = 60;

const share = (value: number | string) => (isShare(value) ? null : words.needShare);

/** Asks how the receiver should answer, and starts a rehearsal. */
export function StartRehearsal() {
  const { job } = useCurrentJob();
  const client = useQueryClient();
  const key = useRef(newIdempotencyKey());
  const form = useForm<RehearsalForm>({
    initialValues: EMPTY_FORM,
    validate: {
      limit: (value) => (value === "" || Number(value) >= 1 ? null : words.needLimit),
      greylist: (value, form) => share(value) ?? (form.preset === "own" && acceptedPercent(form) < 0 ? words.tooMuch : null),
      refuse: share,
      dropAfterDot: share,
      slow: share,
      slowSeconds: (value) => (Number(value) >= 0 && Number(value) <= LONGEST_ANSWER ? null : words.needSeconds),
    },
  });
  const start = useMutation({
    mutationFn: async (values: RehearsalForm) =>
      valueOf(await lui.POST("/api/v1/jobs/{job_id}/rehearsals", { params: { path: { job_id: job.id } }, body: bodyOf(values), headers: { "Idempotency-Key": key.current } })),
    onSuccess: async () => {
      key.current = newIdempotencyKey();
      notifications.show({ message: words.started });
      await client.invalidateQueries({ queryKey: keys.job(job.id) });
    },
  });
  const rest = acceptedPercent(form.values);
  const own = (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput label={words.shares.greylist} min={0} max={100} decimalScale={2} {...form.getInputProps("greylist")} />
        <NumberInput label={words.shares.refuse} min={0} max={100} decimalScale={2} {...form.getInputProps("refuse")} />
        <NumberInput label={words.shares.drop_after_dot} min={0} max={100} decimalScale={2} {...form.getInputProps("dropAfterDot")} />
        <NumberInput label={words.shares.slow} min={0} max={100} decimalScale={2} {...form.getInputProps("slow")} />
        <NumberInput label={words.shares.slowSeconds} min={0} max={LONGEST_ANSWER} decimalScale={1} {...form.getInputProps("slowSeconds")} />
      </SimpleGrid>
      {rest >= 0 && (
        <Text size="sm" c="dimmed">
          {words.shares.accepted(formatShare(rest, 100))}
        </Text>
      )}
    </Stack>
  );
  return (
    <Section title={words.start} detail={words.startDetail}>
      <form noValidate onSubmit={form.onSubmit((values) => start.mutate(values))}>
        <Stack>
          {start.error && <ProblemAlert error={start.error} />}
          <ChoiceCards
            label={words.how}
            value={form.values.preset}
            onChange={(preset) => form.setFieldValue("preset", preset)}
            choices={PRESETS.map((value) => ({ value, ...words.presets[value], ...(value === "own" ? { more: own } : {}) }))}
          />
          <NumberInput label={words.limit} description={words.limitHelp} placeholder={words.limitPlaceholder} allowNegative={false} allowDecimal={false} thousandSeparator hideControls maw={280} {...form.getInputProps("limit")} />
          <Group>
            <Button type="submit" loading={start.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** Why none can be started yet. */
export function NotYet() {
  return <Alert color="gray">{words.notYet}</Alert>;
}
