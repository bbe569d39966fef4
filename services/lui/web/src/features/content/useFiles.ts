import { useCallback, useEffect, useRef, useState } from "react";

import type { JobFile } from "@/api/types";

import { fileAddress } from "./files";
import type { FindPicture } from "./picture";

interface Files {
  files: readonly JobFile[];
  findPicture: FindPicture;
  onAdded: (file: JobFile) => void;
  onRemoved: (file: JobFile) => void;
}

/** The job's files: those the server told of with the content, and those that came and went since. */
export function useFiles(jobId: string, told: readonly JobFile[] | undefined): Files {
  const [added, setAdded] = useState<JobFile[]>([]);
  const [removed, setRemoved] = useState<string[]>([]);
  const known = told ?? [];
  const files = [...known, ...added.filter((file) => !known.some(({ id }) => id === file.id))].filter((file) => !removed.includes(file.id));
  const present = useRef(files);
  useEffect(() => {
    present.current = files;
  });
  const findPicture = useCallback<FindPicture>(
    (contentId) => {
      const found = present.current.find((file) => file.content_id === contentId);
      return found === undefined ? null : fileAddress(jobId, found);
    },
    [jobId],
  );
  return { files, findPicture, onAdded: (file) => setAdded([...added, file]), onRemoved: (file) => setRemoved([...removed, file.id]) };
}
