/// <reference path="../.venv/pb_data/types.d.ts" />
// A collection like our calls. Anybody may hear of them, which is the cheapest rule there is: one that looks at the
// listener would be asked of the database once for each of them and change. Whoever writes must be signed in.

migrate((app) => {
  const signedIn = '@request.auth.id != ""';
  const text = (name) => ({ type: "text", name });
  const names = ["title", "customer_name", "description", "status_reason", "resolution", "category_id", "customer_id"];
  const more = ["assignee_id", "service_id", "created_by", "customer_phone", "customer_address", "priority", "status"];
  const dates = ["due_at", "assigned_at", "started_at", "completed_at", "closed_at"];
  const stamp = (name, onUpdate) => ({ type: "autodate", name, onCreate: true, onUpdate });
  app.save(
    new Collection({
      type: "base",
      name: "calls",
      listRule: "",
      viewRule: "",
      createRule: signedIn,
      updateRule: signedIn,
      fields: [
        ...[...names, ...more].map(text),
        ...dates.map((name) => ({ type: "date", name })),
        { type: "number", name: "reopened_count" },
        stamp("created_at", false),
        stamp("updated_at", true),
      ],
    }),
  );
  const user = new Record(app.findCollectionByNameOrId("users"));
  user.set("email", $os.getenv("EMAIL"));
  user.set("password", $os.getenv("PASSWORD"));
  app.save(user);
});
