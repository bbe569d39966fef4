import { Alert, Button, Checkbox, List, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { useIsFetching, useQueryClient } from "@tanstack/react-query";

import { keys } from "@/api/queries";
import type { Preflight } from "@/api/types";
import { useCurrentJob } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { TextLink } from "@/ui/links";

const words = text.authorizing.preflight;

interface Props {
  preflight: Preflight;
  overridden: readonly string[];
  onOverride: (codes: string[]) => void;
}

/** What stands in the way of sending, what can be passed over on purpose, and what is only worth knowing. */
export function PreflightSection({ preflight, overridden, onOverride }: Props) {
  const { job } = useCurrentJob();
  const administers = useMay("administer_installation");
  const client = useQueryClient();
  const key = [...keys.step(job.id, "authorize"), "preflight"];
  const looking = useIsFetching({ queryKey: key }) > 0;
  const { problems, warnings } = preflight;
  const toggle = (code: string, checked: boolean) => onOverride(checked ? [...overridden, code] : overridden.filter((other) => other !== code));
  return (
    <>
      {problems.length > 0 && (
        <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={words.problems}>
          <Stack gap="sm" align="flex-start">
            {problems.map((problem) => (
              <div key={`${problem.code}${problem.detail}`}>
                <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                  {asSentence(problem.detail)}
                </Text>
                {problem.code.startsWith("dkim") && administers && (
                  <TextLink to="/signing-keys" size="sm">
                    {words.toKeys}
                  </TextLink>
                )}
                {problem.can_override && (
                  <Checkbox
                    mt="xs"
                    label={words.override[problem.code] ?? words.overrideOther}
                    checked={overridden.includes(problem.code)}
                    onChange={(event) => toggle(problem.code, event.currentTarget.checked)}
                  />
                )}
              </div>
            ))}
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} loading={looking} onClick={() => void client.invalidateQueries({ queryKey: key })}>
              {words.again}
            </Button>
          </Stack>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={words.warnings}>
          <List size="sm">
            {warnings.map((warning) => (
              <List.Item key={`${warning.code}${warning.detail}`} style={{ overflowWrap: "anywhere" }}>
                {asSentence(warning.detail)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
