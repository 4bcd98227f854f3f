{# Whether the line is an upfront fee of a reservation, and the reserved total was not delivered. #}
{% macro is_without_total() %}line_item_line_item_type = 'Fee'
        and coalesce(reservation_total_reserved_normalized_units, reservation_total_reserved_units) is null{% endmacro %}
{# The quantity that a reservation fee pays for, in normalised units if delivered: the delivered total; for an upfront fee without a
   total, the number of reservations times the units of each reservation or, if these were not delivered, times the hours of the term. #}
{% macro reserved_quantity() %}coalesce(
        cast(coalesce(reservation_total_reserved_normalized_units, reservation_total_reserved_units) as decimal(38, 21)),
        if({{ is_without_total() }}, product(
            cast(coalesce(reservation_number_of_reservations, line_item_usage_amount) as decimal(38, 21)),
            coalesce(
                cast(coalesce(reservation_normalized_units_per_reservation, reservation_units_per_reservation)
                    as decimal(38, 21)),
                cast(24 * datediff(
                    add_months(
                        cast(line_item_usage_start_date as timestamp),
                        12 * try_cast(replace(pricing_lease_contract_length, 'yr') as int)
                    ),
                    cast(line_item_usage_start_date as timestamp)
                ) as decimal(38, 21))
            ),
            21
        ), null)
    ){% endmacro %}
