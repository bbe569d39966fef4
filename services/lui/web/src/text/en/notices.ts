import type { NoticeAddress } from "@/api/types";

const states: Record<NoticeAddress["state"], string> = {
  queued: "waiting",
  sending: "on its way",
  deferred: "is tried again",
  in_doubt: "nobody knows whether it arrived",
  sent: "sent",
  refused: "refused",
  expired: "too late",
};

const reasons: Record<string, string> = { report_mail: "Report mail" };

export const notices = {
  title: "Notices",
  detail: "Mails to people who work with this installation, such as reports by mail. Recipients of mailings are not among them.",
  caption: "Notices, newest first",
  columns: { notice: "Notice", to: "To", outcome: "Outcome" },
  show: "Which notices",
  choices: { all: "All", open: "On their way", failed: "Not received by all" },
  outcomes: { sending: "On its way", sent: "Sent", partly: "Not to all", failed: "Failed" },
  states,
  reasons,
  next: (at: string) => `again ${at}`,
  notFetched: "Its text was not fetched yet",
  empty: { all: "No notices yet", open: "Nothing is on its way", failed: "Everybody got theirs" },
  emptyDetail: "Notices of the last thirty days stand here, unless the installation keeps them for another time.",
  mayNot: "Notices are for those who administer the installation.",
};
