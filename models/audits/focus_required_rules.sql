with charges as (
    select * from {{ ref('focus.cost_and_usage') }}
),

broken as (
    select
        x_SourceId,
        x_ChargeId,
        explode(compact(array(
            if(BilledCost is null, 'CAU-BilledCost-T-003', null),
            if(EffectiveCost is null, 'CAU-EffectiveCost-T-003', null),
            if(ListCost is null, 'CAU-ListCost-T-003', null),
            if(ContractedCost is null, 'CAU-ContractedCost-T-003', null),
            if(BillingAccountId is null, 'CAU-BillingAccountId-T-003', null),
            if(BillingCurrency is null, 'CAU-BillingCurrency-T-004', null),
            if(BillingPeriodStart is null, 'CAU-BillingPeriodStart-T-003', null),
            if(BillingPeriodEnd is null, 'CAU-BillingPeriodEnd-T-003', null),
            if(BillingPeriodEnd <= BillingPeriodStart, 'CAU-BillingPeriodEnd-T-004', null),
            if(ChargePeriodStart is null, 'CAU-ChargePeriodStart-T-003', null),
            if(ChargePeriodEnd is null, 'CAU-ChargePeriodEnd-T-003', null),
            if(ChargeCategory is null, 'CAU-ChargeCategory-T-002', null),
            if(ChargeCategory not in ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'),
                'CAU-ChargeCategory-T-003', null),
            if(ChargeClass <> 'Correction', 'CAU-ChargeClass-T-005', null),
            if(ChargeFrequency is null, 'CAU-ChargeFrequency-T-002', null),
            if(ChargeFrequency not in ('One-Time', 'Recurring', 'Usage-Based'), 'CAU-ChargeFrequency-T-003', null),
            if(InvoiceIssuerName is null, 'CAU-InvoiceIssuerName-T-003', null),
            if(ServiceCategory is null, 'CAU-ServiceCategory-T-002', null),
            if(ServiceName is null, 'CAU-ServiceName-T-003', null),
            if(ServiceProviderName is null, 'CAU-ServiceProviderName-T-003', null)
        ))) as rule_id
    from charges
)

select
    rule_id,
    x_SourceId,
    count(*) as charges,
    min(x_ChargeId) as example_charge_id
from broken
group by all
