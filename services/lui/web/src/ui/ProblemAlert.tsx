import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

import { type Problem, toProblem } from "@/api/problem";
import { text } from "@/text/en";

import { asSentence } from "./format";

/** A problem's headline and sentence in plain words. */
export function describeProblem(problem: Problem): { title: string; detail: string } {
  const words = text.frame.problem;
  switch (problem.slug) {
    case "unreachable":
      return { title: words.unreachable, detail: words.unreachableDetail };
    case "browser-error":
      return { title: words.browser, detail: words.browserDetail };
    case "unexpected-answer":
    case "internal-error":
      return { title: words.unexpected, detail: words.unexpectedDetail };
    default:
      return { title: problem.title || words.unexpected, detail: problem.detail };
  }
}

interface Props {
  error: unknown;
  /** Instead of the details of fields that are shown at their fields. */
  others?: readonly string[];
  onRetry?: (() => void) | undefined;
}

/** Says what failed and, where there is something to do about it, offers that. */
export function ProblemAlert({ error, others, onRetry }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // It stands at the top of what failed, which may have been scrolled away.
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [error]);
  const problem = toProblem(error);
  const { title, detail } = describeProblem(problem);
  const lines = others ?? problem.fields.map((field) => field.detail);
  const wait = problem.facts.retry_after_seconds;
  return (
    <Alert ref={box} role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />} title={title}>
      {lines.length > 0 ? (
        <List size="sm">
          {lines.map((line) => (
            <List.Item key={line}>{asSentence(line)}</List.Item>
          ))}
        </List>
      ) : (
        others === undefined && <Text size="sm">{asSentence(detail)}</Text>
      )}
      {typeof wait === "number" && <Text size="sm">{text.frame.problem.waitSeconds(wait)}</Text>}
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {text.frame.retry}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
