package costlake.quota;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Nearest;
import costlake.land.read.ReferenceCsv;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The accelerator models of {@code reference/accelerators.csv}, with their vendors. */
final class Accelerators {
  private static final String LIST = "accelerators";
  private static final String MODEL = "accelerator_model";
  private static final String VENDOR = "vendor";

  private static final Map<String, String> RESOURCES =
      Map.of(
          "NVIDIA", "nvidia.com/gpu",
          "AMD", "amd.com/gpu",
          "Intel", "habana.ai/gaudi",
          "AWS", "aws.amazon.com/neuron",
          "Google", "google.com/tpu",
          "Qualcomm", "qualcomm.com/qaic");

  /** The vendors whose accelerators Slurm counts as {@code gres/gpu}. */
  private static final List<String> GPU_VENDORS = List.of("NVIDIA", "AMD", "Intel");

  private final Map<String, String> vendors = new TreeMap<>();

  private Accelerators() {}

  /** Reads the list, with the rows of the configuration folder. */
  static Accelerators of(Config config) {
    try {
      Accelerators accelerators = new Accelerators();
      ReferenceCsv.read(config, LIST, List.of(MODEL, VENDOR))
          .forEach(
              row ->
                  accelerators.vendors.put(
                      ReferenceCsv.value(row, MODEL), ReferenceCsv.value(row, VENDOR)));
      return accelerators;
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read reference/%s.csv: %s", LIST, FileErrors.why(e));
    }
  }

  /**
   * Checks that the list has a model.
   *
   * @throws Failure with exit code 2 if it has not
   */
  void require(String quota, String model) {
    if (!vendors.containsKey(model)) {
      throw Failure.operator(
          """
          Cannot export quota '%s': no row of reference/accelerators.csv has accelerator_model
          '%s'.%s Correct it, or add it there
          """,
          quota, model, Nearest.hint(model, vendors.keySet()));
    }
  }

  /** Returns the vendor of a model; empty text if the list names none. */
  String vendor(String model) {
    return vendors.getOrDefault(model, "");
  }

  /** Returns the name of the resource in Kubernetes; empty for vendors without one. */
  Optional<String> resource(String model) {
    return Optional.ofNullable(RESOURCES.get(vendor(model)));
  }

  /** Whether Slurm counts accelerators of the model as {@code gres/gpu}. */
  boolean isGpu(String model) {
    return GPU_VENDORS.contains(vendor(model));
  }
}
