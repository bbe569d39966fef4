import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { ifMatch, lui, newIdempotencyKey, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { ReportMail, ReportMailDraft } from "@/api/reports";

const SOON = 3_000;
const LATER = 30_000;

const keyOf = (reportId: string) => [...keys.reports, "mails", reportId];

/** To whom a report is mailed, looked at more often while one is on its way. */
export function useReportMails(reportId: string) {
  return useQuery({
    queryKey: keyOf(reportId),
    queryFn: async ({ signal }): Promise<ReportMail[]> => valueOf(await lui.GET("/api/v1/reports/{report_id}/mails", { params: { path: { report_id: reportId } }, signal })).items,
    refetchInterval: ({ state }) => (state.data?.some((mail) => mail.is_asked_for || mail.last?.state === "sending") ? SOON : LATER),
  });
}

export function useReportMailsChanged(reportId: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: keyOf(reportId) }), [client, reportId]);
}

const versionOf = (mail: ReportMail) => ({ params: { path: { mail_id: mail.id } }, headers: ifMatch(`"${mail.revision}"`) });

export const createReportMail = async (reportId: string, draft: ReportMailDraft, key = newIdempotencyKey()): Promise<ReportMail> =>
  valueOf(await lui.POST("/api/v1/reports/{report_id}/mails", { params: { path: { report_id: reportId } }, body: draft, headers: { "Idempotency-Key": key } }));

export const changeReportMail = async (mail: ReportMail, change: Partial<ReportMailDraft> & { state?: ReportMail["state"] }): Promise<ReportMail> =>
  valueOf(await lui.PATCH("/api/v1/report-mails/{mail_id}", { ...versionOf(mail), body: change }));

export const removeReportMail = async (mail: ReportMail) => lui.DELETE("/api/v1/report-mails/{mail_id}", versionOf(mail));

export const sendReportMailNow = async (mail: ReportMail): Promise<ReportMail> => valueOf(await lui.POST("/api/v1/report-mails/{mail_id}/send-now", { params: { path: { mail_id: mail.id } } }));
