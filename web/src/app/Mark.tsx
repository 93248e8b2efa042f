// The board's own mark: three columns of a board.

/** The mark, as large as asked. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#3257c8" />
      <rect x="7" y="8" width="4.5" height="16" rx="1.5" fill="#fff" />
      <rect x="13.75" y="8" width="4.5" height="10" rx="1.5" fill="#fff" opacity=".85" />
      <rect x="20.5" y="8" width="4.5" height="13" rx="1.5" fill="#fff" opacity=".7" />
    </svg>
  );
}
