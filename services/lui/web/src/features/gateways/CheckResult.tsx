import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";

import type { GatewayCheck } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

const words = text.gateways.check;

/** What a connection test found, step by step, up to the first that failed. */
export function CheckResult({ check }: { check: GatewayCheck }) {
  return (
    <Alert role="status" color={check.ok ? "green" : "red"} title={check.ok ? words.ok : words.failed} mb="lg">
      <Stack gap="xs" component="ol" style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {check.steps.map((step) => (
          <Group key={step.name} component="li" gap="xs" wrap="nowrap" align="flex-start">
            {step.ok ? <IconCircleCheck size={20} aria-label={words.stepOk} role="img" /> : <IconCircleX size={20} aria-label={words.stepFailed} role="img" />}
            <div style={{ minWidth: 0 }}>
              <Text fw={600}>{words.steps[step.name]}</Text>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {asSentence(step.detail)}
              </Text>
            </div>
          </Group>
        ))}
        <Text size="sm" component="li">
          {words.detail}
        </Text>
      </Stack>
    </Alert>
  );
}
