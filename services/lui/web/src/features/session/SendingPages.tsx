import { Link } from "@tanstack/react-router";

import { text } from "@/text/en";
import classes from "@/ui/SubPages.module.css";

const words = text.frame.nav;

/** The pages about sending, side by side. */
export const SENDING_PAGES = [
  { to: "/gateways", label: words.gateways },
  { to: "/signing-keys", label: words.signingKeys },
  { to: "/bounce-sources", label: words.bounceSources },
  { to: "/notices", label: words.notices },
] as const;

/** The way between the pages about sending. */
export function SendingPages() {
  return (
    <nav className={classes.pages} aria-label={words.sending}>
      {SENDING_PAGES.map((page) => (
        <Link key={page.to} to={page.to} className={classes.page} activeProps={{ "data-active": true }}>
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
