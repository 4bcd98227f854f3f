package costlake.land.focus;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A delivered header told apart: which column stands where, what had to be repaired, what is left
 * over, which version it is.
 *
 * @param positions FOCUS column to its position
 * @param rest positions of everything else
 * @param repairs names of the repairs made on the header
 */
record FocusHeader(
    Map<String, Integer> positions, List<Integer> rest, List<String> repairs, String version) {
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "provider", "ProviderName",
          "publisher", "PublisherName",
          "invoiceissuer", "InvoiceIssuerName",
          "region", "RegionId");

  static FocusHeader of(List<String> names) {
    Map<String, String> byLowerCase = new HashMap<>();
    FocusColumn.ALL.forEach(c -> byLowerCase.put(c.name().toLowerCase(Locale.ROOT), c.name()));
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (byLowerCase.containsValue(names.get(i))) {
        positions.put(names.get(i), i);
      }
    }
    List<Integer> rest = new ArrayList<>();
    List<String> repairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String lower = name.toLowerCase(Locale.ROOT);
      if (positions.containsKey(name)) {
        continue;
      }
      String meant = byLowerCase.getOrDefault(lower, OLD_NAMES.get(lower));
      if (meant != null && !positions.containsKey(meant)) {
        positions.put(meant, i);
        repairs.add((byLowerCase.containsKey(lower) ? "column_case:" : "old_column:") + name);
      } else {
        rest.add(i);
        if (!lower.startsWith("x_")) {
          repairs.add("stray_column:" + name);
        }
      }
    }
    return new FocusHeader(positions, rest, repairs, version(positions));
  }

  private static String version(Map<String, Integer> positions) {
    boolean old =
        FocusColumn.ALL.stream()
            .anyMatch(c -> !c.removed().isEmpty() && positions.containsKey(c.name()));
    String newest =
        FocusColumn.ALL.stream()
            .filter(c -> positions.containsKey(c.name()))
            .map(FocusColumn::introduced)
            .max(String::compareTo)
            .orElse("1.0");
    return newest.equals("1.3") && !old ? "1.4" : newest;
  }

  FocusHeader checked(String file, List<String> names) {
    for (FocusColumn column : FocusColumn.ALL) {
      if (column.required() && !positions.containsKey(column.name())) {
        throw Failure.data(
            "Cannot read "
                + file
                + " as FOCUS Cost and Usage: it has no column "
                + column.name()
                + "."
                + Nearest.to(column.name(), rest.stream().map(names::get).toList())
                    .map(near -> " Is it '" + near + "', misspelt?")
                    .orElse("")
                + " Check the export's columns and deliver it again.");
      }
    }
    return this;
  }
}
