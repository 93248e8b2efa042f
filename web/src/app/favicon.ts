// The icon of the tab, with the count of what is unseen on it (U1).

const BARS =
  '<rect width="32" height="32" rx="7" fill="#3257c8"/><rect x="7" y="8" width="4.5" height="16" rx="1.5" fill="#fff"/>' +
  '<rect x="13.75" y="8" width="4.5" height="10" rx="1.5" fill="#fff" opacity=".85"/>' +
  '<rect x="20.5" y="8" width="4.5" height="13" rx="1.5" fill="#fff" opacity=".7"/>';

/** The address of the icon for a count. */
export function faviconFor(count: number): string {
  if (count === 0) return "/favicon.svg";
  const words = count > 9 ? "9+" : String(count);
  const badge =
    '<circle cx="21" cy="11" r="11" fill="#c92a2a"/>' +
    '<text x="21" y="16.5" font-family="system-ui,sans-serif" font-size="16" font-weight="700" fill="#fff" ' +
    `text-anchor="middle">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${BARS}${badge}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Puts it on the tab. */
export function showFavicon(count: number): void {
  document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute("href", faviconFor(count));
}
