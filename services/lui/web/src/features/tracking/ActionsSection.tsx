import { Alert, NumberInput, Switch, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";

import type { TrackingOptions } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { Section } from "@/ui/Section";

import { knowsPeople, type TrackingForm } from "./rules";

const words = text.tracking.actions;

interface Props {
  form: UseFormReturnType<TrackingForm>;
  options: TrackingOptions;
  editable: boolean;
}

/** Visits of pages that carry an action tag. */
export function ActionsSection({ form, options, editable }: Props) {
  const { values } = form;
  const isPossible = options.actions_allowed && knowsPeople(values.level);
  const reason = options.actions_reason ?? (knowsPeople(values.level) ? null : words.needsLevel);
  return (
    <Section title={words.title} detail={words.detail}>
      {reason !== null && <Alert color="gray">{asSentence(reason)}</Alert>}
      <Switch label={words.on} description={words.onHelp} disabled={!editable || (!isPossible && !values.actions)} {...form.getInputProps("actions", { type: "checkbox" })} />
      {values.actions && isPossible && (
        <>
          <NumberInput label={words.days} description={words.daysHelp} min={0} max={30} allowDecimal={false} clampBehavior="strict" maw={240} readOnly={!editable} {...form.getInputProps("cookieDays")} />
          <Text size="sm" c="dimmed">
            {words.undercount}
          </Text>
        </>
      )}
    </Section>
  );
}
