// Another password for oneself.
import { PasswordForm } from "@/app/PasswordForm";
import { Section } from "./Section";

/** The form in its section. */
export function PasswordSection() {
  return (
    <Section title="Password" text="A new one signs you out everywhere but here.">
      <PasswordForm />
    </Section>
  );
}
