SELECT "owner", "month",
  count(*) FILTER ("mask" & 2 <> 0)
    / nullif(count(*) FILTER ("mask" & 1 <> 0), 0) AS "mail_open_click.open_rate",
  count(*) FILTER ("mask" & 4 <> 0)
    / nullif(count(*) FILTER ("mask" & 1 <> 0), 0) AS "mail_open_click.click_rate"
FROM (
  SELECT "owner", CAST(date_trunc('month', "at__day") AS DATE) AS "month", "contact",
    bit_or(CAST(CASE "kind" WHEN 'delivered' THEN 1 WHEN 'opened' THEN 2 ELSE 4 END AS UTINYINT)) AS "mask"
  FROM "main"."mail_event"
  WHERE "at__day" >= $start AND "at__day" < $end
    AND "kind" IN ('delivered', 'opened', 'clicked') AND "contact" IS NOT NULL
  GROUP BY ALL
)
GROUP BY ALL
