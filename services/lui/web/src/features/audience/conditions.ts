import type { Condition, ReactionOptions } from "@/api/types";

export type Did = ReactionOptions["dids"][number];

/** One thing done or not done, as the builder shows it. */
export interface QuestionNode {
  kind: "question";
  key: string;
  did: Did;
  links: string[];
  tags: string[];
  human: boolean;
}

/** Several things, all of which or any of which must hold. */
export interface GroupNode {
  kind: "group";
  key: string;
  mode: "all" | "any";
  parts: ConditionNode[];
}

export type ConditionNode = QuestionNode | GroupNode;

/** What the server takes. */
export const MAX_DEPTH = 5;
export const MAX_QUESTIONS = 50;

let made = 0;
const newKey = (): string => `c${(made += 1)}`;

export const newQuestion = (did: Did): QuestionNode => ({ kind: "question", key: newKey(), did, links: [], tags: [], human: false });
export const newGroup = (mode: GroupNode["mode"], parts: ConditionNode[]): GroupNode => ({ kind: "group", key: newKey(), mode, parts });

export const asksLinks = (did: Did): boolean => did === "clicked" || did === "not_clicked";
export const asksTags = (did: Did): boolean => did === "acted";
export const isJudged = (did: Did): boolean => did !== "bounced" && did !== "not_bounced";

function questionOf(node: QuestionNode): Condition {
  return {
    did: node.did,
    ...(asksLinks(node.did) && node.links.length > 0 ? { links: node.links } : {}),
    ...(asksTags(node.did) && node.tags.length > 0 ? { tags: node.tags } : {}),
    ...(isJudged(node.did) && node.human ? { judged: "human" as const } : {}),
  };
}

/** As the server takes it; null while a group is empty, which would mean nothing. */
export function conditionOf(node: ConditionNode): Condition | null {
  if (node.kind === "question") return questionOf(node);
  const parts = node.parts.map(conditionOf);
  if (parts.length === 0 || parts.includes(null)) return null;
  const whole = parts.filter((part) => part !== null);
  return node.mode === "all" ? { all: whole } : { any: whole };
}

/** As the builder shows it; the outermost is always a group, so that there is a place to add to. */
export function nodeOf(condition: Condition): GroupNode {
  const inner = innerNodeOf(condition);
  return inner.kind === "group" ? inner : newGroup("all", [inner]);
}

function innerNodeOf(condition: Condition): ConditionNode {
  if ("all" in condition) return newGroup("all", condition.all.map(innerNodeOf));
  if ("any" in condition) return newGroup("any", condition.any.map(innerNodeOf));
  return { kind: "question", key: newKey(), did: condition.did, links: [...(condition.links ?? [])], tags: [...(condition.tags ?? [])], human: condition.judged === "human" };
}

export function countQuestions(node: ConditionNode): number {
  return node.kind === "question" ? 1 : node.parts.reduce((sum, part) => sum + countQuestions(part), 0);
}

/** The same with one part in the place of another, or without it. */
export function replaced(group: GroupNode, key: string, by: ConditionNode | null): GroupNode {
  return { ...group, parts: group.parts.flatMap((part) => (part.key === key ? (by === null ? [] : [by]) : [part])) };
}
