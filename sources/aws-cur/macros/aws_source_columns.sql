{# Turn a list of column names into SQL: the names as text, the values, and the values that are null unless a condition
   holds. #}
{% macro names(columns) %}{% for name in columns | split("[^a-z_]+") %}'{{ name }}'{% if not loop.last %}, {% endif %}{% endfor %}{% endmacro %}
{% macro values(columns) %}{{ columns | split("[^a-z_]+") | join(", ") }}{% endmacro %}
{% macro values_if(condition, columns) %}{% for name in columns | split("[^a-z_]+") %}if({{ condition }}, {{ name }}, null){% if not loop.last %}, {% endif %}{% endfor %}{% endmacro %}

{# The delivered AWS values that no FOCUS column has, under their CUR 2.0 names. A value that a FOCUS column has for priced rows
   is included only for other rows; a delivered cost is included only if the FOCUS cost differs. #}
{% macro source_columns() %}{% set plain = "bill_bill_type bill_billing_entity identity_line_item_id line_item_blended_cost
        line_item_blended_rate line_item_iam_principal line_item_legal_entity
        line_item_normalization_factor line_item_normalized_usage_amount line_item_product_code
        line_item_tax_type line_item_user_identifier pricing_lease_contract_length
        pricing_offering_class pricing_purchase_option pricing_rate_id pricing_term pricing_unit
        product_servicecode product_product_family product_product_name product_availability_zone
        product_comment product_fee_code product_fee_description product_from_location
        product_from_location_type product_from_region_code product_gpu_memory product_group
        product_group_description product_instance_family product_instancesku product_license_model
        product_location product_location_type product_physical_processor product_pricing_unit
        product_servicename product_storage_media product_to_location product_to_location_type
        product_to_region_code product_transfer_type reservation_amortized_upfront_cost_for_usage
        reservation_amortized_upfront_fee_for_billing_period reservation_availability_zone
        reservation_effective_cost reservation_end_time reservation_modification_status
        reservation_net_amortized_upfront_cost_for_usage
        reservation_net_amortized_upfront_fee_for_billing_period reservation_net_effective_cost
        reservation_net_recurring_fee_for_usage
        reservation_net_unused_amortized_upfront_fee_for_billing_period
        reservation_net_unused_recurring_fee reservation_net_upfront_value
        reservation_normalized_units_per_reservation reservation_number_of_reservations
        reservation_recurring_fee_for_usage reservation_start_time reservation_subscription_id
        reservation_total_reserved_normalized_units reservation_total_reserved_units
        reservation_units_per_reservation reservation_unused_amortized_upfront_fee_for_billing_period
        reservation_unused_normalized_unit_quantity reservation_unused_quantity
        reservation_unused_recurring_fee reservation_upfront_value
        savings_plan_amortized_upfront_commitment_for_billing_period savings_plan_end_time
        savings_plan_instance_type_family
        savings_plan_net_amortized_upfront_commitment_for_billing_period
        savings_plan_net_recurring_commitment_for_billing_period
        savings_plan_net_savings_plan_effective_cost savings_plan_offering_type
        savings_plan_recurring_commitment_for_billing_period savings_plan_region
        savings_plan_savings_plan_effective_cost savings_plan_savings_plan_rate savings_plan_start_time
        savings_plan_total_commitment_to_date savings_plan_used_commitment split_line_item_actual_usage
        split_line_item_net_split_cost split_line_item_net_unused_cost
        split_line_item_parent_resource_id split_line_item_public_on_demand_split_cost
        split_line_item_public_on_demand_unused_cost split_line_item_reserved_usage
        split_line_item_split_cost split_line_item_split_usage split_line_item_split_usage_ratio
        split_line_item_unused_cost discount_bundled_discount discount_total_discount" %}{% set unpriced = "line_item_usage_amount pricing_rate_code pricing_public_on_demand_cost pricing_public_on_demand_rate product_sku" %}{% set unused = "line_item_unblended_cost line_item_unblended_rate line_item_net_unblended_cost line_item_net_unblended_rate" %}with_values(
        coalesce(native, map()),
        array({{ names(plain) }}, {{ names(unpriced) }}, {{ names(unused) }}, 'cost_category', 'discount'),
        array(
            {{ values(plain) }},
            {{ values_if("not is_priced", unpriced) }},
            {{ values_if("kind <> 'usage' or line_item_net_unblended_cost is not null", unused) }},
            if(cardinality(cost_category) > 0, to_json(cost_category), null),
            if(cardinality(discount) > 0, to_json(discount), null)
        )
    ){% endmacro %}
