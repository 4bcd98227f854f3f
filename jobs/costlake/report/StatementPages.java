package costlake.report;

import costlake.config.Required;
import costlake.config.YamlRecords;
import costlake.core.Failure;
import costlake.core.OwnFiles;
import costlake.core.TextFiles;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final String FOLDER = "/reports/pages";
  private static final String ENDING = ".yml";

  /**
   * The file of a page.
   *
   * @param place position among the pages
   * @param template name of the template; default: that of the file
   * @param appears condition for the page, in the language of templates; without one, every
   *     statement has the page
   * @param tables what the page prints, by the name that templates use. Other pages may print its
   *     rows too
   */
  record PageFile(
      @Required String title,
      @Required Integer place,
      @Nullable String template,
      @Nullable String appears,
      Map<String, PageTable> tables) {}

  /** A page. */
  public record Page(String name, String template, String title, @Nullable String appears) {}

  /**
   * What a page prints of a reporting table.
   *
   * @param table name of the table, without its schema
   * @param sheet position among the sheets that are attached to a statement
   * @param title English name of the sheet in the workbook, at most 31 characters; default: the
   *     name of the table in words
   * @param codes columns with codes, each with the list that has their words ({@code
   *     reports/codes.yml}); the workbook says these
   * @param codesOfBreakdown the same for the rows of one breakdown, by its name
   * @param order columns by which the rows of a statement are sorted
   * @param columns columns for templates and for the sheet, besides those of the receiver. A closed
   *     month may lack some of them
   * @param months how many months of rows templates read, up to the month of the statement;
   *     default: 1. The sheet has only the rows of that month
   * @param explain how a line is explained; null if the rows have no id
   */
  public record PageTable(
      @Required String table,
      @Required Integer sheet,
      @Nullable String title,
      Map<String, String> codes,
      Map<String, Map<String, String>> codesOfBreakdown,
      @Required List<String> order,
      @Required List<String> columns,
      @Nullable Integer months,
      @Nullable LineExplanation explain) {
    public PageTable {
      months = months == null ? 1 : months;
      codes = Map.copyOf(codes);
      codesOfBreakdown = Map.copyOf(codesOfBreakdown);
      order = List.copyOf(order);
      columns = List.copyOf(columns);
    }

    /** Returns how the workbook names the sheet and what its codes say. */
    SheetWords words() {
      return new SheetWords(
          title == null ? SheetWords.title(table) : title, codes, codesOfBreakdown);
    }

    /** Returns the name of the table with its schema. */
    public String relation() {
      return "reporting." + table;
    }
  }

  /**
   * Reads the pages of the program and of the user.
   *
   * @throws Failure with exit code 2 if the user has a page with the name of another
   */
  public static StatementPages embedded() {
    URL folder = Objects.requireNonNull(StatementPages.class.getResource(FOLDER), FOLDER);
    SortedMap<String, String> texts = TextFiles.of(folder, List.of(ENDING));
    OwnFiles.folder(FOLDER.substring(1))
        .ifPresent(
            own ->
                TextFiles.of(own, List.of(ENDING))
                    .forEach((name, text) -> add(own.resolve(name), name, text, texts)));
    return of(texts);
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
    Map<String, PageFile> files = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          String place = FOLDER.substring(1) + "/" + name;
          YamlRecords.read(text, place, PageFile.class, problems)
              .ifPresent(file -> files.put(place, file));
        });
    problems.addAll(PageChecks.problems(files));
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Cannot read the pages of statements: %s", String.join("; ", problems));
    }
    return new StatementPages(pages(files), tables(files));
  }

  private static List<Page> pages(Map<String, PageFile> files) {
    return files.entrySet().stream()
        .sorted(Comparator.comparing(file -> file.getValue().place()))
        .map(file -> page(file.getKey(), file.getValue()))
        .toList();
  }

  private static Page page(String place, PageFile file) {
    String name = place.substring(FOLDER.length(), place.length() - ENDING.length());
    String template = file.template() == null ? "pages/" + name : file.template();
    return new Page(name, template, file.title(), file.appears());
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
