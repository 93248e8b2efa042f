// Categories (S4): what calls and repairs are sorted by. Both kinds stand side by side; a phone shows one at a time.
import { SegmentedControl } from "@mantine/core";
import { useSearchParams } from "react-router";
import { useNarrow } from "@/app/useNarrow";
import { useLoaded, useRecords } from "@/realtime/react";
import { PageHeader } from "@/widgets/PageHeader";
import classes from "./Categories.module.css";
import { CategoryList } from "./CategoryList";
import { KINDS, type Kind } from "./kinds";

/** The screen. */
export default function Categories() {
  const narrow = useNarrow();
  const loaded = useLoaded();
  const [query, setQuery] = useSearchParams();
  const kind: Kind = query.get("kind") === "repairs" ? "service_categories" : "categories";
  const counts = {
    categories: useRecords("categories").length,
    service_categories: useRecords("service_categories").length,
  };
  const choose = (value: string) =>
    setQuery(value === "service_categories" ? { kind: "repairs" } : {}, { replace: true });
  return (
    <div className={classes.screen}>
      <PageHeader title="Categories" />
      {narrow ? (
        <div className={classes.narrow}>
          <SegmentedControl
            fullWidth
            aria-label="Which categories"
            value={kind}
            onChange={choose}
            data={(Object.keys(KINDS) as Kind[]).map((value) => ({
              value,
              label: `${KINDS[value].title} ${counts[value]}`,
            }))}
          />
          <CategoryList key={kind} kind={kind} loaded={loaded} />
        </div>
      ) : (
        <div className={classes.both}>
          <CategoryList kind="categories" loaded={loaded} />
          <CategoryList kind="service_categories" loaded={loaded} />
        </div>
      )}
    </div>
  );
}
