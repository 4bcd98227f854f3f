package costlake.report;

import costlake.core.Failure;
import costlake.page.PageFile;
import costlake.page.PageFiles;
import costlake.page.PageTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a statement, as {@code reports/pages/*.yml} describe them.
 *
 * @param pages the pages in the order in which they are printed
 * @param tables what the pages print of the reporting tables, by the name that templates use, in
 *     the order of the sheets
 */
public record StatementPages(List<Page> pages, Map<String, PageTable> tables) {
  /** Returns the tables whose rows of all teams the company prints, by the name for these rows. */
  Map<String, PageTable> teamTables() {
    Map<String, PageTable> found = new LinkedHashMap<>();
    for (PageTable table : tables.values()) {
      if (table.teamRows() != null) {
        found.put(table.teamRows(), table);
      }
    }
    return found;
  }

  /**
   * A page.
   *
   * @param place position among the pages
   * @param appendix whether it is printed small, after the sheets
   */
  public record Page(
      String name,
      int place,
      String template,
      String title,
      @Nullable String appears,
      boolean appendix) {
    static Page of(String name, PageFile file) {
      return new Page(
          name,
          file.place(),
          file.template() == null ? "pages/" + name : file.template(),
          file.title(),
          file.appears(),
          Boolean.TRUE.equals(file.appendix()));
    }
  }

  /**
   * Reads the pages of the program and of the user.
   *
   * @throws Failure with exit code 2 if the user has a page with the name of another
   */
  public static StatementPages embedded() {
    return of(PageFiles.embedded());
  }

  /** Returns the pages that are not of the program. */
  List<Page> own() {
    Set<String> program = PageFiles.ofProgram().keySet();
    return pages.stream().filter(page -> !program.contains(page.name() + PageFile.ENDING)).toList();
  }

  /**
   * Reads pages.
   *
   * @param texts text of each file by its path, as {@link PageFiles} has them
   * @throws Failure with exit code 2 that lists every mistake with file and line
   */
  public static StatementPages of(SortedMap<String, String> texts) {
    List<String> problems = new ArrayList<>();
    Map<String, PageFile> files = PageFile.read(texts, problems);
    problems.addAll(PageChecks.problems(files));
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Cannot read the pages of statements: %s", String.join("; ", problems));
    }
    return new StatementPages(pages(files), tables(files));
  }

  private static List<Page> pages(Map<String, PageFile> files) {
    return files.entrySet().stream()
        .map(file -> Page.of(PageFile.name(file.getKey()), file.getValue()))
        .sorted(Comparator.comparing(Page::appendix).thenComparing(Page::place))
        .toList();
  }

  private static Map<String, PageTable> tables(Map<String, PageFile> files) {
    Map<String, PageTable> tables = new LinkedHashMap<>();
    files.values().stream()
        .flatMap(file -> file.tables().entrySet().stream())
        .sorted(Comparator.comparing(entry -> entry.getValue().sheet()))
        .forEach(entry -> tables.put(entry.getKey(), entry.getValue()));
    return tables;
  }
}
