{% import "sources/mapping/macros/mapped_days.sql" %}
with lines as (
    select
        * except (_delivery_id, _source_file, _file_no, _row),
        transform({{ months() }}, month -> greatest(month, cast(_first_day as date))) as usage_dates
    from {{ source('bronze.mapped') }}
    where _skipped is null and _spread is not null
)

select sha2(to_json(struct(*)), 256) as content, usage_dates
from lines
