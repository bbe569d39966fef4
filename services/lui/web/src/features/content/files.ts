import { lui } from "@/api/client";
import type { JobFile } from "@/api/types";
import { sendForm } from "@/api/upload";

const filesOf = (jobId: string) => `/api/v1/jobs/${encodeURIComponent(jobId)}/files`;

export const fileAddress = (jobId: string, file: JobFile): string => `${filesOf(jobId)}/${encodeURIComponent(file.id)}`;

/** Adds a file to the job: to be attached, or as a picture inside the HTML part. */
export function addFile(jobId: string, file: File, isInline: boolean, onProgress: (share: number) => void): Promise<JobFile> {
  const form = new FormData();
  form.append("is_inline", String(isInline));
  form.append("file", file);
  return sendForm<JobFile>(filesOf(jobId), form, onProgress);
}

export const removeFile = (jobId: string, fileId: string) => lui.DELETE("/api/v1/jobs/{job_id}/files/{file_id}", { params: { path: { job_id: jobId, file_id: fileId } } });

const escaped = (value: string): string => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The picture as it stands in the HTML part. */
export const pictureTag = (contentId: string, alt: string): string => `<img src="cid:${contentId}" alt="${escaped(alt)}">`;

/** Whether the HTML part shows the picture. */
export const isShown = (html: string, file: JobFile): boolean => html.includes(`cid:${file.content_id}`);

/** A name such as `autumn-sale.png` as words to begin a description with. */
export const wordsOf = (fileName: string): string => fileName.replace(/\.[a-z0-9]+$/i, "").replaceAll(/[-_]+/g, " ").trim();
