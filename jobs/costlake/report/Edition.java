package costlake.report;

import costlake.config.Required;
import costlake.config.YamlRecords;
import costlake.core.Failure;
import costlake.page.PageFile;
import costlake.report.StatementPages.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the statements of an edition are printed. Past editions are in {@code reports/editions}: the
 * list of their pages, and the templates that differ from those of today. Statements that were
 * issued in them print as they were sent.
 *
 * @param pages its pages in the order in which they are printed, and those of users
 * @param templates its templates
 */
record Edition(List<Page> pages, ReportTemplates templates) {
  private static final String FOLDER = "reports/editions/";
  private static final String PAGES = "/pages.yml";

  /**
   * The pages of a past edition.
   *
   * @param pages the pages by name, without tables
   */
  record EditionFile(@Required Map<String, PageFile> pages) {}

  /**
   * Returns an edition.
   *
   * @param number number of the edition, from 1
   * @param today the pages of today, among them those of users
   */
  static Edition of(int number, StatementPages today, ReportTemplates templates) {
    return number == StatementStatus.EDITION
        ? new Edition(today.pages(), templates)
        : past(FOLDER + number, today, templates);
  }

  private static Edition past(String folder, StatementPages today, ReportTemplates templates) {
    Map<String, PageFile> issued = pages(folder + PAGES);
    Stream<Page> own = today.own().stream().filter(page -> !issued.containsKey(page.name()));
    List<Page> pages =
        Stream.concat(
                issued.entrySet().stream().map(page -> Page.of(page.getKey(), page.getValue())),
                own)
            .sorted(Comparator.comparing(Page::place))
            .toList();
    return new Edition(pages, templates.of(folder));
  }

  private static Map<String, PageFile> pages(String file) {
    List<String> problems = new ArrayList<>();
    return YamlRecords.read(text(file), file, EditionFile.class, problems)
        .orElseThrow(
            () -> Failure.internal("Cannot read %s: %s", file, String.join("; ", problems)))
        .pages();
  }

  private static String text(String file) {
    try (InputStream in = Edition.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw Failure.operator(
            "Cannot print a statement of an edition that this version does not have: %s is missing."
                + " Print it with the version that issued it",
            file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.internal(e, "Failed to read %s", file);
    }
  }
}
