// The nonce by which the page's policy knows the styles that libraries write into it (U6). Mantine is given it where it is
// set up; what keeps the page from scrolling behind a dialog looks for it under this name.

declare global {
  var __webpack_nonce__: string | undefined;
}

/** Of this page; empty where no server has put one in. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

globalThis.__webpack_nonce__ = nonce;
