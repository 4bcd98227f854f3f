{% import "macros/rules.sql" %}-- Finds owner rules that are in force in the newest month with a billed cost and match no charge and no workload of any
-- month, rules of endpoints that match no charge and no job, and pools and projects with a statement that match no charge of
-- any month. Later months may have shares of costs that were billed before.
with newest as (
    select max(billing_month) as billing_month
    from {{ ref('economics.monthly_costs') }}
    where billed_cost <> 0
),

rules as (
    select 'owner rule' as kind, rule_id, conditions, valid_from, valid_to from {{ source('conf.owner_rules') }}
    union all
    select 'endpoint', rule_id, conditions, valid_from, valid_to from {{ source('conf.endpoint_rules') }}
    union all
    select 'pool', pool_id, conditions, null, null from {{ source('conf.pools') }}
    union all
    select receiver_kind, receiver_id, null, null, null from {{ source('conf.receivers') }} where receiver_kind = 'project'
),

matched as (
    select 'owner rule' as kind, x_MatchedRuleId as rule_id from {{ ref('allocation.allocated_charges') }}
    union
    select 'owner rule', rule_id from {{ ref('allocation.workload_owners') }}
    union
    select 'endpoint', x_EndpointRuleId from {{ ref('allocation.allocated_charges') }}
    union
    select 'endpoint', labels['endpoint_rule'] from {{ ref('telemetry.workload_hours') }}
    union
    select 'pool', pool_id from {{ ref('economics.monthly_costs') }}
    union
    select receivers.receiver_kind, receivers.receiver_id
    from {{ source('conf.receivers') }} as receivers
    left semi join {{ ref('economics.monthly_costs') }} as costs on costs.project_id = receivers.project_id
)

select
    rules.kind,
    rules.rule_id as id,
    to_json(rules.conditions) as conditions
from rules
cross join newest
left anti join matched on rules.kind = matched.kind and rules.rule_id = matched.rule_id
where newest.billing_month is not null and ({{ holds_in("newest.billing_month") }})
