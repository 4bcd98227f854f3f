package costlake.quota;

import costlake.core.Failure;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Gives the names that an enforcer has for what we name, each once. */
final class EnforcerNames {
  private final String enforcer;
  private final Map<String, String> configured;
  private final Map<String, String> given = new HashMap<>();

  /**
   * Begins without names.
   *
   * @param configured names of the enforcer by ours; all others are derived
   */
  EnforcerNames(String enforcer, Map<String, String> configured) {
    this.enforcer = enforcer;
    this.configured = configured;
  }

  /**
   * Returns the name: lower-case letters, digits and {@code -}, unless it is configured.
   *
   * @throws Failure with exit code 2 if something else has the name already, or nothing is left
   */
  String of(String ours) {
    String name = configured.getOrDefault(ours, plain(ours));
    String other = given.putIfAbsent(name, ours);
    if (other != null && !other.equals(ours)) {
      throw Failure.operator(
          "Cannot export quotas: '%s' and '%s' would both be '%s' in %s. Rename one of them, or"
              + " give an accelerator model another name in accelerator_names",
          other, ours, name, enforcer);
    }
    if (name.isEmpty()) {
      throw Failure.operator(
          "Cannot export quotas: '%s' has no letter that %s allows. Give it a name in"
              + " accelerator_names",
          ours, enforcer);
    }
    return name;
  }

  private static String plain(String ours) {
    return ours.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
