// The cross of every dialog has a name for those who do not see it (U3).

/** For `closeButtonProps` of a Modal or Drawer. */
export const CLOSE = { "aria-label": "Close" } as const;
