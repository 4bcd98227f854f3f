{# The properties of a price as JSON, with keys of FOCUS or keys that begin with x_; null if no property was delivered. #}
{% macro price_details() %}if(coalesce(product_instance_type, product_vcpu, product_operating_system, product_storage_class, product_gpu,
        product_volume_type, product_deployment_option, product_database_engine, savings_plan_purchase_term,
        pricing_lease_contract_length) is null, null,
    to_json(named_struct(
        'CoreCount', try_cast(product_vcpu as int),
        'GpuCount', try_cast(product_gpu as int),
        'InstanceSeries', product_instance_type_family,
        'InstanceType', product_instance_type,
        'MemorySize', try_cast(replace(replace(product_memory, ' GiB'), ',') as decimal(18, 3)),
        'OperatingSystem', product_operating_system,
        'StorageClass', product_storage_class,
        'x_DatabaseEngine', product_database_engine,
        'x_DeploymentOption', product_deployment_option,
        'x_PaymentOption', coalesce(savings_plan_payment_option, pricing_purchase_option),
        'x_PurchaseTerm', coalesce(savings_plan_purchase_term, pricing_lease_contract_length),
        'x_Tenancy', product_tenancy,
        'x_VolumeType', product_volume_type
    ))){% endmacro %}
