with delivered as (
    select
        _source_id,
        cast(cast(coalesce(bill_billing_period_start_date, string(_billing_period)) as timestamp) as date) as period,
        line_item_currency_code as currency,
        sum(cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21))) as cost
    from {{ source('bronze.aws_cur') }}
    group by all
),

charged as (
    select
        x_SourceId,
        cast(BillingPeriodStart as date) as period,
        BillingCurrency as currency,
        sum(BilledCost) as cost
    from {{ ref('focus.cost_and_usage') }}
    where x_SourceKind = 'aws-cur'
    group by all
)

select
    coalesce(delivered._source_id, charged.x_SourceId) as source_id,
    coalesce(delivered.period, charged.period) as billing_period,
    coalesce(delivered.currency, charged.currency) as currency,
    delivered.cost as delivered_cost,
    charged.cost as billed_cost
from delivered
full join charged
    on delivered._source_id = charged.x_SourceId
    and delivered.period = charged.period
    and delivered.currency = charged.currency
where not (delivered.cost <=> charged.cost)
