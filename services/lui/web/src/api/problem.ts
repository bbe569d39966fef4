/** One wrong field of a request: where (JSON Pointer, RFC 6901) and why. */
export interface FieldProblem {
  pointer: string;
  detail: string;
}

const NAMESPACE = "urn:tutti:problem:";

/** A failure as the server states it (RFC 9457), or as the browser met it when no server answered. */
export class Problem extends Error {
  /** What is wrong, in kebab case: the last part of the problem's `type`. Switch on this. */
  readonly slug: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly fields: readonly FieldProblem[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(document: { slug: string; status: number; title: string; detail: string; fields?: FieldProblem[]; facts?: Record<string, unknown> }) {
    super(document.detail || document.title);
    this.name = "Problem";
    this.slug = document.slug;
    this.status = document.status;
    this.title = document.title;
    this.detail = document.detail;
    this.fields = document.fields ?? [];
    this.facts = document.facts ?? {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

function fieldsOf(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((entry) => ({ pointer: asText(entry.pointer), detail: asText(entry.detail) }));
}

/** The problem in an answer that failed; anything that is not a problem document becomes `unexpected-answer`. */
export function problemFrom(status: number, body: unknown): Problem {
  if (!isRecord(body) || typeof body.type !== "string") {
    return new Problem({ slug: "unexpected-answer", status, title: `The server answered ${status}`, detail: "" });
  }
  const { type, title, detail, errors, ...facts } = body;
  return new Problem({
    slug: asText(type).startsWith(NAMESPACE) ? asText(type).slice(NAMESPACE.length) : asText(type),
    status,
    title: asText(title),
    detail: asText(detail),
    fields: fieldsOf(errors),
    facts,
  });
}

/** No answer came at all: the network or the server is away. */
export function unreachable(): Problem {
  return new Problem({ slug: "unreachable", status: 0, title: "", detail: "" });
}

/** Whatever was thrown, as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ slug: "browser-error", status: 0, title: "", detail: error instanceof Error ? error.message : "" });
}

/** Turns `/sender/address` into `sender.address`, the way forms name their fields. */
export function fieldName(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/** The problem's field errors for a form that has these fields, and what belongs to none of them. */
export function splitFields(problem: Problem, known: readonly string[]): { byField: Record<string, string>; others: string[] } {
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of problem.fields) {
    const name = fieldName(pointer);
    const field = known.find((candidate) => name === candidate || name.startsWith(`${candidate}.`));
    const sentence = detail.charAt(0).toUpperCase() + detail.slice(1);
    if (field === undefined) others.push(sentence);
    else byField[field] = field in byField ? `${byField[field] ?? ""} ${sentence}` : sentence;
  }
  return { byField, others };
}
