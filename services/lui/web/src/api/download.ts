import { problemFrom, unreachable } from "./problem";

const NAMED = /filename="?([^";]+)"?/;

/** Asks for a file with a body, as no link can, and gives it to the person as a download. Raises Problem as every call does. */
export async function download(path: string, body: unknown, fallbackName: string): Promise<void> {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw problemFrom(answer.status, await answer.json().catch(() => null));
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = NAMED.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? fallbackName;
  link.click();
  // The browser has taken the file over by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
