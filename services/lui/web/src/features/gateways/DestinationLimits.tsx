import { ActionIcon, Button, Group, Modal, NumberInput, Stack, Table, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { splitFields, toProblem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { DestinationLimit } from "@/api/types";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DialogButtons } from "@/ui/DialogButtons";
import { formatNumber, formatRate } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { isPositive } from "./rules";
import { deleteDestinationLimit, putDestinationLimit, useDestinationLimits, useOutdate } from "./useGateways";

const words = text.gateways.limits;

interface Form {
  name: string;
  connections: number | string;
  rate: number | string;
}

const numberOrNull = (value: number | string): number | null => (value === "" ? null : Number(value));

function LimitDialog({ limit, onClose }: { limit: DestinationLimit | null; onClose: () => void }) {
  const outdate = useOutdate(keys.gateways);
  const none = text.gateways.form;
  const form = useForm<Form>({
    initialValues: { name: limit?.name ?? "", connections: limit?.connections ?? "", rate: limit?.rate_per_second ?? "" },
    validate: {
      name: (value) => (value.trim() === "" ? words.form.needName : null),
      connections: (value, { rate }) => (value === "" && rate === "" ? words.form.needOne : value === "" || isPositive(value) ? null : none.needNumber),
      rate: (value) => (value === "" || isPositive(value) ? null : none.needNumber),
    },
  });
  const save = useMutation({
    mutationFn: ({ name, connections, rate }: Form) =>
      putDestinationLimit(name.trim().replace(/^@/, "").toLowerCase(), { connections: numberOrNull(connections), rate_per_second: numberOrNull(rate) }, limit),
    onSuccess: async () => {
      await outdate();
      notifications.show({ message: words.saved });
      onClose();
    },
    onError: (error) => {
      const { rate_per_second: rate, ...others } = splitFields(toProblem(error), ["name", "connections", "rate_per_second"]).byField;
      form.setErrors({ ...others, ...(rate === undefined ? {} : { rate }) });
    },
  });
  return (
    <Modal opened onClose={onClose} title={limit === null ? words.form.create : words.form.change(limit.name)} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {save.error && <ProblemAlert error={save.error} />}
          <TextInput label={words.form.name} description={words.form.nameHelp} placeholder={words.form.namePlaceholder} readOnly={limit !== null} data-autofocus {...form.getInputProps("name")} />
          <NumberInput label={words.form.connections} placeholder={none.noLimit} allowNegative={false} allowDecimal={false} {...form.getInputProps("connections")} />
          <NumberInput label={words.form.rate} placeholder={none.noLimit} allowNegative={false} {...form.getInputProps("rate")} />
          <DialogButtons busy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

function LimitRow({ limit, onEdit, onRemove }: { limit: DestinationLimit; onEdit: () => void; onRemove: () => void }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {limit.name}
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {[
            limit.connections === null ? null : text.gateways.connections(limit.connections, formatNumber(limit.connections)),
            limit.rate_per_second === null ? null : text.gateways.perSecond(formatRate(limit.rate_per_second)),
          ]
            .filter((part) => part !== null)
            .join(", ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {limit.connections === null ? "–" : formatNumber(limit.connections)}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {limit.rate_per_second === null ? "–" : formatRate(limit.rate_per_second)}
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.edit(limit.name)} onClick={onEdit}>
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.remove(limit.name)} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** What single destinations may get at most. */
export function DestinationLimits() {
  const query = useDestinationLimits();
  const outdate = useOutdate(keys.gateways);
  const [editing, setEditing] = useState<DestinationLimit | "new" | null>(null);
  const [removing, setRemoving] = useState<DestinationLimit | null>(null);
  const remove = useMutation({
    mutationFn: (limit: DestinationLimit) => deleteDestinationLimit(limit),
    onSuccess: async () => {
      await outdate();
      setRemoving(null);
      notifications.show({ message: words.removed });
    },
  });
  const add = (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing("new")}>
      {words.add}
    </Button>
  );
  return (
    <Section title={words.title} detail={words.detail} actions={add}>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <div>
          <Text fw={600}>{words.none}</Text>
          <Text c="dimmed">{words.noneDetail}</Text>
        </div>
      )}
      {query.data && query.data.length > 0 && (
        <Table verticalSpacing="xs">
          <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.columns.name}</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {words.columns.connections}
              </Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {words.columns.rate}
              </Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {query.data.map((limit) => (
              <LimitRow
                key={limit.name}
                limit={limit}
                onEdit={() => setEditing(limit)}
                onRemove={() => {
                  remove.reset();
                  setRemoving(limit);
                }}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {editing !== null && <LimitDialog limit={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        opened={removing !== null}
        title={words.removeTitle}
        confirm={text.gateways.remove}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing)}
        onCancel={() => setRemoving(null)}
      >
        {words.removeDetail(removing?.name ?? "")}
      </ConfirmDialog>
    </Section>
  );
}
