-- Additive figures from small cells, distinct ones from one row an entity; two kinds of entity.
WITH "rows" AS NOT MATERIALIZED (
  SELECT "owner", CAST(date_trunc('month', "occurred_at__day") AS DATE) AS "month", *
  FROM "main"."activity"
  WHERE "occurred_at__day" >= $start AND "occurred_at__day" < $end
),
"cells" AS (
  SELECT "owner", "month", "kind", "direction", "outcome", "follow_up", "lead" IS NOT NULL AS "of_lead",
    count(*) AS "n", sum("duration_seconds") AS "seconds"
  FROM "rows"
  GROUP BY ALL
),
"sums" AS (
  SELECT "cells"."owner", "month",
    sum("n") FILTER ("kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound') AS "dials",
    sum("n") FILTER (
      "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound' AND "outcome" = 'person'
    ) AS "connects",
    sum("n") FILTER (
      "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound'
      AND "outcome" IN ('reception', 'person', 'refused')
    ) AS "answered",
    sum("seconds") FILTER (
      "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound' AND "outcome" = 'person'
    ) AS "seconds",
    sum("n") FILTER (
      "kind" IN ('visit', 'web_meeting')
      AND ("outcome" NOT IN ('no_answer', 'reception') OR "outcome" IS NULL)
    ) AS "visits",
    sum("n") FILTER (
      "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound' AND "of_lead"
    ) AS "calls_to_leads",
    sum("n") FILTER (
      "direction" IS DISTINCT FROM 'inbound' AND ("of_lead" OR "follow_up" IS TRUE)
      AND "p"."role" IS DISTINCT FROM 'bdr'
    ) AS "follow_ups"
  FROM "cells"
  LEFT JOIN "main"."person" AS "p" ON "p"."key" = "cells"."owner"
  GROUP BY ALL
),
"leads" AS (
  SELECT "owner", "month", count(*) AS "called", count(*) FILTER ("found") AS "with_issue"
  FROM (
    SELECT "owner", "month", "lead", bool_or("issue_found" IS TRUE) AS "found"
    FROM "rows"
    WHERE "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound' AND "lead" IS NOT NULL
    GROUP BY ALL
  )
  GROUP BY ALL
),
"accounts" AS (
  SELECT "owner", "month", count(*) AS "called"
  FROM (
    SELECT DISTINCT "owner", "month", "account"
    FROM "rows"
    WHERE "kind" = 'call' AND "direction" IS DISTINCT FROM 'inbound' AND "account" IS NOT NULL
  )
  GROUP BY ALL
)
SELECT "s"."owner", "s"."month",
  coalesce("dials", 0) AS "outbound_dials",
  coalesce("connects", 0) AS "sdr_connects.count",
  coalesce("connects", 0) / "dials" AS "sdr_connects.rate",
  coalesce("seconds", 0) AS "talk_seconds",
  coalesce("connects", 0) / "answered" AS "gatekeeper_pass_rate",
  coalesce("visits", 0) AS "vis_visits",
  coalesce("calls_to_leads", 0) AS "tel_calls",
  coalesce("follow_ups", 0) AS "sdr_followups",
  coalesce("with_issue", 0) AS "tel_issues_found.count",
  "with_issue" / "l"."called" AS "tel_issues_found.rate",
  "a"."called" AS "accounts called"
FROM "sums" AS "s"
LEFT JOIN "leads" AS "l"
  ON "l"."owner" IS NOT DISTINCT FROM "s"."owner" AND "l"."month" = "s"."month"
LEFT JOIN "accounts" AS "a"
  ON "a"."owner" IS NOT DISTINCT FROM "s"."owner" AND "a"."month" = "s"."month"
