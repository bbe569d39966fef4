/** The addresses typed into a box: to a line, or separated by commas, semicolons or blanks. Each once, in order. */
export function splitAddresses(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((part) => part !== ""))];
}
