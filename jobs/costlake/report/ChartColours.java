package costlake.report;

import java.util.List;
import java.util.Map;

/** The colours of all charts. */
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

  private static final List<String> SERIES =
      List.of(
          "#0b5d5e", "#3f8f88", "#8fbdb8", "#c9b27c", "#9aa5a6", "#5c6b73", "#8a6d1f", "#3d4f7a",
          "#a9bccb", "#6b7fa3");
  private static final Map<String, String> KINDS =
      Map.of("direct", "#0b5d5e", "shared", "#3f8f88", "idle", "#c9b27c", "credit", "#b4541a");
  private static final String OTHER_KIND = UNKNOWN;

  private ChartColours() {}

  /** Returns the colour of a series: cost that is not split by use is hatched. */
  static String series(String name, int position) {
    return "unsplit".equals(name) ? HATCHED : SERIES.get(position % SERIES.size());
  }

  /** Returns the colour of a kind of cost. */
  static String kind(String name) {
    return KINDS.getOrDefault(name, OTHER_KIND);
  }
}
