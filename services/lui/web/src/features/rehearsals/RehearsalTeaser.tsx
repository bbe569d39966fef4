import { useCurrentJob } from "@/features/jobs";
import { text } from "@/text/en";
import { ButtonLink } from "@/ui/links";
import { Section } from "@/ui/Section";

import { mayRehearse } from "./rules";

const words = text.rehearsals;

/** The way to the rehearsals from a step where one is worth it. */
export function RehearsalTeaser() {
  const { job } = useCurrentJob();
  if (!mayRehearse(job)) return null;
  return (
    <Section
      title={words.teaser.title}
      detail={words.teaser.detail}
      actions={
        <ButtonLink to="/jobs/$jobId/rehearsals" params={{ jobId: job.id }} variant="default">
          {words.toRehearsals}
        </ButtonLink>
      }
    >
      {null}
    </Section>
  );
}
