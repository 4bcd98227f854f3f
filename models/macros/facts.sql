{# What conditions on allocated charges compare, by the key of the condition. #}
{% macro allocated_facts() %}map(
            'ResourceId', ResourceId, 'ResourceName', ResourceName, 'ResourceType', ResourceType,
            'SubAccountId', SubAccountId, 'SubAccountName', SubAccountName, 'BillingAccountId', BillingAccountId,
            'ServiceName', ServiceName, 'ServiceCategory', ServiceCategory, 'ServiceSubcategory', ServiceSubcategory,
            'ServiceProviderName', ServiceProviderName, 'RegionId', RegionId, 'ChargeCategory', ChargeCategory,
            'SkuId', SkuId, 'CommitmentDiscountId', CommitmentDiscountId, 'x_SourceId', x_SourceId,
            'team', x_TeamId, 'project', x_ProjectId, 'environment', x_Environment, 'model', x_ModelId, 'endpoint', x_EndpointId
        ){% endmacro %}
