import { Checkbox, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { newIdempotencyKey } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { ReportMail, ReportMailDraft } from "@/api/reports";
import { text } from "@/text/en";
import { splitAddresses } from "@/ui/addresses";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { changeReportMail, createReportMail, useReportMailsChanged } from "./useReportMails";

const words = text.reportMails;
const FIELDS = ["addresses", "every", "weekday", "day", "at", "time_zone", "formats"] as const;
const ZONES = Intl.supportedValuesOf("timeZone");
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Form {
  addresses: string;
  every: ReportMail["every"];
  weekday: string;
  day: number;
  at: string;
  time_zone: string;
  formats: ReportMail["formats"];
}

const formOf = (mail: ReportMail | null): Form => ({
  addresses: mail?.addresses.join("\n") ?? "",
  every: mail?.every ?? "week",
  weekday: String(mail?.weekday ?? 1),
  day: mail?.day ?? 1,
  at: mail?.at ?? "07:00",
  time_zone: mail?.time_zone ?? HERE,
  formats: mail?.formats ?? [],
});

const draftOf = (form: Form): ReportMailDraft => ({ ...form, addresses: splitAddresses(form.addresses), weekday: Number(form.weekday) });

interface Props {
  reportId: string;
  /** The mail to change; null makes a new one. */
  mail: ReportMail | null;
  onClose: () => void;
}

/** To whom a report is mailed, when, and with which files. */
export function ReportMailDialog({ reportId, mail, onClose }: Props) {
  const changed = useReportMailsChanged(reportId);
  const [key] = useState(newIdempotencyKey);
  const form = useForm<Form>({ initialValues: formOf(mail) });
  const save = useMutation({
    mutationFn: (values: Form) => (mail === null ? createReportMail(reportId, draftOf(values), key) : changeReportMail(mail, draftOf(values))),
    onSuccess: async () => {
      await changed();
      notifications.show({ message: mail === null ? words.created : words.saved });
      onClose();
    },
    onError: (error) => form.setErrors(Object.fromEntries(Object.entries(splitFields(toProblem(error), FIELDS).byField))),
  });
  const unplaced = save.error ? splitFields(toProblem(save.error), FIELDS) : null;
  const zones = ZONES.includes(form.values.time_zone) ? ZONES : [form.values.time_zone, ...ZONES];
  return (
    <Modal opened onClose={onClose} title={mail === null ? words.add : words.change} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {unplaced && (unplaced.others.length > 0 || Object.keys(unplaced.byField).length === 0) && <ProblemAlert error={save.error} />}
          <Textarea label={words.addresses} description={words.addressesHelp} autosize minRows={2} maxRows={8} data-autofocus {...form.getInputProps("addresses")} />
          <Group grow align="flex-start">
            <Select
              label={words.every}
              allowDeselect={false}
              data={(["day", "week", "month"] as const).map((value) => ({ value, label: words.everies[value] }))}
              {...form.getInputProps("every")}
            />
            {form.values.every === "week" && <Select label={words.weekday} allowDeselect={false} data={words.weekdays.map((label, at) => ({ value: String(at + 1), label }))} {...form.getInputProps("weekday")} />}
            {form.values.every === "month" && <NumberInput label={words.day} description={words.dayHelp} min={1} max={31} allowDecimal={false} {...form.getInputProps("day")} />}
          </Group>
          <Group grow align="flex-start">
            <TextInput type="time" label={words.at} {...form.getInputProps("at")} />
            <Select label={words.zone} searchable allowDeselect={false} data={zones} {...form.getInputProps("time_zone")} />
          </Group>
          <Checkbox.Group label={words.formats} {...form.getInputProps("formats")}>
            <Group mt="xs">
              <Checkbox value="csv" label={words.formatNames.csv} />
              <Checkbox value="xlsx" label={words.formatNames.xlsx} />
            </Group>
          </Checkbox.Group>
          <DialogButtons submit={mail === null ? words.submit : text.frame.save} busy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
