import { Alert, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";

import { splitFields, toProblem } from "@/api/problem";
import type { Suppression } from "@/api/types";
import { useMay, useSession } from "@/features/session";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { lift, type NewSuppression, suppress, useSuppressionsChanged } from "./useSuppressions";

const FIELDS = ["address", "scope", "note"];

/** Asks for an address that must not be written to. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const words = text.suppressions.addDialog;
  const inGroup = useSession()?.group != null;
  const mayGlobal = useMay("administer_installation");
  const changed = useSuppressionsChanged();
  const form = useForm<NewSuppression>({
    initialValues: { address: "", scope: inGroup ? "group" : "global", note: "" },
    validate: { address: (value) => (value.trim() === "" ? words.needAddress : null) },
  });
  const add = useMutation({
    mutationFn: (values: NewSuppression) => suppress(values),
    onSuccess: async () => {
      await changed();
      notifications.show({ message: words.done });
      onClose();
    },
    onError: (error) => form.setErrors(splitFields(toProblem(error), FIELDS).byField),
  });
  const split = add.error ? splitFields(toProblem(add.error), FIELDS) : null;
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack>
          <Text size="sm">{words.detail}</Text>
          {split && (split.others.length > 0 || Object.keys(split.byField).length === 0) && <ProblemAlert error={add.error} />}
          <TextInput type="email" label={words.address} data-autofocus {...form.getInputProps("address")} />
          <ChoiceCards
            label={words.scope}
            value={form.values.scope}
            onChange={(scope) => form.setFieldValue("scope", scope)}
            error={form.errors.scope}
            choices={[
              { value: "group", label: words.scopeGroup, detail: words.scopeGroupHelp, disabled: !inGroup },
              { value: "global", label: words.scopeGlobal, detail: words.scopeGlobalHelp, disabled: !mayGlobal },
            ]}
          />
          <Textarea label={words.note} description={words.noteHelp} autosize minRows={2} maxLength={500} {...form.getInputProps("note")} />
          <DialogButtons submit={words.submit} busy={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

/** Asks why an address may be written to again. */
export function LiftDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const words = text.suppressions.liftDialog;
  const changed = useSuppressionsChanged();
  const form = useForm({ initialValues: { note: "" }, validate: { note: (value) => (value.trim() === "" ? words.needNote : null) } });
  const lifting = useMutation({
    mutationFn: ({ note }: { note: string }) => lift(suppression.id, note),
    onSuccess: async () => {
      await changed();
      notifications.show({ message: words.done });
      onClose();
    },
    // Somebody else may have lifted it meanwhile: show what is.
    onError: () => void changed(),
  });
  const warning = suppression.reason === "unsubscribe" ? words.unsubscribed : suppression.reason === "complaint" ? words.complained : null;
  return (
    <Modal opened onClose={onClose} title={words.title} withCloseButton={false}>
      <form noValidate onSubmit={form.onSubmit((values) => lifting.mutate(values))}>
        <Stack>
          <Text style={{ overflowWrap: "anywhere" }}>{words.detail(suppression.address)}</Text>
          {warning !== null && <Alert color="yellow">{warning}</Alert>}
          {lifting.error && <ProblemAlert error={lifting.error} />}
          <Textarea label={words.note} description={words.noteHelp} autosize minRows={2} maxLength={500} data-autofocus {...form.getInputProps("note")} />
          <DialogButtons submit={text.suppressions.lift} busy={lifting.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
