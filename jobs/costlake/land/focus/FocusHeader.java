package costlake.land.focus;

import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Nearest;
import costlake.land.read.mapping.MisplacedExport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of the analysis of a header.
 *
 * @param positions position of each FOCUS column in the header
 * @param rest positions of all other columns
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

  /** Minimum number of FOCUS columns of a header that is reported as an incomplete FOCUS header. */
  private static final int FOCUS_COLUMNS_MIN = 5;

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

  /** Returns the required columns that are missing. */
  private List<String> absent() {
    return FocusColumn.ALL.stream()
        .filter(column -> column.required() && !positions.containsKey(column.name()))
        .map(FocusColumn::name)
        .toList();
  }

  Optional<String> missing() {
    return positions.size() < FOCUS_COLUMNS_MIN || absent().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Message.of(
                """
                it has %d columns of FOCUS Cost and Usage, but not %s. Add them to the export and
                deliver it again.
                """,
                positions.size(), String.join(", ", absent())));
  }

  List<String> lacking(boolean isProviderConfigured) {
    boolean hasProvider = isProviderConfigured || positions.containsKey("ProviderName");
    return FocusColumn.ALL.stream()
        .filter(column -> column.needed() && !positions.containsKey(column.name()))
        .map(FocusColumn::name)
        .filter(name -> !hasProvider || !name.equals("ServiceProviderName"))
        .toList();
  }

  FocusHeader checked(String file, List<String> names) {
    List<String> absent = absent();
    if (absent.isEmpty()) {
      return this;
    }
    throw Failure.data(
        "Cannot read %s as FOCUS Cost and Usage: %s",
        file, MisplacedExport.explain(names).orElseGet(() -> lacks(absent, names)));
  }

  private String lacks(List<String> absent, List<String> names) {
    String also =
        absent.size() == 1
            ? ""
            : " It also lacks " + String.join(", ", absent.subList(1, absent.size())) + ".";
    return Message.of(
        "it has no column %s.%s%s Check the export's columns and deliver it again.",
        absent.get(0),
        Nearest.to(absent.get(0), rest.stream().map(names::get).toList())
            .map(near -> " Is '" + near + "' a misspelling of it?")
            .orElse(""),
        also);
  }
}
