import { problemFrom, unreachable } from "@/api/problem";
import type { Upload } from "@/api/types";

/** Sends a file, telling the share sent so far. Not by fetch, which cannot tell that. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/uploads");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Upload);
      else reject(problemFrom(request.status, request.response));
    });
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(unreachable()));
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}
