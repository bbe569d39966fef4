import type { FindPicture } from "./picture";

/** What can be done to an editor from outside. */
export interface EditorHandle {
  insert: (text: string) => void;
  insertPicture: (contentId: string, alt: string) => void;
}

export interface EditorProps {
  label: string;
  value: string;
  readOnly: boolean;
  invalid: boolean;
  onChange: (value: string) => void;
  /** Where the browser finds a picture of the message. Must keep its identity, as `onReady` must: an editor is built again when they change. */
  findPicture: FindPicture;
  onReady: (handle: EditorHandle) => void;
}
