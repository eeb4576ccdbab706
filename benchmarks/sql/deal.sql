-- Few conditions, few rows: here filters are cheaper than cells.
SELECT "owner", CAST(date_trunc('month', "closed_on") AS DATE) AS "month",
  coalesce(sum("amount") FILTER ("status" = 'won'), 0) AS "win_amount",
  count(*) FILTER ("status" = 'won')
    / nullif(count(*) FILTER ("status" IN ('won', 'lost')), 0) AS "closing_ratio",
  sum("amount") FILTER ("status" = 'won')
    / nullif(count("amount") FILTER ("status" = 'won'), 0) AS "won_unit_price",
  quantile_cont(CAST("closed_on" - "created_at__day" AS DOUBLE), 0.5)
    FILTER ("status" = 'won') AS "win_cycle_days",
  quantile_cont(CAST("closed_on" - "qualified_at__day" AS DOUBLE), 0.5)
    FILTER ("status" = 'won' AND "valid" IS TRUE) AS "qualified_to_won_days"
FROM "main"."deal"
WHERE "closed_on" >= $start AND "closed_on" < $end
GROUP BY ALL
