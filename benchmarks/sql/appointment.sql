-- Two date bases: the day an appointment was agreed, and the day it was held.
SELECT "owner", "month",
  coalesce(any_value("agreed"), 0) AS "monthly_appointments",
  coalesce(any_value("held"), 0) AS "sdr_meetings.count",
  coalesce(any_value("by_phone"), 0) AS "accounts agreed by phone"
FROM (
  SELECT "owner", "month", sum("n") AS "agreed", count(*) FILTER ("phone" AND "account" IS NOT NULL) AS "by_phone"
  FROM (
    SELECT "owner", CAST(date_trunc('month', "set_at__day") AS DATE) AS "month",
      "account", coalesce("channel" = 'call', false) AS "phone", count(*) AS "n"
    FROM "main"."appointment"
    WHERE "set_at__day" >= $start AND "set_at__day" < $end
    GROUP BY ALL
  )
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT "owner", CAST(date_trunc('month', "held_on") AS DATE) AS "month", count(*) AS "held"
  FROM "main"."appointment"
  WHERE "held_on" >= $start AND "held_on" < $end
    AND "status" = 'held' AND "first" IS DISTINCT FROM false
    AND ("channel" NOT IN ('form', 'event') OR "channel" IS NULL)
  GROUP BY ALL
)
GROUP BY ALL
