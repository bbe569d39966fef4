import { accounts } from "./en/accounts";
import { actions } from "./en/actions";
import { audience } from "./en/audience";
import { authorizing } from "./en/authorizing";
import { bounces } from "./en/bounces";
import { content } from "./en/content";
import { dashboard } from "./en/dashboard";
import { deliveries } from "./en/deliveries";
import { frame } from "./en/frame";
import { gateways } from "./en/gateways";
import { jobs } from "./en/jobs";
import { notices } from "./en/notices";
import { operations } from "./en/operations";
import { privacy } from "./en/privacy";
import { rehearsals } from "./en/rehearsals";
import { reportMails } from "./en/reportMails";
import { reports } from "./en/reports";
import { scheduling } from "./en/scheduling";
import { senders } from "./en/senders";
import { settings } from "./en/settings";
import { signing } from "./en/signing";
import { statistics } from "./en/statistics";
import { suppressions } from "./en/suppressions";
import { testing } from "./en/testing";
import { tracking } from "./en/tracking";

/** Every visible string, by feature. Another language is another object of this shape. */
export const text = {
  frame,
  jobs,
  audience,
  actions,
  content,
  tracking,
  senders,
  scheduling,
  testing,
  authorizing,
  deliveries,
  privacy,
  rehearsals,
  reports,
  reportMails,
  statistics,
  dashboard,
  bounces,
  suppressions,
  gateways,
  notices,
  settings,
  signing,
  accounts,
  operations,
};
