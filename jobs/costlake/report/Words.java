package costlake.report;

import java.util.Map;

/** What a statement calls the things that tables name by id. */
final class Words {
  private static final String CORRECTION = "correction ";
  private static final Map<String, String> KINDS =
      Map.of(
          "direct", "Direct",
          "shared", "Shared services",
          "idle", "Node idle",
          "credit", "Credits",
          "tax", "Tax",
          "unallocated", "Without a receiver");
  private static final Map<String, String> DRIVERS =
      Map.of(
          "even", "even parts",
          "fixed", "fixed shares",
          "cost", "direct cost",
          "accelerator_hours", "accelerator-hours held",
          "cpu_hours", "CPU-hours",
          "memory_hours", "memory GB-hours");
  private static final Map<String, String> CHECKS =
      Map.of(
          "billed_difference", "Billed charges of all sources less billed cost of all statements",
          "effective_difference", "The same for amortised cost",
          "tag_share", "Owned by a tag or label",
          "last_resort_share", "Owned by nobody else, so by the owner of last resort",
          "untagged_share", "Without any tag");

  private Words() {}

  static final Words WORDS = new Words();

  String kind(String id) {
    if (id != null && id.startsWith(CORRECTION)) {
      return "Correction of " + id.substring(CORRECTION.length());
    }
    return KINDS.getOrDefault(id, id);
  }

  /** What a pool was split by; a driver that nobody had units of carries that behind it. */
  String driver(String id) {
    if (id == null) {
      return Figures.UNKNOWN;
    }
    String driver = id.replaceFirst(" .*", "");
    String word = DRIVERS.getOrDefault(driver, driver);
    return driver.equals(id) ? word : "even parts: nobody had " + word;
  }

  String check(String id) {
    return CHECKS.getOrDefault(id, id);
  }
}
