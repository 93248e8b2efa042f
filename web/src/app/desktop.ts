// A notification of the desktop (U1), where the person allowed it in the settings.

export interface DesktopWords {
  title: string;
  message?: string;
}

/** Shows it; a click brings the board to the front and calls `go`. */
export function showOnDesktop({ title, message }: DesktopWords, go: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(title, { icon: "/favicon.svg", tag: title, ...(message && { body: message }) });
    shown.onclick = () => {
      window.focus();
      shown.close();
      go();
    };
  } catch {
    // Phones know notifications of service workers alone; the toast and the count remain.
  }
}
