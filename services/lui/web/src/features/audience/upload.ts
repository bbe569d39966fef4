import type { Upload } from "@/api/types";
import { sendForm } from "@/api/upload";

/** Sends a file of recipients, telling the share sent so far. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<Upload> {
  const form = new FormData();
  form.append("file", file);
  return sendForm<Upload>("/api/v1/uploads", form, onProgress);
}
