const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">`;

/** The document with a policy in front under which it can load nothing from anywhere. */
export function sealed(html: string): string {
  // In front of everything, even a doctype: whatever the author wrote comes after the policy is in force.
  return `<!doctype html><html><head>${POLICY}<base target="_blank"></head><body>${html}</body></html>`;
}
