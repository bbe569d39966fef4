import type { ReactNode } from "react";

import classes from "./ScrollBox.module.css";

/** What may be wider or longer than there is room for. It can be scrolled with keys, too, and says what it holds. */
export function ScrollBox({ label, maxHeight, children }: { label: string; maxHeight?: number; children: ReactNode }) {
  return (
    <div className={classes.box} role="region" aria-label={label} tabIndex={0} style={{ maxHeight }}>
      {children}
    </div>
  );
}
