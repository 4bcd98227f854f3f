{% import "macros/focus_versions.sql" %}select
    {{ shared_columns() }},
    AllocatedMethodDetails, AllocatedMethodId, AllocatedResourceId, AllocatedResourceName, AllocatedTags,
    replace(ContractApplied, '"ContractId"', '"ContractID"') as ContractApplied,
    HostProviderName, ServiceProviderName,
    coalesce(try_element_at(x_SourceColumns, 'ProviderName'), ServiceProviderName) as ProviderName,
    coalesce(try_element_at(x_SourceColumns, 'PublisherName'), ServiceProviderName) as PublisherName,
    {{ own_columns() }}
from {{ ref('focus.cost_and_usage') }}
