with keys as (
    select
        canonical,
        transform(array_sort(collect_list(struct(position, alias))), k -> k.alias) as aliases
    from {{ source('conf.workload_labels') }}
    group by all
)

select map_from_entries(array_sort(collect_list(struct(canonical, aliases)))) as label_keys
from keys
