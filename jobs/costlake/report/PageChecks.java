package costlake.report;

import costlake.report.StatementPages.PageFile;
import costlake.report.StatementPages.PageTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds mistakes in the files of pages that only all files together, or two keys, show. */
final class PageChecks {
  private final Map<String, String> seen = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private PageChecks() {}

  /**
   * Returns the mistakes, each with its file.
   *
   * @param files the files by their place, e.g. {@code reports/pages/summary.yml}
   */
  static List<String> problems(Map<String, PageFile> files) {
    PageChecks checks = new PageChecks();
    files.forEach(checks::check);
    return checks.problems;
  }

  private void check(String place, PageFile file) {
    once(place, "place " + file.place());
    file.tables()
        .forEach(
            (name, table) -> {
              once(place, "name '" + name + "'");
              once(place, "table " + table.table());
              once(place, "sheet " + table.sheet());
              checkExplanation(place, name, table);
            });
  }

  private void once(String place, String what) {
    String first = seen.putIfAbsent(what, place);
    if (first != null) {
      problems.add("%s: %s is also in %s. Change one of them".formatted(place, what, first));
    }
  }

  private void checkExplanation(String place, String name, PageTable table) {
    LineExplanation explain = table.explain();
    if (explain == null) {
      return;
    }
    if (!table.columns().contains("line_id")) {
      problems.add(
          "%s: '%s' has no line_id, which 'explain' needs. Add it to 'columns', or remove 'explain'"
              .formatted(place, name));
    }
    if (explain.by() == LineExplanation.By.EVENTS) {
      only(place, table, "by: events", "events");
    }
  }

  private void only(String place, PageTable table, String key, String allowed) {
    if (!table.table().equals(allowed)) {
      problems.add(
          "%s: '%s' is only for %s, not for %s. Use 'subject', 'label' and 'sums'"
              .formatted(place, key, allowed, table.table()));
    }
  }
}
