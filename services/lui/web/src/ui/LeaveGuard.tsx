import { useBlocker } from "@tanstack/react-router";

import { text } from "@/text/en";

import { ConfirmDialog } from "./ConfirmDialog";

/** While `active`, leaving the page asks first: inside the application with a dialog, outside with the browser's own. */
export function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
    enableBeforeUnload: active,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  const words = text.frame.leave;
  return (
    <ConfirmDialog opened title={words.title} confirm={words.leave} cancel={words.stay} danger onConfirm={blocker.proceed} onCancel={blocker.reset}>
      {words.detail}
    </ConfirmDialog>
  );
}
