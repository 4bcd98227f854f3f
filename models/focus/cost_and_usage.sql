{% import "macros/focus_versions.sql" %}
with charges as (
    {{ every_charge() }}
)

select
    {{ focus_columns() }},
    {{ own_columns() }}
from charges
