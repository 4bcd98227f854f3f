package costlake.telemetry;

import java.util.List;

/** What the values of a series measure, and which labels identify and describe the object. */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
enum MeasuredQuantity {
  NODE_CPU_CAPACITY(Labels.NODE, List.of(), List.of("provider_id")),
  NODE_MEMORY_CAPACITY(Labels.NODE, List.of(), List.of("provider_id")),
  NODE_ACCELERATOR_CAPACITY(Labels.NODE, List.of("resource"), List.of("provider_id")),
  NODE_LABELS(Labels.NODE, List.of(), List.of("label_*")),
  NODE_ROLE(Labels.NODE, List.of(), List.of("role")),
  POD_CPU_REQUESTED(Labels.POD, List.of(), List.of()),
  POD_MEMORY_REQUESTED(Labels.POD, List.of(), List.of()),
  POD_ACCELERATORS_REQUESTED(Labels.POD, List.of("resource"), List.of()),
  POD_CPU_USED(Labels.POD, List.of(), List.of()),
  POD_CPU_COUNTER(Labels.POD, List.of("container"), List.of()),
  POD_MEMORY_USED(Labels.POD, List.of(), List.of()),
  POD_LABELS(Labels.POD_NAME, List.of(), List.of("label_*")),
  POD_OWNER(Labels.POD_NAME, List.of(), List.of("owner_kind", "owner_name")),
  DEVICE_HELD(Labels.DEVICE, List.of("exported_namespace", "exported_pod"), Labels.DEVICE_FACTS),
  DEVICE_ENGINE_ACTIVE(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_UTILISATION(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_MEMORY_USED(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_ENERGY(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_POWER(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_SLICES_MAX(Labels.DEVICE, List.of(), Labels.DEVICE_FACTS),
  DEVICE_MEMORY_SIZE(Labels.DEVICE, List.of(), List.of());

  /**
   * Names of labels. {@code a|b} stands for label a or, if the series has no label a, for label b.
   */
  private static final class Labels {
    static final List<String> NODE = List.of("node");
    static final List<String> POD_NAME = List.of("namespace", "pod");
    static final List<String> POD = List.of("namespace", "pod", "node");
    static final List<String> DEVICE = List.of("Hostname|node", "UUID", "GPU_I_ID");
    static final List<String> DEVICE_FACTS = List.of("modelName", "GPU_I_PROFILE");

    private Labels() {}
  }

  static final List<MeasuredQuantity> OF_NODES =
      List.of(
          NODE_CPU_CAPACITY,
          NODE_MEMORY_CAPACITY,
          NODE_ACCELERATOR_CAPACITY,
          NODE_LABELS,
          NODE_ROLE);
  static final List<MeasuredQuantity> OF_DEVICES =
      List.of(
          DEVICE_HELD,
          DEVICE_ENGINE_ACTIVE,
          DEVICE_UTILISATION,
          DEVICE_MEMORY_USED,
          DEVICE_ENERGY,
          DEVICE_POWER,
          DEVICE_SLICES_MAX,
          DEVICE_MEMORY_SIZE);

  private final List<String> subject;
  private final List<String> part;
  private final List<String> attributes;

  MeasuredQuantity(List<String> subject, List<String> part, List<String> attributes) {
    this.subject = subject;
    this.part = part;
    this.attributes = attributes;
  }

  /** Returns the labels that identify the measured object. */
  List<String> subject() {
    return subject;
  }

  /** Returns the labels that divide the object into parts, e.g. into the containers of a pod. */
  List<String> part() {
    return part;
  }

  /** Returns the labels that describe the object; their values may change over time. */
  List<String> attributes() {
    return attributes;
  }
}
