import { Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";

import { ProblemAlert } from "@/ui/ProblemAlert";

import { SaveBar } from "./SaveBar";
import type { Saving } from "./useSave";

interface Props<Values extends object, Body> {
  form: UseFormReturnType<Values>;
  saving: Saving<Body>;
  /** The form as the server takes it. */
  bodyOf: (values: Values) => Body;
  onReloaded: () => void;
  children: ReactNode;
}

/** A step's form: what failed above it, the ways to save below it. */
export function StepForm<Values extends object, Body>({ form, saving, bodyOf, onReloaded, children }: Props<Values, Body>) {
  const submit = (andContinue: boolean) => form.onSubmit((ready) => saving.save(bodyOf(ready), { andContinue }));
  return (
    <form noValidate onSubmit={submit(false)}>
      <Stack gap="lg">
        {saving.error && <ProblemAlert error={saving.error} />}
        {children}
        <SaveBar
          dirty={form.isDirty()}
          busy={saving.busy}
          conflict={saving.conflict}
          onDismissConflict={saving.dismissConflict}
          onReloaded={onReloaded}
          onSaveAndContinue={() => submit(true)()}
        />
      </Stack>
    </form>
  );
}
