{% import "macros/tags.sql" %}{% import "macros/charge_columns.sql" %}with charges as (
    select *, from_json(Tags, 'map<string,string>') as tag_map from {{ ref('focus.cost_and_usage') }}
),

book as (
    select * from {{ ref('allocation.owner_book') }}
),

tagged as (
    select
        charges.*,
        {{ tag("tag_map", "team") }} as tag_team,
        {{ tag("tag_map", "project") }} as tag_project,
        {{ tag("tag_map", "environment") }} as tag_environment,
        {{ tag("tag_map", "model") }} as tag_model,
        map(
            'ResourceId', ResourceId, 'SubAccountId', SubAccountId, 'SubAccountName', SubAccountName,
            'BillingAccountId', BillingAccountId, 'ServiceName', ServiceName, 'ServiceCategory', ServiceCategory,
            'ServiceProviderName', ServiceProviderName, 'RegionId', RegionId, 'ChargeCategory', ChargeCategory,
            'SkuId', SkuId, 'ResourceName', ResourceName, 'CommitmentDiscountId', CommitmentDiscountId
        ) as fields,
        book.*
    from charges cross join book
),

matched as (
    select
        *,
        {{ rule("x_ChargeDate", "case
                when r.from_tags then array_contains(teams, tag_team)
                when r.kind = 'namespace' then false
                when r.kind = 'tag' then r.value = case r.field
                    when 'team' then tag_team when 'project' then tag_project
                    when 'environment' then tag_environment when 'model' then tag_model end
                else try_element_at(fields, r.field) = r.value end") }} as rule,
        try_element_at(filter(pools, p -> try_element_at(fields, p.field) = p.value), 1) as pool
    from tagged
)

select
    {{ charge_columns() }},
    BilledCost,
    ContractedCost,
    EffectiveCost,
    ListCost,
    x_ChargeId,
    x_ChargeDate,
    x_SourceId,
    coalesce(if(rule.from_tags, tag_team, rule.team_id), last_resort_team) as x_TeamId,
    coalesce(rule.project_id, tag_project) as x_ProjectId,
    coalesce(rule.environment, tag_environment) as x_Environment,
    coalesce(rule.model_id, tag_model) as x_ModelId,
    coalesce(rule.rule_id, 'last_resort') as x_OwnerRuleId,
    pool.pool_id as x_PoolId
from matched
