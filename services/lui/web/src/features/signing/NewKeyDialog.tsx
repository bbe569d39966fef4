import { Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { mailer, newIdempotencyKey, valueOf } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { SigningKey } from "@/api/types";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { suggestedSelector } from "./rules";

const words = text.signing.form;
const FIELDS = ["domain", "selector", "algorithm", "private_key"];

interface Form {
  how: "generate" | "import";
  domain: string;
  selector: string;
  algorithm: SigningKey["algorithm"];
  privateKey: string;
}

/** Makes a key for a domain, or takes one that was made elsewhere. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [idempotency] = useState(newIdempotencyKey);
  const form = useForm<Form>({
    initialValues: { how: "generate", domain: "", selector: suggestedSelector(new Date()), algorithm: "rsa-2048", privateKey: "" },
    validate: {
      domain: (value) => (value.trim() === "" ? words.needDomain : null),
      selector: (value) => (value.trim() === "" ? words.needSelector : null),
      privateKey: (value, { how }) => (how === "import" && value.trim() === "" ? words.needPrivateKey : null),
    },
  });
  const { how } = form.values;
  const make = useMutation({
    mutationFn: async ({ domain, selector, algorithm, privateKey }: Form) =>
      valueOf(
        await mailer.POST("/api/v1/dkim-keys", {
          body: { domain: domain.trim().replace(/^@/, "").toLowerCase(), selector: selector.trim(), algorithm, ...(how === "import" ? { private_key: privateKey } : {}) },
          headers: { "Idempotency-Key": idempotency },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.signingKeys });
      notifications.show({ message: words.created });
      onClose();
    },
    onError: (error) => {
      const { private_key: privateKey, ...others } = splitFields(toProblem(error), FIELDS).byField;
      form.setErrors({ ...others, ...(privateKey === undefined ? {} : { privateKey }) });
    },
  });
  const split = make.error ? splitFields(toProblem(make.error), FIELDS) : null;
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
        <Stack>
          {split && (split.others.length > 0 || Object.keys(split.byField).length === 0) && <ProblemAlert error={make.error} />}
          <TextInput label={words.domain} description={words.domainHelp} placeholder={words.domainPlaceholder} data-autofocus {...form.getInputProps("domain")} />
          <TextInput label={words.selector} description={words.selectorHelp} {...form.getInputProps("selector")} />
          <Select
            label={words.algorithm}
            description={words.algorithmHelp}
            allowDeselect={false}
            data={(["rsa-2048", "ed25519"] as const).map((value) => ({ value, label: text.signing.algorithms[value] }))}
            {...form.getInputProps("algorithm")}
          />
          <ChoiceCards
            label={words.how}
            value={how}
            onChange={(next) => form.setFieldValue("how", next)}
            choices={[
              {
                value: "generate",
                label: words.generate,
                detail: words.generateHelp,
              },
              {
                value: "import",
                label: words.import,
                detail: words.importHelp,
                more: (
                  <Textarea
                    label={words.privateKey}
                    description={words.privateKeyHelp}
                    rows={6}
                    autoComplete="off"
                    spellCheck={false}
                    styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
                    {...form.getInputProps("privateKey")}
                  />
                ),
              },
            ]}
          />
          <DialogButtons submit={how === "import" ? words.submitImport : words.submit} busy={make.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
