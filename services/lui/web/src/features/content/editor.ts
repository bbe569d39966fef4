/** What can be done to an editor from outside. */
export interface EditorHandle {
  insert: (text: string) => void;
}

export interface EditorProps {
  label: string;
  value: string;
  readOnly: boolean;
  invalid: boolean;
  onChange: (value: string) => void;
  /** Must keep its identity: an editor is built again when it changes. */
  onReady: (handle: EditorHandle) => void;
}
