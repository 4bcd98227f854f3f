{% import "macros/rules.sql" %}with rules as (
    select
        array_sort(collect_list(struct(
            cast(case kind when 'override' then 1 when 'tag' then 2 when 'namespace' then 3 else 4 end as int) as rank,
            position, rule_id, team_id, project_id, environment, model_id, from_tags, valid_from, valid_to,
            if(
                from_tags, array(struct('team_is_known' as field, 'true' as value)),
                {{ conditions() }}
            ) as conditions
        ))) as rules
    from {{ source('conf.owner_rules') }}
),

pools as (
    select
        array_sort(collect_list(struct(
            tier, pool_id,
            {{ conditions() }} as conditions
        ))) as pools
    from {{ source('conf.pools') }}
),

node_groups as (
    select
        array_sort(collect_list(struct(
            position, group_id, method, idle_policy, idle_owner,
            {{ conditions() }} as conditions
        ))) as node_groups
    from {{ source('conf.node_groups') }}
),

keys as (
    select
        canonical,
        flatten(transform(
            array_sort(collect_list(struct(position, alias))), k -> array(k.alias, concat('user:', k.alias))
        )) as spellings
    from {{ source('conf.tag_keys') }}
    group by all
)

select
    transform(rules, r -> struct(
        r.rule_id as rule_id, r.team_id as team_id, r.project_id as project_id, r.environment as environment,
        r.model_id as model_id, r.from_tags as from_tags
    )) as owner_rules,
    transform(rules, r -> struct(
        r.valid_from as valid_from, r.valid_to as valid_to, r.conditions as conditions
    )) as owner_conditions,
    transform(pools, p -> p.pool_id) as pools,
    transform(pools, p -> struct(
        cast(null as date) as valid_from, cast(null as date) as valid_to, p.conditions as conditions
    )) as pool_conditions,
    transform(node_groups, g -> struct(
        g.group_id as group_id, g.method as method, g.idle_policy as idle_policy, g.idle_owner as idle_owner
    )) as node_groups,
    transform(node_groups, g -> struct(
        cast(null as date) as valid_from, cast(null as date) as valid_to, g.conditions as conditions
    )) as node_group_conditions,
    (select endpoint_rules from {{ ref('telemetry.endpoint_book') }}) as endpoint_rules,
    (select endpoint_conditions from {{ ref('telemetry.endpoint_book') }}) as endpoint_conditions,
    (select array_sort(collect_list(team_id)) from {{ source('conf.teams') }}) as teams,
    (select map_from_entries(array_sort(collect_list(struct(canonical, spellings)))) from keys) as tag_keys,
    (
        select map_from_entries(array_sort(collect_list(struct(concat(canonical_key, '=', alias), value))))
        from {{ source('conf.tag_values') }}
    ) as tag_values,
    (select max(value) from {{ source('conf.settings') }} where name = 'last_resort_team') as last_resort_team
from rules
cross join pools
cross join node_groups
