import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { mailer, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Delivery } from "@/api/types";
import { text } from "@/text/en";
import { asSentence, formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Reasons } from "@/ui/Reasons";
import { Section } from "@/ui/Section";

const words = text.deliveries.pace;

/** Why a delivery goes no faster right now, in plain words. Looks again by itself. */
export function PaceSection({ delivery }: { delivery: Delivery }) {
  const query = useQuery({
    queryKey: [...keys.delivery(delivery.id), "pace"],
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/deliveries/{delivery_id}/pace", { params: { path: { delivery_id: delivery.id } }, signal })),
    refetchInterval: 3_000,
    placeholderData: (previous) => previous,
  });
  if (query.data === undefined) return query.isError ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : null;
  const { waiting_for: waitingFor, reasons } = query.data;
  const affects = (index: number) => {
    const count = reasons[index]?.envelopes;
    return count == null || count === 0 ? null : ` ${words.envelopes(count, formatNumber(count))}`;
  };
  return (
    <Section title={words.title} detail={words.detail}>
      {waitingFor !== null && <Text>{asSentence(waitingFor)}</Text>}
      {reasons.length > 0 && <Reasons reasons={reasons} extra={affects} />}
      {waitingFor === null && reasons.length === 0 && <Text c="dimmed">{words.nothing}</Text>}
    </Section>
  );
}
