{# The life of each model up to the month of a statement: only months in which the model cost the receiver something. It begins with the
   first complete month of the model; in statements of earlier months, with the first month. #}
with months as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, model_id, sum(training_cost) as training_cost,
        sum(inference_cost) as inference_cost, sum(other_cost) as other_cost
    from {{ ref('economics.receiver_model_months') }}
    group by all
),

complete as (
    select subject_id, complete_from from {{ ref('economics.first_complete_months') }} where subject_kind = 'model'
),

statements as (
    select distinct billing_month, receiver_id, billing_currency from months
),

lives as (
    select
        statements.billing_month, months.* except (billing_month), months.billing_month as history_month,
        complete.complete_from, statements.billing_month >= coalesce(complete.complete_from, statements.billing_month) as is_complete,
        sum(training_cost) over life as training_to_date,
        sum(inference_cost) over life as inference_to_date,
        sum(other_cost) over life as other_to_date
    from statements
    inner join months
        on statements.receiver_id = months.receiver_id and statements.billing_currency = months.billing_currency
        and months.billing_month <= statements.billing_month
    left join complete on months.model_id = complete.subject_id
    where months.billing_month >= complete.complete_from or complete.complete_from is null
        or statements.billing_month < complete.complete_from
    window life as (
        partition by statements.billing_month, months.receiver_id, months.billing_currency, months.model_id
        order by months.billing_month rows between unbounded preceding and current row
    )
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    model_id,
    history_month,
    cast(training_cost as decimal(38, 21)) as training_cost,
    cast(inference_cost as decimal(38, 21)) as inference_cost,
    cast(other_cost as decimal(38, 21)) as other_cost,
    cast(training_to_date as decimal(38, 21)) as training_to_date,
    cast(inference_to_date as decimal(38, 21)) as inference_to_date,
    cast(other_to_date as decimal(38, 21)) as other_to_date,
    complete_from,
    is_complete
from lives
