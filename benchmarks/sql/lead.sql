-- All that is asked of a lead on the day it came in, in one pass.
SELECT "owner", "month",
  count(*) AS "leads_acquired",
  count(*) FILTER ("expects" AND ("open" OR "seconds" IS NOT NULL) AND "seconds" BETWEEN 0 AND 300)
    / nullif(count(*) FILTER ("expects" AND ("open" OR "seconds" IS NOT NULL)), 0)
    AS "speed_to_lead_5min.rate"
FROM (
  SELECT "f"."owner", CAST(date_trunc('month', "f"."received_at__day") AS DATE) AS "month",
    "f"."disqualified_at" IS NULL AS "open",
    "m"."first_call_seconds" AS "seconds",
    "f"."tactic" IS NULL OR "f"."tactic" NOT IN (
      'seminar', 'exhibition', 'networking', 'salon', 'outsourcing', 'call', 'telemarketing',
      'door_to_door', 'visit', 'partner'
    ) AS "expects"
  FROM "main"."lead" AS "f"
  LEFT JOIN "main"."lead__milestone" AS "m" ON "m"."key" = "f"."key"
  WHERE "f"."received_at__day" >= $start AND "f"."received_at__day" < $end
)
GROUP BY ALL
