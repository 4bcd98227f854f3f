package costlake.config;

import java.util.Map;

/** The names that enforcers have for accelerator models, by our name of the model. */
public record AcceleratorNames(
    @Description(
            "ResourceFlavor of Kueue. Empty: the model in lower-case letters, digits and -, e.g."
                + " h100-80gb.")
        Map<String, String> kueue,
    @Description(
            "Type in gres.conf of Slurm. Empty: the model in lower-case letters, digits and -, e.g."
                + " h100-80gb.")
        Map<String, String> slurm) {
  public AcceleratorNames {
    kueue = checked(kueue, "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    slurm = checked(slurm, "[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  }

  private static Map<String, String> checked(Map<String, String> names, String pattern) {
    names.forEach(
        (model, name) -> {
          if (!name.matches(pattern)) {
            throw new IllegalArgumentException(
                "the name '" + name + "' of " + model + " must match " + pattern);
          }
        });
    return Map.copyOf(names);
  }
}
