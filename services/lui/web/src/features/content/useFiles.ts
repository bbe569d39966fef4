import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { JobFile } from "@/api/types";

import { fileAddress } from "./files";
import type { FindPicture } from "./picture";

/** The job's files, which may be there before any content is, and where the browser finds the pictures among them. */
export function useFiles(jobId: string): { files: readonly JobFile[]; findPicture: FindPicture } {
  const query = useQuery({
    queryKey: [...keys.step(jobId, "content"), "files"],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs/{job_id}/files", { params: { path: { job_id: jobId } }, signal })).items,
  });
  const files = query.data ?? [];
  const present = useRef<readonly JobFile[]>(files);
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
  return { files, findPicture };
}
