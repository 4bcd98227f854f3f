{% import "macros/receivers.sql" %}{% import "macros/stages.sql" %}with models as (
    select
        billing_month, team_id, project_id, billing_currency, model_id, {{ life_stage() }} as stage, sum(effective_cost) as cost
    from {{ ref('economics.use_costs') }} as costs
    {{ joined_stages(source('reference.use_kinds'), source('reference.service_uses')) }}
    where team_id is not null and billing_currency is not null and model_id is not null
    group by all
),

received as (
    {{ received("models", "models.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    model_id,
    team_id,
    cast(sum(if(stage in ('data', 'train', 'tune', 'evaluate'), cost, 0)) as decimal(38, 21)) as training_cost,
    cast(sum(if(stage = 'serve', cost, 0)) as decimal(38, 21)) as inference_cost,
    cast(sum(if(stage in ('store', 'other'), cost, 0)) as decimal(38, 21)) as other_cost
from received
group by all
