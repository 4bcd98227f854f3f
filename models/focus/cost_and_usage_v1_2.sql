{% import "macros/focus_versions.sql" %}select
    {{ shared_columns() }},
    ProviderName, PublisherName,
    {{ own_columns() }}
from {{ ref('focus.cost_and_usage_v1_3') }}
