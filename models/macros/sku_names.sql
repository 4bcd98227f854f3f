{# The name of a SKU, and of other charges than usage the description that all of them have; null if these differ. #}
{% macro common_name() %}if(
            sku_id is null and (count(*) > count(sku_name) or min(sku_name) <> max(sku_name)), null, max(sku_name)
        ){% endmacro %}

{# What the bill says of the SKU of a charge in words, without the price that may come first ("$0.08 per "), where its meter is a
   code such as USE1-DataTransfer; null if the charge names a type of instance, or if its description repeats the code. #}
{% macro sku_words() %}if(
            SkuId is null or get_json_object(SkuPriceDetails, '$.InstanceType') is not null or contains(SkuMeter, ' ')
            or contains(ChargeDescription, coalesce(SkuMeter, SkuId)),
            null, nullif(trim(regexp_replace(ChargeDescription, '^([$]|USD )[0-9.,]+ per ', '')), '')
        ){% endmacro %}

{# The words for what the columns name, from the usage of a month and of the month before (macro sides): the newest, of the largest cost. #}
{% macro described(sides, columns) %}select
        billing_month, {{ columns }},
        max(struct(is_latest, abs(effective_cost) as size, sku_description)).sku_description as sku_description
    from {{ sides }}
    where sku_description is not null
    group by billing_month, {{ columns }}{% endmacro %}
