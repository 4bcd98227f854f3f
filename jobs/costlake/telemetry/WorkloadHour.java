package costlake.telemetry;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a pod on a node asked for and used in one hour, of one accelerator model. A pod that holds
 * several models has a row for each; its CPU and memory stand on the first and are 0 on the others.
 * Names are the source's own; null is unknown.
 *
 * @param hour of the day
 * @param node null when the source did not say where the pod ran
 * @param model null when no accelerator was held or asked for, or its model is unknown
 * @param holdsAccelerator whether a device was held or asked for
 */
record WorkloadHour(
    int hour,
    String node,
    String namespace,
    String pod,
    String ownerKind,
    String model,
    boolean holdsAccelerator,
    BigDecimal acceleratorRequestedS,
    BigDecimal acceleratorAllocatedS,
    BigDecimal acceleratorActiveS,
    BigDecimal cpuRequestedCoreS,
    BigDecimal cpuUsedCoreS,
    BigDecimal memoryRequestedByteS,
    BigDecimal memoryUsedByteS,
    Map<String, String> labels,
    BigDecimal coverage) {}
