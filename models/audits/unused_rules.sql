{% import "macros/rules.sql" %}-- Finds owner rules that are in force in the newest month with a billed cost and match no charge and no workload of any
-- month, rules of endpoints that match no charge and no job, and pools and projects with a statement that match no charge of
-- any month. Later months may have shares of costs that were billed before.
with newest as (
    select max(billing_month) as billing_month
    from {{ ref('economics.monthly_costs') }}
    where billed_cost <> 0
),

matched as (
    select x_MatchedRuleId as rule_id from {{ ref('allocation.allocated_charges') }}
    union
    select rule_id from {{ ref('allocation.workload_owners') }}
),

paid as (
    select x_EndpointRuleId as rule_id from {{ ref('allocation.allocated_charges') }}
    union
    select labels['endpoint_rule'] from {{ ref('telemetry.workload_hours') }}
),

pooled as (
    select distinct pool_id from {{ ref('economics.monthly_costs') }}
)

select
    'owner rule' as kind,
    rules.rule_id as id,
    to_json(rules.conditions) as conditions
from {{ source('conf.owner_rules') }} as rules
cross join newest
left anti join matched on rules.rule_id = matched.rule_id
where {{ holds_in("newest.billing_month") }}
union all
select
    'endpoint' as kind,
    rules.rule_id as id,
    to_json(rules.conditions) as conditions
from {{ source('conf.endpoint_rules') }} as rules
cross join newest
left anti join paid on rules.rule_id = paid.rule_id
where {{ holds_in("newest.billing_month") }}
union all
select
    'pool' as kind,
    pools.pool_id as id,
    to_json(pools.conditions) as conditions
from {{ source('conf.pools') }} as pools
cross join newest
left anti join pooled on pools.pool_id = pooled.pool_id
where newest.billing_month is not null
union all
select
    'project' as kind,
    receivers.receiver_id as id,
    cast(null as string) as conditions
from {{ source('conf.receivers') }} as receivers
cross join newest
left anti join {{ ref('economics.monthly_costs') }} as costs on receivers.receiver_id = concat('project.', costs.project_id)
where receivers.receiver_id like 'project.%' and newest.billing_month is not null
