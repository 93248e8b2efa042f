// What a build may be told in its environment, beside what Vite says itself.

interface ImportMetaEnv {
  /** The address of the server, for a board that is not served by it: `https://api.example.org`. */
  readonly VITE_CALLBOARD_URL?: string;
}
