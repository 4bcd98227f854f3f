with rules as (
    select
        cast(case kind when 'override' then 1 when 'tag' then 2 when 'namespace' then 3 else 4 end as int) as rank,
        *
    from {{ source('conf.owner_rules') }}
),

keys as (
    select canonical, array_sort(collect_list(struct(position, alias))) as aliases
    from {{ source('conf.tag_keys') }}
    group by canonical
)

select
    (
        select
            array_sort(collect_list(struct(
                rank, position, rule_id, kind, valid_from, valid_to, field, value, team_id, project_id, environment,
                model_id, from_tags
            )))
        from rules
    ) as rules,
    (select array_sort(collect_list(team_id)) from {{ source('conf.teams') }}) as teams,
    (
        select map_from_entries(array_sort(collect_list(struct(canonical, transform(aliases, a -> a.alias)))))
        from keys
    ) as tag_keys,
    (
        select map_from_entries(array_sort(collect_list(struct(concat(canonical_key, '=', alias), value))))
        from {{ source('conf.tag_values') }}
    ) as tag_values,
    (select max(value) from {{ source('conf.settings') }} where name = 'last_resort_team') as last_resort_team,
    (
        select array_sort(collect_list(struct(tier, pool_id, field, value)))
        from {{ source('conf.pools') }}
    ) as pools
