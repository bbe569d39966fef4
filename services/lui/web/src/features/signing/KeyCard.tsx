import { Alert, Badge, Button, Group, type MantineColor, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCircleCheck, IconClock, IconQuestionMark } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import type { SigningKey } from "@/api/types";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";
import { Facts } from "@/ui/Facts";
import { asSentence, formatAgo, formatInstant } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { isOnlyActive, nextStep } from "./rules";
import { useKeyAction } from "./useKeys";

const words = text.signing;

const COLOURS: Record<SigningKey["state"], MantineColor> = { active: "green", pending: "blue", retired: "gray" };
const DNS: Record<SigningKey["dns"]["state"], { colour: MantineColor; icon: ReactNode }> = {
  found: { colour: "green", icon: <IconCircleCheck aria-hidden /> },
  missing: { colour: "yellow", icon: <IconClock aria-hidden /> },
  different: { colour: "red", icon: <IconAlertTriangle aria-hidden /> },
  unknown: { colour: "gray", icon: <IconQuestionMark aria-hidden /> },
};

function DnsState({ dns }: { dns: SigningKey["dns"] }) {
  return (
    <Alert color={DNS[dns.state].colour} icon={DNS[dns.state].icon} title={words.dns[dns.state]} role="status">
      <Text size="sm">{words.dnsHelp[dns.state]}</Text>
      {dns.state === "different" && dns.found !== null && (
        <Text size="sm" mt="xs" style={{ overflowWrap: "anywhere" }}>
          {words.foundInstead}: <code>{dns.found}</code>
        </Text>
      )}
      {dns.reason !== null && (
        <Text size="sm" mt="xs" style={{ overflowWrap: "anywhere" }}>
          {asSentence(dns.reason)}
        </Text>
      )}
      {dns.checked_at !== null && (
        <Text size="sm" mt="xs" title={formatInstant(dns.checked_at)}>
          {words.checkedAt(formatAgo(dns.checked_at))}
        </Text>
      )}
    </Alert>
  );
}

/** One key: whether it signs, the record to publish, whether that is there, and what to do next. */
export function KeyCard({ signingKey: key, all }: { signingKey: SigningKey; all: readonly SigningKey[] }) {
  const [asking, setAsking] = useState<"activate" | "retire" | "delete" | null>(null);
  const action = useKeyAction(key, (done) => {
    setAsking(null);
    if (done !== "check") notifications.show({ message: { activate: words.activated, retire: words.retired, delete: words.removed }[done] });
  });
  const ask = (what: typeof asking) => {
    action.reset();
    setAsking(what);
  };
  const dialogs = {
    activate: { ...words.activateDialog, confirm: words.activate, extra: null },
    retire: { ...words.retireDialog, confirm: words.retire, extra: isOnlyActive(key, all) ? words.retireDialog.last(key.domain) : null },
    delete: { ...words.removeDialog, confirm: words.remove, extra: key.record.needed_until === null ? null : words.removeDialog.stillNeeded },
  };
  const dialog = asking === null ? null : dialogs[asking];
  const used = key.state !== "retired";
  return (
    <Stack gap="md" component="li">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Title order={3} size="h3">
            {key.selector}
          </Title>
          <Badge color={COLOURS[key.state]}>{words.states[key.state]}</Badge>
          <Text size="sm" c="dimmed">
            {words.algorithms[key.algorithm]}, <time dateTime={key.created_at}>{words.created(formatAgo(key.created_at))}</time>
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            size="xs"
            variant={used && key.dns.state !== "found" ? "filled" : "default"}
            aria-label={words.checkOf(key.selector, key.domain)}
            loading={action.isPending && action.variables === "check"}
            onClick={() => action.mutate("check")}
          >
            {words.check}
          </Button>
          {key.state === "pending" && (
            <Button
              size="xs"
              variant={key.dns.state === "found" ? "filled" : "default"}
              loading={action.isPending && action.variables === "activate"}
              onClick={() => (key.dns.state === "found" ? action.mutate("activate") : ask("activate"))}
            >
              {words.activate}
            </Button>
          )}
          {key.state === "active" && (
            <Button size="xs" variant="default" onClick={() => ask("retire")}>
              {words.retire}
            </Button>
          )}
          {key.state !== "active" && (
            <Button size="xs" variant="default" c="error" onClick={() => ask("delete")}>
              {words.remove}
            </Button>
          )}
        </Group>
      </Group>
      {action.error && asking === null && <ProblemAlert error={action.error} />}
      {used && <DnsState dns={key.dns} />}
      <Text size="sm">{key.record.needed_until === null ? words.next[nextStep(key)] : words.neededUntil(formatInstant(key.record.needed_until))}</Text>
      {used && (
        <div role="group" aria-label={words.record}>
          <Facts
            items={[
              [words.recordName, <CopyField key="n" value={key.record.name} label={words.copyName(key.domain, key.selector)} />],
              [words.recordType, key.record.type],
              [words.recordValue, <CopyField key="v" value={key.record.value} label={words.copyValue(key.domain, key.selector)} />],
            ]}
          />
        </div>
      )}
      {dialog !== null && asking !== null && (
        <ConfirmDialog opened title={dialog.title} confirm={dialog.confirm} danger={asking !== "activate"} busy={action.isPending} error={action.error} onConfirm={() => action.mutate(asking)} onCancel={() => setAsking(null)}>
          {dialog.detail} {dialog.extra}
        </ConfirmDialog>
      )}
    </Stack>
  );
}
