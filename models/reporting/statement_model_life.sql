{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with months as (
    select * from {{ ref('economics.receiver_life_months') }}
),

lives as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, model_id, min(history_month) as first_month,
        sum(if(history_month = billing_month, training_cost, 0)) as training,
        sum(if(history_month = billing_month, inference_cost, 0)) as inference,
        sum(if(history_month = billing_month, other_cost, 0)) as other,
        sum(training_cost) as training_to_date, sum(inference_cost) as inference_to_date, sum(other_cost) as other_to_date,
        max(complete_from) as complete_from, min(is_complete) as is_complete,
        min(if(is_complete and training_to_date > 0 and inference_to_date > training_to_date, history_month, null)) as overtaken_month
    from months
    group by all
),

ranked as (
    {{ ranked("lives", "training_to_date + inference_to_date + other_to_date desc, model_id") }}
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, {{ of_one("model_id") }} as model_id, min(first_month) as first_month,
        sum(training) as training, sum(inference) as inference, sum(other) as other, min(is_complete) as is_complete,
        {{ of_one("complete_from") }} as complete_from, sum(training_to_date) as training_to_date,
        sum(inference_to_date) as inference_to_date,
        sum(plus(plus(training_to_date, inference_to_date), other_to_date)) as cost_to_date,
        {{ of_one("overtaken_month") }} as overtaken_month
    from ranked
    group by all
)

select
    {{ receiver() }},
    cast(position as int) as position,
    {{ line_id("'l'") }} as line_id,
    cast(members as int) as members,
    model_id,
    first_month,
    cast(round(training, 2) as decimal(38, 2)) as training_shown,
    cast(round(inference, 2) as decimal(38, 2)) as inference_shown,
    cast(round(training + inference + other, 2) as decimal(38, 2)) as cost_shown,
    cast(round(training_to_date, 2) as decimal(38, 2)) as training_to_date_shown,
    cast(round(inference_to_date, 2) as decimal(38, 2)) as inference_to_date_shown,
    cast(round(cost_to_date, 2) - round(training_to_date, 2) - round(inference_to_date, 2) as decimal(38, 2)) as other_to_date_shown,
    cast(round(cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown,
    cast(cost_to_date as decimal(38, 21)) as cost_to_date,
    overtaken_month,
    case
        when members > 1 then null
        when not is_complete then 'incomplete'
        when overtaken_month is not null then 'overtaken'
        when training_to_date = 0 then 'no_training'
        when inference_to_date = 0 then 'no_inference'
        else 'training_leads'
    end as status,
    is_complete,
    complete_from
from folded
