// Why a session ended, in words: what happened, and what to do next (S1, V6).

export interface Ending {
  title: string;
  text: string;
  /** False where signing in with the same account cannot work. */
  canReturn: boolean;
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  logout: { title: "You signed out", text: "You signed out in another window. Sign in to go on.", canReturn: true },
  revoked: {
    title: "You were signed out",
    text: "This place was signed out from your settings, here or elsewhere. Sign in to go on.",
    canReturn: true,
  },
  expired: {
    title: "Your session is over",
    text: "You have been signed in for as long as this team allows. Sign in to go on where you were.",
    canReturn: true,
  },
  idle: {
    title: "You were away for a while",
    text: "After 12 hours without a sign of life you are signed out. Sign in to go on where you were.",
    canReturn: true,
  },
  password: {
    title: "Your password was changed",
    text: "Everybody signed in with the old one was signed out. Sign in with the new password.",
    canReturn: true,
  },
  deactivated: {
    title: "Your account was deactivated",
    text: "You can no longer work on this board. If that is a mistake, ask an admin of your team.",
    canReturn: false,
  },
  deleted: {
    title: "Your account was deleted",
    text: "You are no longer part of this team. If that is a mistake, ask an admin.",
    canReturn: false,
  },
};

const OTHER: Ending = {
  title: "You are signed out",
  text: "Your session is over. Sign in to go on where you were.",
  canReturn: true,
};

/** What to tell about the end of a session. */
export const endingOf = (reason: string): Ending => ENDINGS[reason] ?? OTHER;
