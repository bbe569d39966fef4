import { ActionIcon, Button, Divider, Group, Modal, Stack, TextInput, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconH1,
  IconH2,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconUnderline,
} from "@tabler/icons-react";
import { type Editor, EditorContent, useEditor, useEditorState } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { type ReactNode, useEffect, useState } from "react";

import { text } from "@/text/en";

import type { EditorProps } from "./editor";
import { pictureNode } from "./picture";
import { unescapeMergeLanguage } from "./rules";
import "./RichEditor.css";

const words = text.content;

interface Tool {
  label: string;
  icon: ReactNode;
  active?: boolean;
  disabled?: boolean;
  run: () => void;
}

function ToolButton({ label, icon, active, disabled, run }: Tool) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant={active ? "light" : "subtle"} color={active ? undefined : "gray"} c={active ? undefined : "inherit"} aria-label={label} aria-pressed={active ?? false} disabled={disabled ?? false} onClick={run}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const [address, setAddress] = useState(() => {
    const present: unknown = editor.getAttributes("link").href;
    return typeof present === "string" ? present : "https://";
  });
  const finish = (href: string) => {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (href.trim() === "") chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href: href.trim() }).run();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={words.linkDialog.title} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          finish(address);
        }}
      >
        <Stack>
          <TextInput
            label={words.linkDialog.address}
            description={words.linkDialog.help}
            placeholder={words.linkDialog.placeholder}
            data-autofocus
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish("")}>
              {words.linkDialog.remove}
            </Button>
            <Button type="submit">{words.linkDialog.set}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Toolbar({ editor }: { editor: Editor }) {
  const [linking, setLinking] = useState(false);
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      underline: now.isActive("underline"),
      h1: now.isActive("heading", { level: 1 }),
      h2: now.isActive("heading", { level: 2 }),
      bullets: now.isActive("bulletList"),
      numbers: now.isActive("orderedList"),
      quote: now.isActive("blockquote"),
      link: now.isActive("link"),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  const chain = () => editor.chain().focus();
  const size = { size: 17, stroke: 1.7, "aria-hidden": true };
  const groups: Tool[][] = [
    [
      { label: words.tools.bold, icon: <IconBold {...size} />, active: state.bold, run: () => chain().toggleBold().run() },
      { label: words.tools.italic, icon: <IconItalic {...size} />, active: state.italic, run: () => chain().toggleItalic().run() },
      { label: words.tools.underline, icon: <IconUnderline {...size} />, active: state.underline, run: () => chain().toggleUnderline().run() },
      { label: words.tools.link, icon: <IconLink {...size} />, active: state.link, run: () => setLinking(true) },
    ],
    [
      { label: words.tools.heading, icon: <IconH1 {...size} />, active: state.h1, run: () => chain().toggleHeading({ level: 1 }).run() },
      { label: words.tools.subheading, icon: <IconH2 {...size} />, active: state.h2, run: () => chain().toggleHeading({ level: 2 }).run() },
      { label: words.tools.bullets, icon: <IconList {...size} />, active: state.bullets, run: () => chain().toggleBulletList().run() },
      { label: words.tools.numbers, icon: <IconListNumbers {...size} />, active: state.numbers, run: () => chain().toggleOrderedList().run() },
      { label: words.tools.quote, icon: <IconBlockquote {...size} />, active: state.quote, run: () => chain().toggleBlockquote().run() },
    ],
    [
      { label: words.tools.undo, icon: <IconArrowBackUp {...size} />, disabled: !state.undo, run: () => chain().undo().run() },
      { label: words.tools.redo, icon: <IconArrowForwardUp {...size} />, disabled: !state.redo, run: () => chain().redo().run() },
    ],
  ];
  return (
    <Group gap={4} role="toolbar" aria-label={words.toolbar} className="rich-toolbar">
      {groups.map((tools, index) => (
        <Group key={tools[0]?.label} gap={2}>
          {index > 0 && <Divider orientation="vertical" mx={4} />}
          {tools.map((tool) => (
            <ToolButton key={tool.label} {...tool} />
          ))}
        </Group>
      ))}
      {linking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </Group>
  );
}

/** A letter with headings, lists and links. What it cannot hold is asked about before it opens. */
export default function RichEditor({ label, value, readOnly, invalid, onChange, findPicture, onReady }: EditorProps) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false, autolink: false, HTMLAttributes: { target: null, rel: null } } }), pictureNode(findPicture)],
    content: value,
    editable: !readOnly,
    immediatelyRender: true,
    editorProps: { attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true" } },
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? "" : unescapeMergeLanguage(now.getHTML())),
  });
  useEffect(() => {
    onReady({
      insert: (inserted) => editor.chain().focus().insertContent({ type: "text", text: inserted }).run(),
      insertPicture: (contentId, alt) => editor.chain().focus().insertContent({ type: "picture", attrs: { src: `cid:${contentId}`, alt } }).run(),
    });
  }, [editor, onReady]);
  // When a part of the page is still being fetched, React runs effects once more with an editor that is gone already;
  // a new one follows at the next rendering.
  useEffect(() => {
    if (editor.isDestroyed) return;
    const present = editor.isEmpty ? "" : unescapeMergeLanguage(editor.getHTML());
    if (present !== value) editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  useEffect(() => {
    if (!editor.isDestroyed) editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);
  return (
    <div className="rich-editor" data-invalid={invalid || undefined}>
      {!readOnly && <Toolbar editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  );
}
