import { useState } from "react";

import type { Versioned } from "@/api/client";
import type { Content } from "@/api/types";
import { useCurrentJob } from "@/features/jobs";

import { type ContentForm, formOf, sameLetter } from "./rules";

/**
 * The version that saving depends on. Files come and go while the letter is being written, and each of them makes a new
 * version; that is taken over only while the letter in it is still the one that was opened here. Where it is not, somebody
 * else has changed it, and the old version makes the server say so.
 */
export function useSeenEtag(content: Versioned<Content> | null, values: ContentForm): { value: string | undefined; saved: () => void } {
  const { job } = useCurrentJob();
  const step = job.steps.content;
  const [seen, setSeen] = useState({ letter: formOf(content?.value ?? null), etag: content?.etag ?? step.etag });
  const saved = () => setSeen({ letter: values, etag: step.etag });
  if (content !== null) return { value: sameLetter(formOf(content.value), seen.letter) ? content.etag : seen.etag, saved };
  return { value: step.state === "available" ? step.etag : seen.etag, saved };
}
