package costlake.report;

import costlake.core.Nearest;
import costlake.page.LineExplanation;
import costlake.page.PageFile;
import costlake.page.PageTable;
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
              if (table.teamRows() != null) {
                once(place, "name '" + table.teamRows() + "'");
              }
              once(place, "table " + table.table());
              once(place, "sheet " + table.sheet());
              checkWords(place, name, table);
              checkExplanation(place, name, table);
            });
  }

  private void checkWords(String place, String name, PageTable table) {
    String title = SheetWords.of(table).title();
    once(place, "title '" + title + "'");
    if (title.length() > SheetWords.TITLE_MAX) {
      problems.add(
          "%s: the title '%s' has more than %d characters, the maximum for a sheet of a workbook"
              .formatted(place, title, SheetWords.TITLE_MAX));
    }
    checkCodes(place, name, table, table.codes());
    table.codesOfBreakdown().values().forEach(codes -> checkCodes(place, name, table, codes));
  }

  private void checkCodes(String place, String name, PageTable table, Map<String, String> codes) {
    codes.forEach(
        (column, list) -> {
          if (!table.columns().contains(column)) {
            problems.add(
                "%s: 'codes' of '%s' names '%s', which is not in its columns.%s"
                    .formatted(place, name, column, Nearest.hint(column, table.columns())));
          }
          if (!CodeLists.names().contains(list)) {
            problems.add(
                "%s: 'codes' of '%s' names the list '%s', which reports/codes.yml does not have.%s"
                    .formatted(place, name, list, Nearest.hint(list, CodeLists.names())));
          }
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
