package costlake.telemetry.k8s;

import costlake.telemetry.series.Quantity;
import java.util.List;

/** What is measured of nodes and pods, and which labels identify and describe them. */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
enum KubernetesQuantity implements Quantity {
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
  POD_OWNER(Labels.POD_NAME, List.of(), Labels.OWNER),
  JOB_OWNER(List.of("namespace", "job_name"), List.of(), Labels.OWNER);

  /** Names of labels. */
  private static final class Labels {
    static final List<String> NODE = List.of("node");
    static final List<String> POD_NAME = List.of("namespace", "pod");
    static final List<String> POD = List.of("namespace", "pod", "node");
    static final List<String> OWNER = List.of("owner_kind", "owner_name");

    private Labels() {}
  }

  static final List<KubernetesQuantity> OF_NODES =
      List.of(
          NODE_CPU_CAPACITY,
          NODE_MEMORY_CAPACITY,
          NODE_ACCELERATOR_CAPACITY,
          NODE_LABELS,
          NODE_ROLE);

  private final List<String> subject;
  private final List<String> part;
  private final List<String> attributes;

  KubernetesQuantity(List<String> subject, List<String> part, List<String> attributes) {
    this.subject = subject;
    this.part = part;
    this.attributes = attributes;
  }

  @Override
  public List<String> subject() {
    return subject;
  }

  @Override
  public List<String> part() {
    return part;
  }

  @Override
  public List<String> attributes() {
    return attributes;
  }
}
