{# Turn a list of column names into SQL: the names as text, and the values that are null unless a condition holds. #}
{% macro names(columns) %}{% for name in columns | split(" ") %}'{{ name }}'{% if not loop.last %}, {% endif %}{% endfor %}{% endmacro %}
{% macro values_if(condition, columns) %}{% for name in columns | split(" ") %}if({{ condition }}, {{ name }}, null){% if not loop.last %}, {% endif %}{% endfor %}{% endmacro %}

{# Under their CUR 2.0 names: columns that columns.csv does not list; what a row without a price has instead of one; and the delivered
   amounts of rows whose FOCUS costs may differ from them: all but usage, and usage whose net cost is its cost. The type of a tax. #}
{% macro source_columns() %}{% set unpriced = "line_item_usage_amount pricing_rate_code pricing_rate_id pricing_public_on_demand_cost pricing_public_on_demand_rate product_sku" %}{% set amounts = "line_item_unblended_cost line_item_unblended_rate line_item_net_unblended_cost line_item_net_unblended_rate" %}with_values(
        coalesce(native, map()),
        array({{ names(unpriced) }}, {{ names(amounts) }}, 'line_item_tax_type'),
        array({{ values_if("not is_priced", unpriced) }}, {{ values_if("kind <> 'usage' or line_item_net_unblended_cost is not null", amounts) }},
            {{ values_if("kind <> 'usage'", "line_item_tax_type") }})
    ){% endmacro %}
