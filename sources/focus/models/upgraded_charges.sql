{% import "macros/focus_versions.sql" %}{% import "macros/upgraded.sql" %}
with charges as (
    {{ upgraded(source('bronze.focus'), "focus") }}
)

select
    {{ focus_columns() }},
    {{ own_columns() }}
from charges
