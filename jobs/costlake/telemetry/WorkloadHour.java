package costlake.telemetry;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests and usage of a pod on a node in one hour, for one accelerator model. A pod with
 * accelerators of several models has a row for each; its CPU and memory are on the first and 0 on
 * the others. Names are the source's own; null is unknown.
 *
 * @param hour of the day
 * @param node null if the source does not say where the pod ran
 * @param model null if no accelerator was allocated or requested, or if its model is unknown
 * @param holdsAccelerator whether a device was allocated or requested
 */
record WorkloadHour(
    int hour,
    @Nullable String node,
    String namespace,
    String pod,
    @Nullable String ownerKind,
    @Nullable String model,
    boolean holdsAccelerator,
    @Nullable BigDecimal acceleratorRequestedS,
    @Nullable BigDecimal acceleratorAllocatedS,
    @Nullable BigDecimal acceleratorActiveS,
    @Nullable BigDecimal cpuRequestedCoreS,
    @Nullable BigDecimal cpuUsedCoreS,
    @Nullable BigDecimal memoryRequestedByteS,
    @Nullable BigDecimal memoryUsedByteS,
    Map<String, String> labels,
    @Nullable BigDecimal coverage) {}
