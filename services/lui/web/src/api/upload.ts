import { problemFrom, unreachable } from "./problem";

/** Sends a form with a file, telling the share sent so far. Not by fetch, which cannot tell that. */
export function sendForm<T>(address: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(problemFrom(request.status, request.response));
    });
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(unreachable()));
    request.send(form);
  });
}
