package costlake.report;

import costlake.core.Failure;
import costlake.core.OwnFiles;
import costlake.core.TextFiles;
import costlake.page.PageFile;
import costlake.page.PageTable;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    SortedMap<String, String> texts = ofProgram();
    OwnFiles.folder(PageFile.FOLDER)
        .ifPresent(
            own ->
                TextFiles.of(own, List.of(PageFile.ENDING))
                    .forEach((name, text) -> add(own.resolve(name), name, text, texts)));
    return of(texts);
  }

  private static SortedMap<String, String> ofProgram() {
    URL folder =
        Objects.requireNonNull(
            StatementPages.class.getResource("/" + PageFile.FOLDER), PageFile.FOLDER);
    return TextFiles.of(folder, List.of(PageFile.ENDING));
  }

  /** Returns the pages that are not of the program. */
  List<Page> own() {
    Set<String> program = ofProgram().keySet();
    return pages.stream().filter(page -> !program.contains(page.name() + PageFile.ENDING)).toList();
  }

  private static void add(Path file, String name, String text, SortedMap<String, String> texts) {
    if (texts.putIfAbsent(name, text) != null) {
      throw Failure.operator(
          "Cannot read the page %s: Costlake has a page of this name. Rename the file", file);
    }
  }

  /**
   * Reads pages.
   *
   * @param texts text of each file by its name
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
        .map(file -> Page.of(name(file.getKey()), file.getValue()))
        .sorted(Comparator.comparing(Page::appendix).thenComparing(Page::place))
        .toList();
  }

  private static String name(String place) {
    return place.substring(PageFile.FOLDER.length() + 1, place.length() - PageFile.ENDING.length());
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
