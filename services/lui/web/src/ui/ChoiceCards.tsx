import { Group, Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./ChoiceCards.module.css";

export interface Choice<V extends string> {
  value: V;
  label: string;
  detail: ReactNode;
  disabled?: boolean;
  /** What has to be said or asked once this is chosen. */
  more?: ReactNode;
}

interface Props<V extends string> {
  label: string;
  value: V;
  choices: readonly Choice<V>[];
  onChange: (value: V) => void;
  readOnly?: boolean;
  error?: ReactNode;
}

/** One of several, each explained. Ordinary radio buttons underneath: arrow keys move, the label is read. */
export function ChoiceCards<V extends string>({ label, value, choices, onChange, readOnly, error }: Props<V>) {
  return (
    <Radio.Group<V> aria-label={label} value={value} onChange={onChange} error={error}>
      <Stack gap="xs">
        {choices.map((choice) => {
          const checked = choice.value === value;
          const disabled = (choice.disabled ?? false) || ((readOnly ?? false) && !checked);
          return (
            <div key={choice.value} className={classes.card} data-checked={checked || undefined} data-disabled={disabled || undefined}>
              <label className={classes.label}>
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
              {checked && choice.more !== undefined && <div className={classes.more}>{choice.more}</div>}
            </div>
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
