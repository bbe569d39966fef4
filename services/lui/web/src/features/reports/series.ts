export type LegendOrder = "given" | "highest" | "lowest";

const NEXT: Record<LegendOrder, LegendOrder> = { given: "highest", highest: "lowest", lowest: "given" };

/** One press goes on: highest first, lowest first, as given. */
export const nextOrder = (order: LegendOrder): LegendOrder => NEXT[order];

interface Counted {
  total: number;
}

/** The order in which series stand; equal ones keep theirs. */
export function inOrder<T extends Counted>(series: readonly T[], order: LegendOrder): T[] {
  if (order === "given") return [...series];
  const sign = order === "highest" ? -1 : 1;
  return [...series].sort((one, other) => sign * (one.total - other.total));
}

/** What tells a series apart for those who see no colours. */
export const MARKS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"] as const;
export const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]] as const;

export const markOf = (index: number) => MARKS[index % MARKS.length] ?? "circle";
export const dashOf = (index: number): readonly number[] => DASHES[index % DASHES.length] ?? [];
