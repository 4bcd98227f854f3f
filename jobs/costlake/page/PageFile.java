package costlake.page;

import costlake.config.Required;
import costlake.config.YamlRecords;
import costlake.core.Message;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of a page.
 *
 * @param place position among the pages, or among those of the appendix
 * @param template name of the template; default: that of the file
 * @param appears condition for the page, in the language of templates; without one, every statement
 *     has the page
 * @param appendix whether the page is printed small, after the sheets; default: false
 * @param figures how figures that several tables have are made, by a name for all of them
 * @param tables what the page prints, by the name that templates use. Other pages may print its
 *     rows too
 */
public record PageFile(
    @Required String title,
    @Required Integer place,
    @Nullable String template,
    @Nullable String appears,
    @Nullable Boolean appendix,
    Map<String, SharedFigures> figures,
    Map<String, PageTable> tables) {
  /** Folder of the files. */
  public static final String FOLDER = "reports/pages";

  /** End of their names. */
  public static final String ENDING = ".yml";

  public PageFile {
    Map<String, PageTable> whole = new LinkedHashMap<>();
    tables.forEach((name, table) -> whole.put(name, table.with(figures)));
    tables = whole;
  }

  /**
   * Reads files.
   *
   * @param texts text of each file by its path, as {@link PageFiles} has them
   * @param problems receives the mistakes, each with file and line
   * @return the files without mistakes by their place, e.g. {@code reports/pages/summary.yml}
   */
  public static Map<String, PageFile> read(SortedMap<String, String> texts, List<String> problems) {
    Map<String, PageFile> files = new LinkedHashMap<>();
    texts.forEach(
        (path, text) -> {
          String place = Path.of(FOLDER).resolve(path).toString();
          YamlRecords.read(text, place, PageFile.class, problems)
              .ifPresent(file -> files.put(place, file));
        });
    files.forEach((place, file) -> file.checkAppears(place, problems));
    return files;
  }

  /**
   * Returns the name of a page.
   *
   * @param place place of its file, as {@link #read} returns it
   */
  public static String name(String place) {
    int folder = place.lastIndexOf(FOLDER + "/");
    return place.substring(folder + FOLDER.length() + 1, place.length() - ENDING.length());
  }

  /** Months that were closed before a user had the page have no rows of its tables. */
  private void checkAppears(String place, List<String> problems) {
    if (PageFiles.isOwn(place) && appears == null) {
      tables.entrySet().stream()
          .filter(table -> table.getValue().declared().isPresent())
          .findFirst()
          .ifPresent(
              table ->
                  problems.add(
                      Message.of(
                          """
                          %s:1: a page that declares tables needs 'appears', so that months closed
                          before it existed stay as they were sent. Write
                          appears: s.rows("%s") is not empty
                          """,
                          place, table.getKey())));
    }
  }
}
