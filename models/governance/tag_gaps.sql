with gaps as (
    select
        *,
        row_number() over (
            partition by rule_id, billing_month, billing_currency
            order by effective_cost desc, team_id, owner_rule_id, provider, sub_account_id, service, resource_id, tag_state, tag_value, near_key
        ) as position
    from {{ ref('governance.tag_charges') }}
    where tag_state in ('missing', 'disallowed') and effective_cost > 0
)

select
    rule_id,
    billing_month,
    billing_currency,
    cast(position as int) as position,
    team_id,
    owner_kind,
    owner_rule_id,
    provider,
    sub_account_id,
    service,
    resource_id,
    resource_name,
    tag_state,
    tag_value,
    near_key,
    near_value,
    effective_cost
from gaps
