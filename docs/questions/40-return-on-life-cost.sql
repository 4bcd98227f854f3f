-- Finance: have the benefits of each model so far paid for its training and inference so far?
with benefits as (
    select team_id, model_id, benefit_currency, sum(benefit_shown) as benefit_shown
    from reporting.statement_value
    where receiver_kind = 'team' and benefit_shown is not null
    group by all
)
select
    life.team_id,
    life.billing_currency,
    life.model_id,
    life.cost_to_date_shown,
    benefits.benefit_shown,
    benefits.benefit_shown - life.cost_to_date_shown as return_shown,
    try_cast(
        (benefits.benefit_shown - life.cost_to_date_shown) / nullif(life.cost_to_date_shown, 0) as decimal(18, 9)
    ) as roi
from reporting.statement_model_life as life
left join benefits
    on benefits.team_id = life.team_id and benefits.model_id = life.model_id
    and benefits.benefit_currency = life.billing_currency
where life.receiver_kind = 'team' and life.billing_month = (select max(billing_month) from reporting.statement_model_life)
    and life.model_id is not null
order by roi desc nulls last, life.cost_to_date_shown desc, life.line_id
