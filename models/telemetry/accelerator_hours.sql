select * from {{ ref('telemetry.kubernetes_accelerator_hours') }}
union all
select * from {{ ref('telemetry.interval_accelerator_hours') }}
