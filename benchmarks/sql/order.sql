SELECT "owner", CAST(date_trunc('month', "ordered_on") AS DATE) AS "month", coalesce(sum("amount"), 0) AS "order_amount"
FROM "main"."order"
WHERE "ordered_on" >= $start AND "ordered_on" < $end
GROUP BY ALL
