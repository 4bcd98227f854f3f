{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.actions_notebooks') }}
    union all
    select * from {{ ref('economics.actions_devices') }}
    union all
    select * from {{ ref('economics.actions_nodes') }}
    union all
    select * from {{ ref('economics.actions_commitments') }}
    union all
    select * from {{ ref('economics.actions_prices') }}
),

received as (
    {{ received("costs", "costs.billing_month", ref('economics.receivers'), "project_id") }}
),

parts as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, action, subject_id, owner_id, item_id,
        item_name, compared_with, part, sum(quantity) as quantity, sum(whole_cost) as whole_cost, sum(saved) as saved
    from received
    group by all
    union all
    select * from {{ ref('economics.actions_training') }}
    union all
    select * from {{ ref('economics.actions_endpoints') }}
),

sums as (
    select
        *,
        sum(saved) over (
            partition by billing_month, receiver_id, billing_currency, action, owner_id, subject_id
        ) as saved_by_action
    from parts
),

-- of several actions about one workload or endpoint, the one that saves most
chosen as (
    select
        *,
        max(struct(saved_by_action, action)) over (
            partition by
                billing_month, receiver_id, billing_currency, owner_id, subject_id,
                if(action in ('notebook_off_hours', 'spare_accelerators', 'dear_endpoint'), 'workload', action)
        ).action as best_action
    from sums
    where saved_by_action > 0
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    action,
    subject_id,
    owner_id,
    item_id,
    item_name,
    compared_with,
    part,
    cast(quantity as decimal(38,9)) as quantity,
    cast(whole_cost as decimal(38,21)) as whole_cost,
    cast(saved as decimal(38,21)) as saved
from chosen
where action = best_action
