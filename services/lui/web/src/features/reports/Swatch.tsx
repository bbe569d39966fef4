/** How a series looks: its colour, and what tells it apart without colour. */
export interface Look {
  color: string;
  shape: "line" | "block";
  dash: readonly number[];
  mark: string;
}

const SHAPES: Record<string, (color: string) => React.ReactNode> = {
  circle: () => <circle cx="14" cy="7" r="3.5" />,
  rect: () => <rect x="10.5" y="3.5" width="7" height="7" />,
  triangle: () => <path d="M14 3 L18 10.5 L10 10.5 Z" />,
  diamond: () => <path d="M14 2.5 L18 7 L14 11.5 L10 7 Z" />,
};

/** A piece of the line, or of the bar, as it is drawn in the plot. */
export function Swatch({ color, shape, dash, mark, className }: Look & { className?: string | undefined }) {
  if (shape === "block") {
    return (
      <svg width="14" height="14" aria-hidden className={className} style={{ flex: "none" }}>
        <rect x="1" y="1" width="12" height="12" rx="3" fill={color} />
      </svg>
    );
  }
  const hollow = mark.startsWith("empty");
  const name = hollow ? mark.slice("empty".length).toLowerCase() : mark;
  return (
    <svg width="28" height="14" aria-hidden className={className} style={{ flex: "none" }}>
      <line x1="0" y1="7" x2="28" y2="7" stroke={color} strokeWidth="2" strokeDasharray={dash.join(" ")} />
      <g fill={hollow ? "var(--mantine-color-body)" : color} stroke={color} strokeWidth="1.5">
        {SHAPES[name]?.(color)}
      </g>
    </svg>
  );
}
