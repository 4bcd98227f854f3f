package costlake.telemetry.k8s;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod on a node requested and used in one hour, for one accelerator model. A pod with
 * accelerators of several models has one row for each model. The first row has the pod's CPU and
 * memory, and the other rows have 0. Names are as the source delivers them. Null means unknown.
 *
 * @param hour hour of the day, from 0 to 23
 * @param node node of the pod; null if the source does not name it
 * @param model accelerator model; null if no accelerator was allocated or requested, or if its
 *     model is unknown
 * @param holdsAccelerator whether a device was allocated or requested
 */
record WorkloadHour(
    int hour,
    @Nullable String node,
    String namespace,
    String pod,
    Owner owner,
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
    @Nullable BigDecimal coverage,
    Seen seen) {
  /**
   * What a pod belongs to: its controller, or the controller of its job.
   *
   * @param kind e.g. {@code PyTorchJob}; null if the pod has no controller
   */
  record Owner(@Nullable String kind, @Nullable String name) {}

  /**
   * When the samples say that a pod was there in the hour.
   *
   * @param time its seconds, without gaps
   * @param from first instant, in milliseconds since the epoch
   * @param until end of the last sample, in milliseconds since the epoch
   */
  record Seen(BigDecimal time, long from, long until) {}
}
