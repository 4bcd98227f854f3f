{% import "macros/cents.sql" %}{% import "macros/invoices.sql" %}{% import "macros/lines.sql" %}{% import "macros/receivers.sql" %}with charges as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, x_ProjectId as project_id, BillingCurrency as billing_currency,
        InvoiceIssuerName as invoice_issuer, InvoiceId as invoice_id, bridge_step as step, CommitmentDiscountId as commitment_id,
        ChargeCategory as category, cast(null as date) as correction_of_month, sum(BilledCost) as billed_cost, sum(EffectiveCost) as effective_cost
    from {{ ref('economics.invoice_charges') }}
    group by all
),

-- what a statement states beyond the charges of its month: corrections of closed months and, once it is closed, later changes
corrections as (
    select billing_month, team_id, project_id, billing_currency, correction_of_month, sum(billed_cost) as billed_cost, sum(effective_cost) as effective_cost
    from (
        select billing_month, team_id, project_id, billing_currency, correction_of_month, billed_cost, effective_cost
        from {{ ref('economics.statement_costs') }}
        union all
        select billing_month, team_id, project_id, billing_currency, null, -billed_cost, -effective_cost
        from {{ ref('economics.monthly_costs') }}
    )
    group by all
    having sum(billed_cost) <> 0 or sum(effective_cost) <> 0
),

entries as (
    select * from charges
    union all
    select billing_month, team_id, project_id, billing_currency, null, null, 'correction', null, null, correction_of_month, billed_cost, effective_cost
    from corrections
),

received as (
    {{ received("entries", "entries.billing_month", ref('economics.receivers'), "project_id") }}
),

-- each cost counts as billed, for the company by invoice, and in the step from billed to amortised cost
items as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, correction_of_month,
        explode(array(
            named_struct(
                'breakdown', case when step = 'correction' then 'billed_correction' when receiver.kind = 'company' then 'invoice' else 'issuer' end,
                'invoice_issuer', invoice_issuer, 'invoice_id', if(receiver.kind = 'company', invoice_id, null), 'commitment_id', null,
                'category', null, 'cost', billed_cost, 'invoice', if(step <=> 'correction' or billed_cost = 0, null, coalesce(invoice_id, ''))
            ),
            named_struct(
                'breakdown', step, 'invoice_issuer', null, 'invoice_id', null, 'commitment_id', if(step in ('upfront_fee', 'commitment'), commitment_id, null),
                'category', if(step = 'other', category, null), 'cost', less(effective_cost, billed_cost), 'invoice', null
            )
        )) as item
    from received
),

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item.breakdown, item.invoice_issuer, item.invoice_id,
        item.commitment_id, item.category, correction_of_month, count(distinct item.invoice) as invoices, sum(item.cost) as cost
    from items
    group by all
    having sum(item.cost) <> 0
),

ranked as (
    select
        *,
        array_position(split('invoice,issuer,billed_correction,upfront_fee,commitment,purchase,purchase_part,other,correction', ','), breakdown) as place,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency, breakdown
            order by abs(cost) desc, invoice_issuer, invoice_id, commitment_id, category, correction_of_month
        ) as line_rank,
        count(*) over (partition by billing_month, receiver_id, billing_currency, breakdown) as line_count
    from sums
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, breakdown, place,
        {{ folded("if(breakdown = 'invoice', 10, 5)") }} as fold,
        if(count(*) = 1, max(struct(invoice_issuer, invoice_id, commitment_id, category, correction_of_month)), null) as item,
        count(*) as members, sum(invoices) as invoices, sum(cost) as cost
    from ranked
    group by all
),

-- printed amounts sum to the printed billed cost, and with the steps to the printed total
lines as (
    select
        *,
        cast(row_number() over (partition by billing_month, receiver_id, billing_currency order by place, fold) as int) as position,
        place <= 3 as is_billed,
        {{ total_of("cost", "billing_month, receiver_id, billing_currency") }} as total,
        {{ total_of("if(place <= 3, cost, 0)", "billing_month, receiver_id, billing_currency") }} as billed
    from folded
),

{{ commitment_names(ref('economics.commitment_costs')) }},

{{ stated_invoices(source('conf.invoices')) }}

select
    {{ receiver() }},
    breakdown,
    position,
    {{ line_id("'in'") }} as line_id,
    is_billed,
    item.invoice_issuer,
    item.invoice_id,
    cast(nullif(invoices, 0) as int) as invoices,
    item.commitment_id,
    commitment_name,
    item.category,
    item.correction_of_month,
    cast(members as int) as members,
    cast(cost as decimal(38,21)) as cost,
    {{ cents_to("if(is_billed, billed, total - billed)", "cost", "billing_month, receiver_id, billing_currency, is_billed", "position") }} as cost_shown,
    cast(invoice_amount as decimal(38,21)) as invoice_amount,
    cast(less(invoice_amount, cost) as decimal(38,21)) as invoice_difference
from lines
left join names on named_month = billing_month and named_id = item.commitment_id
left join stated
    on breakdown = 'invoice' and stated_month = billing_month and stated_id = item.invoice_id and stated_currency = billing_currency
