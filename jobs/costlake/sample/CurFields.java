package costlake.sample;

import java.util.List;
import java.util.Map;

/** The columns of a CUR 2.0 export, in its order. */
final class CurFields {
  static final List<ExportField> ALL =
      ExportField.parse(
          """
          TEXT bill_bill_type bill_billing_entity
          TIME bill_billing_period_end_date bill_billing_period_start_date
          TEXT bill_invoice_id bill_invoicing_entity bill_payer_account_id bill_payer_account_name
          MAP cost_category discount
          NUMBER discount_bundled_discount discount_total_discount
          TEXT identity_line_item_id identity_time_interval line_item_availability_zone
          NUMBER line_item_blended_cost
          TEXT line_item_blended_rate line_item_currency_code line_item_legal_entity
          TEXT line_item_line_item_description line_item_line_item_type
          NUMBER line_item_net_unblended_cost
          TEXT line_item_net_unblended_rate
          NUMBER line_item_normalization_factor line_item_normalized_usage_amount
          TEXT line_item_operation line_item_product_code line_item_resource_id line_item_tax_type
          NUMBER line_item_unblended_cost
          TEXT line_item_unblended_rate line_item_usage_account_id line_item_usage_account_name
          NUMBER line_item_usage_amount
          TIME line_item_usage_end_date line_item_usage_start_date
          TEXT line_item_usage_type pricing_currency pricing_lease_contract_length
          TEXT pricing_offering_class
          NUMBER pricing_public_on_demand_cost
          TEXT pricing_public_on_demand_rate pricing_purchase_option pricing_rate_code
          TEXT pricing_rate_id pricing_term pricing_unit
          MAP product
          TEXT product_comment product_fee_code product_fee_description product_from_location
          TEXT product_from_location_type product_from_region_code product_instance_family
          TEXT product_instance_type product_instancesku product_location product_location_type
          TEXT product_operation product_pricing_unit product_product_family product_region_code
          TEXT product_servicecode product_sku product_to_location product_to_location_type
          TEXT product_to_region_code product_usagetype
          NUMBER reservation_amortized_upfront_cost_for_usage
          NUMBER reservation_amortized_upfront_fee_for_billing_period
          TEXT reservation_availability_zone
          NUMBER reservation_effective_cost
          TEXT reservation_end_time reservation_modification_status
          NUMBER reservation_net_amortized_upfront_cost_for_usage
          NUMBER reservation_net_amortized_upfront_fee_for_billing_period
          NUMBER reservation_net_effective_cost reservation_net_recurring_fee_for_usage
          NUMBER reservation_net_unused_amortized_upfront_fee_for_billing_period
          NUMBER reservation_net_unused_recurring_fee reservation_net_upfront_value
          TEXT reservation_normalized_units_per_reservation reservation_number_of_reservations
          NUMBER reservation_recurring_fee_for_usage
          TEXT reservation_reservation_a_r_n reservation_start_time reservation_subscription_id
          TEXT reservation_total_reserved_normalized_units reservation_total_reserved_units
          TEXT reservation_units_per_reservation
          NUMBER reservation_unused_amortized_upfront_fee_for_billing_period
          NUMBER reservation_unused_normalized_unit_quantity reservation_unused_quantity
          NUMBER reservation_unused_recurring_fee reservation_upfront_value
          MAP resource_tags
          NUMBER savings_plan_amortized_upfront_commitment_for_billing_period
          TEXT savings_plan_end_time savings_plan_instance_type_family
          NUMBER savings_plan_net_amortized_upfront_commitment_for_billing_period
          NUMBER savings_plan_net_recurring_commitment_for_billing_period
          NUMBER savings_plan_net_savings_plan_effective_cost
          TEXT savings_plan_offering_type savings_plan_payment_option savings_plan_purchase_term
          NUMBER savings_plan_recurring_commitment_for_billing_period
          TEXT savings_plan_region savings_plan_savings_plan_a_r_n
          NUMBER savings_plan_savings_plan_effective_cost savings_plan_savings_plan_rate
          TEXT savings_plan_start_time
          NUMBER savings_plan_total_commitment_to_date savings_plan_used_commitment
          TEXT split_line_item_parent_resource_id
          NUMBER split_line_item_actual_usage split_line_item_net_split_cost
          NUMBER split_line_item_net_unused_cost split_line_item_public_on_demand_split_cost
          NUMBER split_line_item_public_on_demand_unused_cost split_line_item_reserved_usage
          NUMBER split_line_item_split_cost split_line_item_split_usage
          NUMBER split_line_item_split_usage_ratio split_line_item_unused_cost""");

  static final Map<String, Integer> POSITIONS = ExportField.positions(ALL);

  private CurFields() {}
}
