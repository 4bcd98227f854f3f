package costlake.report;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * The colours of all charts. A category has the same colour on every page and for every team.
 * {@code web.css} lists the colour that replaces each of them on a dark screen.
 */
final class ChartColours {
  static final String INK = "#1b2326";
  static final String RISE = "#0b5d5e";
  static final String FALL = "#8fbdb8";
  static final String PROVISIONED = "#dfe5e5";
  static final String ALLOCATED = "#8fbdb8";
  static final String ACTIVE = "#0b5d5e";
  static final String IDLE = "#b4541a";
  static final String UNKNOWN = "#9aa5a6";

  /** Fill of hatched marks. */
  static final String HATCHED = "#d3dedd";

  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          entry("training", "#0b5d5e"),
          entry("AI and Machine Learning", "#0b5d5e"),
          entry("inference", "#3f8f88"),
          entry("notebooks", "#8fbdb8"),
          entry("compute", "#5c6b73"),
          entry("Compute", "#5c6b73"),
          entry("storage", "#c9b27c"),
          entry("Storage", "#c9b27c"),
          entry("data", "#8a6d1f"),
          entry("Databases", "#8a6d1f"),
          entry("Analytics", "#b89a4e"),
          entry("network", "#a9bccb"),
          entry("Networking", "#a9bccb"),
          entry("platform", "#6b7fa3"),
          entry("Management and Governance", "#6b7fa3"),
          entry("managed", "#3d4f7a"),
          entry("unsplit", HATCHED),
          entry("Other", UNKNOWN));

  private static final List<String> FURTHER =
      List.of("#7a5c73", "#b08aa5", "#6f8f5a", "#a7bd8f", "#7d4b2f", "#d9a88a");

  private static final Map<String, String> KINDS =
      Map.of("direct", "#0b5d5e", "shared", "#3f8f88", "idle", "#c9b27c", "credit", "#b4541a");
  private static final String OTHER_KIND = UNKNOWN;

  private ChartColours() {}

  /**
   * Returns the colour of a category: a use, or a category of services. The name of an unknown
   * category decides its colour.
   */
  static String category(String name) {
    String known = CATEGORIES.get(name);
    return known == null ? FURTHER.get(Math.floorMod(name.hashCode(), FURTHER.size())) : known;
  }

  /** Returns the colour of a kind of cost. */
  static String kind(String name) {
    return KINDS.getOrDefault(name, OTHER_KIND);
  }
}
