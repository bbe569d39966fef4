import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconChevronLeft, IconInfoCircle } from "@tabler/icons-react";

import type { Versioned } from "@/api/client";
import type { Gateway } from "@/api/types";
import { WhenLoaded } from "@/features/jobs";
import { SendingPages } from "@/features/session";
import { text } from "@/text/en";
import { Facts } from "@/ui/Facts";
import { asSentence, formatAgo, formatInstant, formatNumber } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { CheckResult } from "./CheckResult";
import { GatewayActions } from "./GatewayActions";
import { GatewayState, limitsOf } from "./GatewaysPage";
import { Traffic } from "./Traffic";
import { useCheck, useGateway } from "./useGateways";

const words = text.gateways;

function Settings({ gateway }: { gateway: Gateway }) {
  const { settings, form } = words;
  return (
    <Section title={settings.title} detail={gateway.origin === "configuration" ? words.fromConfigurationHelp : undefined}>
      <Facts
        items={[
          [settings.server, `${gateway.host}:${gateway.port}`],
          [settings.user, gateway.user === "" ? settings.noUser : `${gateway.user} (${gateway.has_password ? settings.password : settings.noPassword})`],
          [
            settings.tls,
            <div key="tls">
              {form.tlsWords[gateway.tls].name}
              <Text size="sm" c="dimmed">
                {form.tlsWords[gateway.tls].help}
              </Text>
            </div>,
          ],
          [settings.helo, gateway.helo === "" ? settings.ownName : gateway.helo],
          [settings.senders, gateway.sender_domains.length === 0 ? words.anySender : gateway.sender_domains.join(", ")],
          [settings.weight, formatNumber(gateway.weight)],
          [settings.limits, `${limitsOf(gateway)}, ${settings.perConnection(gateway.messages_per_connection, formatNumber(gateway.messages_per_connection))}`],
        ]}
      />
    </Section>
  );
}

function Body({ gateway }: { gateway: Versioned<Gateway> }) {
  const { value } = gateway;
  const check = useCheck(value.id);
  return (
    <>
      <PageHeader
        title={value.name}
        eyebrow={
          <TextLink to="/gateways" size="sm" style={{ display: "inline-flex", alignItems: "center", gap: 2 }}>
            <IconChevronLeft size={14} aria-hidden />
            {words.all}
          </TextLink>
        }
        detail={
          <Group gap="sm" mt={4}>
            <GatewayState state={value.state} />
            {value.updated_at !== null && <Text size="sm" c="dimmed">
              <time dateTime={value.updated_at} title={formatInstant(value.updated_at)}>
                {words.updated(formatAgo(value.updated_at))}
              </time>
            </Text>}
          </Group>
        }
        actions={<GatewayActions gateway={gateway} onTest={() => check.mutate()} testing={check.isPending} />}
      />
      {value.state !== "ok" && (
        <Alert color={value.state === "failing" ? "red" : "yellow"} icon={value.state === "failing" ? <IconAlertCircle aria-hidden /> : <IconInfoCircle aria-hidden />} title={words.stateMeanings[value.state]} mb="lg">
          {value.problem !== null && asSentence(value.problem)}
        </Alert>
      )}
      {check.error && <ProblemAlert error={check.error} onRetry={() => check.mutate()} />}
      {check.data && <CheckResult check={check.data} />}
      <Stack gap="lg">
        <Traffic gateway={value} />
        <Settings gateway={value} />
      </Stack>
    </>
  );
}

/** One gateway: how it is, what it does right now and why it is slow, and how it is set. */
export function GatewayPage({ gatewayId }: { gatewayId: string }) {
  const query = useGateway(gatewayId);
  return (
    <>
      <SendingPages />
      <WhenLoaded query={query}>{(gateway) => <Body gateway={gateway} />}</WhenLoaded>
    </>
  );
}
