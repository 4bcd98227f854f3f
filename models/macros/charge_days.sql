{# The first and the last day over which a charge is spread. #}
{% macro first_day() %}to_date(greatest(ChargePeriodStart, BillingPeriodStart)){% endmacro %}
{% macro last_day() %}to_date(least(ChargePeriodEnd, BillingPeriodEnd) - interval 1 microsecond){% endmacro %}
{# The days over which a charge is spread; its own day if it lasts no longer than a day. *_day: the first and the last day. #}
{% macro spread_days(first_day="first_day", last_day="last_day") %}if(
            {{ last_day }} > {{ first_day }} and {{ first_day }} <= x_ChargeDate + interval 31 days,
            sequence({{ first_day }}, {{ last_day }}), array(x_ChargeDate)
        ){% endmacro %}
{# All days over which the charges of changed charge days are spread. #}
{% macro touched_days(charges, changed_days) %}select distinct explode(sequence(
    {{ first_day() }}, greatest({{ first_day() }}, {{ last_day() }}))) as day
from {{ charges }}
where x_ChargeDate in ({{ changed_days }})
union
select distinct x_ChargeDate from {{ charges }} where x_ChargeDate in ({{ changed_days }}){% endmacro %}
{# The charge days of all charges that are spread over any of the built days. #}
{% macro touching_days(charges, built_days) %}select distinct x_ChargeDate
from {{ charges }}
where ChargePeriodEnd > array_min(array({{ built_days }}))
    and BillingPeriodEnd > array_min(array({{ built_days }}))
    and exists(array({{ built_days }}), day -> day between {{ first_day() }} and {{ last_day() }}){% endmacro %}
