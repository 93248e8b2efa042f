// A new password with its rules in sight before one types (S1): which hold is told while typing; the server has the last
// word, because it alone knows the commonest ones.
import { PasswordInput } from "@mantine/core";
import { IconCheck, IconPoint } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import classes from "./PasswordField.module.css";
import { passwordRules } from "./passwordRules";

interface PasswordFieldProps extends ComponentProps<typeof PasswordInput> {
  password: string;
  /** Names and the email: none of them can be the password. */
  names: readonly string[];
}

/** The field and its rules. */
export function PasswordField({ password, names, ...field }: PasswordFieldProps) {
  return (
    <PasswordInput
      autoComplete="new-password"
      inputWrapperOrder={["label", "input", "error", "description"]}
      descriptionProps={{ component: "div" }}
      description={<Rules password={password} names={names} />}
      {...field}
    />
  );
}

function Rules({ password, names }: { password: string; names: readonly string[] }) {
  return (
    <ul className={classes.rules}>
      {passwordRules(password, names).map(({ rule, holds }) => (
        <li key={rule} data-holds={holds || undefined}>
          {holds ? <IconCheck size={14} stroke={2} aria-label="Done:" /> : <IconPoint size={14} aria-label="Needed:" />}
          {rule}
        </li>
      ))}
    </ul>
  );
}
