with statements as (
    select billing_month, array_sort(collect_set(billing_currency)) as currencies
    from {{ ref('economics.statement_costs') }}
    group by all
)

-- a benefit without cost is on the company's statement in the same currency; if the company has no statement in this
-- currency, it is on the company's first statement
select
    roi.* except (billing_currency),
    if(
        roi.team_id is not null or statements.currencies is null or array_contains(statements.currencies, roi.billing_currency),
        roi.billing_currency, statements.currencies[0]
    ) as billing_currency
from {{ ref('economics.model_roi') }} as roi
left join statements on statements.billing_month = roi.usage_month
