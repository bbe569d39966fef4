import { Group, Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./ChoiceCards.module.css";

export interface Choice<V extends string> {
  value: V;
  label: string;
  detail: ReactNode;
  disabled?: boolean;
}

interface Props<V extends string> {
  label: string;
  hideLabel?: boolean;
  value: V;
  choices: readonly Choice<V>[];
  onChange: (value: V) => void;
  readOnly?: boolean;
  error?: ReactNode;
}

/** One of several, each explained. Ordinary radio buttons underneath: arrow keys move, the label is read. */
export function ChoiceCards<V extends string>({ label, hideLabel, value, choices, onChange, readOnly, error }: Props<V>) {
  return (
    <Radio.Group label={hideLabel ? undefined : label} aria-label={hideLabel ? label : undefined} value={value} onChange={(next) => onChange(next)} error={error}>
      <Stack gap="xs" mt={hideLabel ? 0 : "xs"}>
        {choices.map((choice) => {
          const disabled = (choice.disabled ?? false) || ((readOnly ?? false) && choice.value !== value);
          return (
            <label key={choice.value} className={classes.card} data-checked={choice.value === value || undefined} data-disabled={disabled || undefined}>
              <Group align="flex-start" wrap="nowrap" gap="sm">
                <Radio value={choice.value} disabled={disabled} mt={2} />
                <div>
                  <Text fw={600}>{choice.label}</Text>
                  <Text size="sm" c="dimmed" component="div">
                    {choice.detail}
                  </Text>
                </div>
              </Group>
            </label>
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
