{# The name of a SKU, and of other charges than usage the description that all of them have; null if these differ. #}
{% macro common_name() %}if(
            sku_id is null and (count(*) > count(sku_name) or min(sku_name) <> max(sku_name)), null, max(sku_name)
        ){% endmacro %}
