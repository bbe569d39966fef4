import { Node } from "@tiptap/react";

/** Where the browser finds the picture that the message calls `cid:…`; null when there is none of that name. */
export type FindPicture = (contentId: string) => string | null;

const ATTRIBUTES = ["src", "alt", "width", "height"] as const;

/** A picture that travels with the message. In the editor it is fetched from here, in the HTML it stays `cid:…`. */
export const pictureNode = (find: FindPicture) =>
  Node.create({
    name: "picture",
    group: "inline",
    inline: true,
    draggable: true,
    addAttributes: () => Object.fromEntries(ATTRIBUTES.map((name) => [name, { default: null }])),
    parseHTML: () => [{ tag: 'img[src^="cid:"]' }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
    addNodeView: () => ({ node }) => {
      const shown = document.createElement("img");
      const { src, alt, width } = node.attrs as Record<(typeof ATTRIBUTES)[number], string | null>;
      const found = find((src ?? "").slice("cid:".length));
      if (found !== null) shown.src = found;
      shown.alt = alt ?? "";
      if (width !== null) shown.setAttribute("width", width);
      shown.style.maxWidth = "100%";
      return { dom: shown };
    },
  });
