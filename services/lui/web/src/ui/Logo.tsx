/** The mark: one beam, three notes. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f6b70" />
      <path d="M7 10h18M16 10v13" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <circle cx="9" cy="21" r="2" fill="#8fd6d2" />
      <circle cx="23" cy="21" r="2" fill="#8fd6d2" />
    </svg>
  );
}
