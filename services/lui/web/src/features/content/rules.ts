import type { Charset, Content, ContentDraft } from "@/api/types";
import { text } from "@/text/en";

export interface ContentForm {
  subject: string;
  html: string;
  text: string;
  charset: Charset;
}

/** In the order in which they are offered: what fits everything first. */
export const CHARSETS: readonly Charset[] = [
  "utf-8",
  "auto",
  "us-ascii",
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9, 15] as const).map((part) => `iso-8859-${part}` as const),
  "gb2312",
  "big5",
  "iso-2022-jp",
  "iso-2022-kr",
];

export function formOf(content: Content | null): ContentForm {
  return { subject: content?.subject ?? "", html: content?.html ?? "", text: content?.text ?? "", charset: content?.charset ?? "utf-8" };
}

/** Whether two forms say the same to the server. */
export const sameLetter = (a: ContentForm, b: ContentForm): boolean => JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b));

/** A part left empty is a part the message does not have. */
export function bodyOf(form: ContentForm): ContentDraft {
  return {
    subject: form.subject.trim(),
    ...(form.html.trim() === "" ? {} : { html: form.html }),
    ...(form.text.trim() === "" ? {} : { text: form.text }),
    charset: form.charset,
  };
}

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };

/** Rich text editors escape what stands in `{{ }}` and `{% %}`; there it is the merge language, not HTML. */
export function unescapeMergeLanguage(html: string): string {
  return html.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (tag) => tag.replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity));
}

const RICH_TAGS = new Set("p h1 h2 h3 h4 h5 h6 strong b em i u s ul ol li a br blockquote hr code pre".split(" "));
const DOCUMENT_TAGS = new Set("html head body title meta".split(" "));
const TABLE_TAGS = new Set("table thead tbody tfoot tr td th caption colgroup col".split(" "));

/** What rich text would drop from this HTML, in plain words; nothing when it holds it all. */
export function richTextLosses(html: string): string[] {
  const words = text.content.losses;
  const found = new Set<string>();
  const others = new Set<string>();
  // The merge language is taken out first: a comparison such as `a < b` is no element.
  const plain = html.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, "");
  if (plain.includes('<!--')) found.add(words.comments);
  if (/<!doctype/i.test(plain)) found.add(words.document);
  for (const [, name = "", attributes = ""] of plain.matchAll(/<([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)) {
    const tag = name.toLowerCase();
    if (DOCUMENT_TAGS.has(tag)) found.add(words.document);
    else if (tag === "style" || tag === "link") found.add(words.styles);
    else if (tag === "img" && isOwnPicture(attributes)) continue;
    else if (tag === "img" || tag === "picture") found.add(words.pictures);
    else if (TABLE_TAGS.has(tag)) found.add(words.tables);
    else if (!RICH_TAGS.has(tag)) others.add(tag);
    else if (hasMoreThanLinks(tag, attributes)) found.add(words.attributes);
  }
  return [...found, ...(others.size > 0 ? [words.others([...others].join(", "))] : [])];
}

/** A picture that travels with the message, with nothing about it that rich text would drop. */
const isOwnPicture = (attributes: string): boolean => /\ssrc="cid:/i.test(attributes) && !hasMoreThanLinks("img", attributes);

function hasMoreThanLinks(tag: string, attributes: string): boolean {
  const names = [...attributes.matchAll(/([a-z][a-z0-9-]*)\s*=/gi)].map(([, name = ""]) => name.toLowerCase());
  const kept = tag === "a" ? ["href", "target", "rel"] : tag === "ol" ? ["start"] : tag === "img" ? ["src", "alt", "width", "height"] : [];
  // Values may look like names (`?a=b` in a link): only what stands outside quotes counts.
  const outside = attributes.replace(/"[^"]*"|'[^']*'/g, '""');
  return names.some((name) => new RegExp(`(^|\\s)${name}\\s*=`, "i").test(outside) && !kept.includes(name));
}

/** A column as a merge field. */
export const mergeField = (column: string): string => `{{ ${column} }}`;

/** Always there: the recipient's own page for unsubscribing. */
export const UNSUBSCRIBE_PAGE = "unsubscribe_url";
