// Why a form was refused, in the server's words; nothing where it already stands beside the fields.
import { Text } from "@mantine/core";
import type { Refusal } from "@/realtime";

/** The sentence under a form. */
export function FormError({ error }: { error: Refusal | null }) {
  const isBesideFields = Object.keys(error?.fields ?? {}).length > 0;
  if (error === null || isBesideFields) return null;
  return (
    <Text size="sm" c="var(--cb-danger)" role="alert">
      {error.message}
    </Text>
  );
}
