{% import "macros/arithmetic.sql" %}with charges as (
    select *, tag_state <> 'not_taggable' and effective_cost < 0 as is_net_credit from {{ ref('governance.tag_charges') }}
),

-- a rule that selects nothing of a month has a row too
months as (
    select rule_id, billing_month, billing_currency from charges
    union
    select rules.rule_id, billed.billing_month, billed.billing_currency
    from {{ source('conf.tag_rules') }} as rules
    inner join {{ ref('economics.billed_months') }} as billed
        on (rules.valid_from is null or rules.valid_from <= last_day(billed.billing_month))
        and (rules.valid_to is null or rules.valid_to > billed.billing_month)
),

sums as (
    select
        months.rule_id, months.billing_month, months.billing_currency, charges.team_id,
        {% for state in ["allowed", "disallowed", "missing", "not_taggable"] %}cast(coalesce(sum(
            if(charges.tag_state = '{{ state }}' and not charges.is_net_credit, charges.effective_cost, 0)
        ), 0) as decimal(38,21)) as {{ state }}_cost,
        {% endfor %}cast(coalesce(sum(if(charges.is_net_credit, charges.effective_cost, 0)), 0) as decimal(38,21)) as net_credit,
        cast(coalesce(sum(
            if(not charges.is_net_credit and coalesce(charges.near_key, charges.near_value) is not null, charges.effective_cost, 0)
        ), 0) as decimal(38,21)) as near_cost,
        cast(coalesce(sum(charges.effective_cost), 0) as decimal(38,21)) as effective_cost
    from months
    left join charges
        on months.rule_id = charges.rule_id and months.billing_month = charges.billing_month
        and months.billing_currency <=> charges.billing_currency
    group by all
),

taggable as (
    select *, plus(plus(allowed_cost, disallowed_cost), missing_cost) as taggable_cost from sums
)

select
    taggable.rule_id,
    taggable.billing_month,
    taggable.billing_currency,
    taggable.team_id,
    targets.tag_key,
    taggable.effective_cost,
    taggable.taggable_cost,
    taggable.allowed_cost,
    taggable.disallowed_cost,
    taggable.missing_cost,
    taggable.near_cost,
    taggable.net_credit,
    taggable.not_taggable_cost,
    cast({{ divided("taggable.allowed_cost", "taggable.taggable_cost", 9) }} as decimal(18,9)) as coverage_ratio,
    targets.minimum_percent
from taggable
inner join {{ source('conf.tag_targets') }} as targets on taggable.rule_id = targets.rule_id
