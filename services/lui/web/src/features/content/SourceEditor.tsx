import { html } from "@codemirror/lang-html";
import { liquid } from "@codemirror/lang-liquid";
import { syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup, EditorView } from "codemirror";
import { useEffect, useRef } from "react";

import type { EditorProps } from "./editor";
import { pictureTag } from "./files";
import "./SourceEditor.css";

/** HTML with the merge language, as source. Tab leaves the editor, so that the keyboard is never caught in it. */
export default function SourceEditor({ label, value, readOnly, invalid, onChange, onReady }: EditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const access = useRef(new Compartment());
  const changed = useRef(onChange);
  const first = useRef({ value, label, readOnly });
  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);
  useEffect(() => {
    if (box.current === null) return undefined;
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          basicSetup,
          liquid({ base: html() }),
          syntaxHighlighting(classHighlighter),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": first.current.label, spellcheck: "true" }),
          access.current.of(EditorState.readOnly.of(first.current.readOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    const insert = (inserted: string) => {
      editor.dispatch(editor.state.replaceSelection(inserted));
      editor.focus();
    };
    onReady({ insert, insertPicture: (contentId, alt) => insert(pictureTag(contentId, alt)) });
    return () => editor.destroy();
  }, [onReady]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== null && editor.state.doc.toString() !== value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);
  return <div ref={box} className="source-editor" data-invalid={invalid || undefined} />;
}
