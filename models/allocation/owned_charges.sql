{% import "macros/tags.sql" %}{% import "macros/charge_columns.sql" %}with charges as (
    select charges.*, book.*, from_json(Tags, 'map<string,string>') as tag_map
    from {{ ref('focus.cost_and_usage') }} as charges
    cross join {{ ref('allocation.rule_book') }} as book
),

tagged as (
    select
        *,
        {{ found_tags("tag_map") }}
    from charges
),

normalised as (
    select
        *,
        {{ meant_tags() }}
    from tagged
),

known as (
    select
        *,
        map(
            'ResourceId', ResourceId, 'ResourceName', ResourceName, 'ResourceType', ResourceType,
            'SubAccountId', SubAccountId, 'SubAccountName', SubAccountName, 'BillingAccountId', BillingAccountId,
            'ServiceName', ServiceName, 'ServiceCategory', ServiceCategory, 'ServiceSubcategory', ServiceSubcategory,
            'ServiceProviderName', ServiceProviderName, 'RegionId', RegionId, 'ChargeCategory', ChargeCategory,
            'SkuId', SkuId, 'CommitmentDiscountId', CommitmentDiscountId, 'x_SourceId', x_SourceId,
            'team', tag_team, 'project', tag_project, 'environment', tag_environment, 'model', tag_model, 'endpoint', tag_endpoint,
            'team_is_known', cast(array_contains(teams, tag_team) as string)
        ) as facts
    from normalised
),

matched as (
    select
        *,
        try_element_at(owner_rules, first_rule(owner_conditions, x_ChargeDate, facts)) as rule,
        try_element_at(pools, first_rule(pool_conditions, x_ChargeDate, facts)) as pool_id,
        try_element_at(endpoint_rules, first_rule(endpoint_conditions, x_ChargeDate, facts)) as paid
    from known
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
    pool_id as x_PoolId,
    paid.endpoint_id as x_EndpointId,
    paid.rule_id as x_EndpointRuleId
from matched
