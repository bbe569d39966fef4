import type { Preflight } from "@/api/types";

/** Codes of problems that somebody chose to pass over, and that are still there. */
export function stillThere({ problems }: Preflight, overridden: readonly string[]): string[] {
  return [...new Set(problems.filter((problem) => problem.can_override && overridden.includes(problem.code)).map((problem) => problem.code))];
}

/** Whether something stands in the way that nobody has passed over, or nobody can. */
export const isBlocked = ({ problems }: Preflight, overridden: readonly string[]): boolean => problems.some((problem) => !(problem.can_override && overridden.includes(problem.code)));
