{% import "macros/budgets.sql" %}{% import "macros/facts.sql" %}{% import "macros/tag_policy.sql" %}with rules as (
    select
        listed.*, map_entries(listed.conditions) as required, book.tag_values,
        coalesce(
            try_element_at(book.tag_keys, listed.tag_key), array(listed.tag_key, concat('user:', listed.tag_key))
        ) as spellings
    from {{ source('conf.tag_rules') }} as listed
    cross join {{ ref('allocation.rule_book') }} as book
),

charges as (
    select
        x_BillingMonth as billing_month, x_AllocationDate as usage_date, BillingCurrency as billing_currency, x_TeamId as team_id,
        x_OwnerRuleId as owner_rule_id, ServiceProviderName as provider, SubAccountId as sub_account_id, ServiceName as service,
        ResourceId as resource_id, ResourceName as resource_name, EffectiveCost as cost,
        from_json(Tags, 'map<string,string>') as tags, from_json(AllocatedTags, 'map<string,string>') as labels,
        {{ untaggable_reason() }} as untaggable_reason,
        {{ allocated_facts() }} as facts
    from {{ ref('allocation.allocated_charges') }}
),

-- a workload's own labels count where the node that it shares has no such tag
selected as (
    select
        rules.rule_id, rules.spellings, charges.*,
        coalesce(first_present(charges.tags, rules.spellings), first_present(charges.labels, rules.spellings)) as found
    from charges
    inner join rules
        on (rules.valid_from is null or charges.usage_date >= rules.valid_from)
        and (rules.valid_to is null or charges.usage_date < rules.valid_to)
        and forall(rules.required, c -> try_element_at(charges.facts, c.key) <=> c.value)
),

in_scope as (
    {{ of_their_cost_centre("selected", "rules", ref('economics.receivers'), "rule_id") }}
),

read_tags as (
    select *, if(untaggable_reason is null and trim(found) <> '', found, null) as tag_value from in_scope
),

sums as (
    select
        rule_id, billing_month, billing_currency, team_id, owner_rule_id, provider, sub_account_id, service, resource_id,
        untaggable_reason, tag_value,
        if(
            untaggable_reason is null and tag_value is null,
            array_min(array_union({{ near_keys("tags") }}, {{ near_keys("labels") }})), null
        ) as near_key,
        max(resource_name) as resource_name,
        sum(cost) as cost
    from read_tags
    group by all
),

-- the configuration may give a delivered value another meaning
meant as (
    select
        sums.*, rules.allowed_values, rules.pattern,
        coalesce(try_element_at(rules.tag_values, concat(rules.tag_key, '=', sums.tag_value)), sums.tag_value) as meaning
    from sums
    inner join rules on sums.rule_id = rules.rule_id
),

judged as (
    select
        *,
        case
            when untaggable_reason is not null then 'not_taggable'
            when meaning is null then 'missing'
            when (allowed_values is null or array_contains(allowed_values, meaning)) and {{ matches("meaning") }} then 'allowed'
            else 'disallowed'
        end as tag_state,
        if(
            allowed_values is null,
            filter(array(trim(meaning), lower(trim(meaning)), upper(trim(meaning))), v -> {{ matches("v") }}),
            filter(allowed_values, v -> {{ bare("v") }} = {{ bare("meaning") }})
        ) as near_values
    from meant
)

select
    judged.rule_id,
    judged.billing_month,
    judged.billing_currency,
    judged.team_id,
    case
        when judged.owner_rule_id in ('last_resort', 'idle_owner') then judged.owner_rule_id
        when kinds.kind is null and startswith(judged.owner_rule_id, 'pool ') then 'pool'
        else coalesce(kinds.kind, 'other')
    end as owner_kind,
    judged.owner_rule_id,
    judged.provider,
    judged.sub_account_id,
    judged.service,
    judged.resource_id,
    judged.resource_name,
    judged.tag_state,
    judged.untaggable_reason,
    judged.tag_value,
    judged.near_key,
    if(judged.tag_state = 'disallowed', try_element_at(judged.near_values, 1), null) as near_value,
    cast(judged.cost as decimal(38,21)) as effective_cost
from judged
left join {{ source('conf.owner_rules') }} as kinds on judged.owner_rule_id = kinds.rule_id
