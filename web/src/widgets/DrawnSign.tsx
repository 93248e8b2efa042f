// A category's sign, drawn. Imported by CategorySign alone, when it is first wanted.
import { categoryIcon } from "./categoryIcons";

/** The picture; nothing for a name that this board does not know. */
export default function DrawnSign({ name }: { name: string }) {
  const Icon = categoryIcon(name);
  return Icon === undefined ? null : <Icon size={14} stroke={1.75} />;
}
