select
    to_date(date_trunc('month', BillingPeriodStart)) as billing_month,
    x_SourceId as source_id,
    InvoiceIssuerName as invoice_issuer,
    InvoiceId as invoice_id,
    BillingCurrency as billing_currency,
    count(*) as charges,
    sum(BilledCost) as billed_cost,
    sum(EffectiveCost) as effective_cost
from {{ ref('focus.cost_and_usage') }}
group by all
