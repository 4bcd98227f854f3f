with families as (
    select * from {{ ref('economics.run_families') }}
),

facts as (
    select * from {{ ref('economics.run_facts') }}
),

priced as (
    select run_id, billing_currency, cost, waste
    from {{ ref('economics.training_runs') }}
    where part = 'run' and cost is not null
),

-- a parent that no record describes is of the experiment of its children
counted as (
    select
        families.parent_run_id,
        if(count(distinct facts.experiment_id) = 1, max(facts.experiment_id), null) as experiment_id,
        count(if(level > 0, 1, null)) as children,
        count(if(level > 0 and costs.run_id is null, 1, null)) as children_without_cost
    from families
    left join facts on families.run_id = facts.run_id
    left join (select distinct run_id from priced) as costs on families.run_id = costs.run_id
    group by all
),

costs as (
    select
        families.parent_run_id, priced.billing_currency, sum(if(level = 0, cost, null)) as cost,
        sum(if(level > 0, cost, null)) as cost_of_children, sum(cost) as cost_with_children, sum(waste) as waste_with_children
    from families
    inner join priced on families.run_id = priced.run_id
    group by all
)

select
    counted.parent_run_id as run_id,
    costs.billing_currency,
    facts.run_name,
    facts.run_kind,
    facts.parent_run_id,
    coalesce(facts.experiment_id, counted.experiment_id) as experiment_id,
    facts.status,
    cast(children as int) as children,
    cast(children_without_cost as int) as children_without_cost,
    cast(cost as decimal(38, 21)) as cost,
    cast(cost_of_children as decimal(38, 21)) as cost_of_children,
    cast(cost_with_children as decimal(38, 21)) as cost_with_children,
    cast(waste_with_children as decimal(38, 21)) as waste_with_children
from counted
left join facts on counted.parent_run_id = facts.run_id
left join costs on counted.parent_run_id = costs.parent_run_id
