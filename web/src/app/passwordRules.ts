// The rules of a password that can be told without the server (DOMAIN, user).

const SHORTEST = 10;
const LONGEST = 128;

export interface PasswordRule {
  rule: string;
  holds: boolean;
}

/** Which rules hold; none does for an empty password, whose rules nobody has met yet. */
export function passwordRules(password: string, names: readonly string[]): readonly PasswordRule[] {
  const length = [...password].length;
  const plain = password.toLowerCase();
  const isName = names.some((name) => name.trim().toLowerCase() === plain);
  return [
    {
      rule: length > LONGEST ? `At most ${LONGEST} characters` : `At least ${SHORTEST} characters, any you like`,
      holds: length >= SHORTEST && length <= LONGEST,
    },
    { rule: "Not a name and not the email", holds: length > 0 && !isName },
  ];
}

/** Whether all that can be told here holds. */
export const isAcceptable = (password: string, names: readonly string[]): boolean =>
  passwordRules(password, names).every(({ holds }) => holds);
