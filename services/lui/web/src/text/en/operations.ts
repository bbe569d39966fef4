export const operations = {
  components: {
    title: "Components",
    detail: "Every process of the four services that was heard of within a day. Each says every ten seconds that it is alive.",
    columns: { component: "Component", role: "Role", state: "State", version: "Version", host: "Host", started: "Started", seen: "Last heard of" },
    caption: "Processes of the installation",
    states: { ready: "Ready", starting: "Starting", missing: "Missing" },
    none: "Nothing heard of yet",
    noneDetail: "Processes report themselves a few seconds after they have started.",
  },
  audit: {
    title: "Audit trail",
    detail: "Who did what, newest first. Nothing in it can be changed.",
    columns: { at: "When", actor: "Who", action: "What", target: "On what" },
    caption: "Recorded actions, newest first",
    action: "Action",
    actionPlaceholder: "job.authorize",
    none: "Nothing recorded yet",
    noneDetail: "What people and services do is listed here.",
    nothingFound: "Nothing matches",
    service: "by a service",
  },
};
