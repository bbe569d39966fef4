import { Alert, Button, Checkbox, Collapse, Modal, NumberInput, PasswordInput, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { newIdempotencyKey, type Versioned } from "@/api/client";
import { toProblem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Gateway } from "@/api/types";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { bodyOf, errorsOf, formOf, type GatewayForm, isPort, isPositive } from "./rules";
import { changeGateway, createGateway, useOutdate } from "./useGateways";

const words = text.gateways.form;
const TLS = ["verified", "required", "opportunistic", "none"] as const satisfies readonly Gateway["tls"][];

interface Props {
  /** The gateway to change, in the version that is seen; null makes a new one. */
  gateway: Versioned<Gateway> | null;
  onClose: () => void;
  onSaved?: (gateway: Gateway) => void;
}

function Part({ title, detail, children }: { title: string; detail?: string; children: ReactNode }) {
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Title order={3} size="h3">
        {title}
      </Title>
      {detail !== undefined && (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
      {children}
    </Stack>
  );
}

const positive = (value: number | string) => (isPositive(value) ? null : words.needNumber);
const positiveOrEmpty = (value: number | string) => (value === "" || isPositive(value) ? null : words.needNumber);

/** Everything that can be set about a gateway. */
export function GatewayDialog({ gateway, onClose, onSaved }: Props) {
  const outdate = useOutdate(keys.gateways);
  const [key] = useState(newIdempotencyKey);
  const [advanced, { toggle }] = useDisclosure(gateway !== null && gateway.value.helo !== "");
  const form = useForm<GatewayForm>({
    initialValues: formOf(gateway?.value ?? null),
    validate: {
      name: (value) => (value.trim() === "" ? words.needName : null),
      host: (value) => (value.trim() === "" ? words.needHost : null),
      port: (value) => (isPort(value) ? null : words.needPort),
      weight: positive,
      connections: positive,
      messagesPerConnection: positive,
      ratePerSecond: positiveOrEmpty,
      ratePerHour: positiveOrEmpty,
    },
  });
  const save = useMutation({
    mutationFn: (values: GatewayForm) => (gateway === null ? createGateway(bodyOf(values), key) : changeGateway(gateway, bodyOf(values))),
    onSuccess: async (saved) => {
      await outdate();
      notifications.show({ message: gateway === null ? words.created : words.saved });
      onSaved?.(saved);
      onClose();
    },
    onError: (error) => form.setErrors(errorsOf(toProblem(error)).byField),
  });
  const failed = save.error ? toProblem(save.error) : null;
  const unplaced = failed ? errorsOf(failed) : null;
  const conflict = failed?.status === 412;
  return (
    <Modal opened onClose={onClose} size="lg" title={gateway === null ? words.create : words.change(gateway.value.name)} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="lg">
          {conflict && (
            <Alert color="yellow" role="alert" title={text.frame.conflict.title}>
              <Stack gap="sm" align="flex-start">
                {text.frame.conflict.detail}
                <Button size="xs" variant="default" onClick={() => void outdate().then(onClose)}>
                  {text.frame.conflict.reload}
                </Button>
              </Stack>
            </Alert>
          )}
          {failed && !conflict && unplaced && (unplaced.others.length > 0 || Object.keys(unplaced.byField).length === 0) && <ProblemAlert error={failed} />}
          <Part title={words.server}>
            <TextInput label={words.name} description={words.nameHelp} data-autofocus {...form.getInputProps("name")} />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput label={words.host} description={words.hostHelp} placeholder={words.hostPlaceholder} {...form.getInputProps("host")} />
              <NumberInput label={words.port} description={words.portHelp} allowDecimal={false} hideControls {...form.getInputProps("port")} />
              <TextInput label={words.user} description={words.userHelp} autoComplete="off" {...form.getInputProps("user")} />
              <PasswordInput
                label={words.password}
                description={gateway?.value.has_password ? words.passwordKept : words.passwordHelp}
                autoComplete="new-password"
                disabled={form.values.forgetPassword}
                {...form.getInputProps("password")}
              />
            </SimpleGrid>
            {gateway?.value.has_password && <Checkbox label={words.removePassword} {...form.getInputProps("forgetPassword", { type: "checkbox" })} />}
            <Select
              label={words.tls}
              description={words.tlsHelp}
              allowDeselect={false}
              data={TLS.map((value) => ({ value, label: words.tlsWords[value].name }))}
              {...form.getInputProps("tls")}
            />
            <Text size="sm" c="dimmed">
              {words.tlsWords[form.values.tls].help}
            </Text>
          </Part>
          <Part title={words.routing}>
            <Textarea label={words.senderDomains} description={words.senderDomainsHelp} autosize minRows={2} {...form.getInputProps("senderDomains")} />
            <NumberInput label={words.weight} description={words.weightHelp} allowNegative={false} allowDecimal={false} maw={240} {...form.getInputProps("weight")} />
          </Part>
          <Part title={words.limits} detail={words.limitsHelp}>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <NumberInput label={words.connections} allowNegative={false} allowDecimal={false} {...form.getInputProps("connections")} />
              <NumberInput label={words.messagesPerConnection} allowNegative={false} allowDecimal={false} {...form.getInputProps("messagesPerConnection")} />
              <NumberInput label={words.ratePerSecond} placeholder={words.noLimit} allowNegative={false} {...form.getInputProps("ratePerSecond")} />
              <NumberInput label={words.ratePerHour} placeholder={words.noLimit} allowNegative={false} allowDecimal={false} thousandSeparator {...form.getInputProps("ratePerHour")} />
            </SimpleGrid>
          </Part>
          <div>
            <Button variant="subtle" size="xs" aria-expanded={advanced} onClick={toggle} rightSection={<IconChevronDown size={14} aria-hidden />}>
              {words.advanced}
            </Button>
            <Collapse expanded={advanced}>
              <TextInput mt="xs" label={words.helo} description={words.heloHelp} {...form.getInputProps("helo")} />
            </Collapse>
          </div>
          <Switch label={words.enabled} description={words.enabledHelp} {...form.getInputProps("isEnabled", { type: "checkbox" })} />
          <DialogButtons submit={gateway === null ? words.submit : text.frame.save} busy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
