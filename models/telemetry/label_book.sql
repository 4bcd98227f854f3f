with keys as (
    select
        canonical,
        transform(array_sort(collect_list(struct(position, alias))), k -> k.alias) as aliases
    from {{ source('conf.workload_labels') }}
    group by all
)

select
    (select map_from_entries(array_sort(collect_list(struct(canonical, aliases)))) from keys) as label_keys,
    (
        select map_from_entries(array_sort(collect_list(struct(alias, value))))
        from {{ source('conf.tag_values') }}
        where canonical_key = 'model'
    ) as model_names
